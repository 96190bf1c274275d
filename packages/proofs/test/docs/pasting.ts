import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { FENCE } from '@infra/testing/documents';

/**
 * Programs that the blocks call: stubs note how they are called, and answer with a command that does nothing. A function
 * that another page defines is none of them.
 */
const PROGRAMS = [
  'aws',
  'cat',
  'cp',
  'curl',
  'diff',
  'dig',
  'docker',
  'gh',
  'git',
  'grep',
  'jq',
  'mkdir',
  'npm',
  'npx',
  'openssl',
  'perl',
  'psql',
  'sed',
  'sleep',
  'sort',
  'tail',
  'tr',
  'xargs',
];

/** Shell functions: `note` writes its words into a line, with a character between them that no command has. */
const STUBS = [
  `note() { local IFS=$'\\x1f'; local all="$*"; printf '%s\\n' "\${all//$'\\n'/ }" >> "$CALLS"; }`,
  ...PROGRAMS.map((program) => `${program}() { note ${program} "$@"; echo true; }`),
];

/** Files and folders that the blocks read or write. */
const FOLDERS = ['moving', 'lib/config', '../base', '../prooflink/.github/workflows'];
const READ = ['users.csv', 'value.pem'];

/** Placeholders. */
export const BLANK = /<\p{L}[^<>\n]*>/gu;

/** The blocks of a page that are pasted into a shell. */
export function blocksOf(text: string): string[] {
  return [...text.matchAll(FENCE)].filter(([, language]) => language === 'sh').map(([, , block = '']) => block);
}

const pasted = new Map<string, readonly (readonly string[])[]>();

/** Calls of blocks that are pasted into one session of a shell, a list of words each. */
export function paste(blocks: readonly string[]): readonly (readonly string[])[] {
  const key = blocks.join('\n');
  const calls = pasted.get(key) ?? pasteNow(blocks);
  pasted.set(key, calls);
  return calls;
}

function pasteNow(blocks: readonly string[]): string[][] {
  const directory = makeTemporaryFolder('pasted-');
  const work = join(directory, 'work');
  for (const folder of ['.', ...FOLDERS]) mkdirSync(join(work, folder), { recursive: true });
  for (const file of READ) writeFileSync(join(work, file), '');
  const calls = join(directory, 'calls');
  writeFileSync(calls, '');
  const filled = blocks.map((block) => block.replace(BLANK, 'value'));
  spawnSync('bash', ['--norc', '--noprofile'], {
    cwd: work,
    env: { ...bareEnvironment(), HOME: directory, CALLS: calls },
    input: [...STUBS, ...filled, ''].join('\n'),
  });
  const notes = readFileSync(calls, 'utf8').split('\n');
  removeOwnPath(directory);
  return notes.filter(Boolean).map((call) => call.split('\x1f'));
}
