import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { bareEnvironment } from '../support/bare-environment';
import { FENCE } from './documents';

/** Shells of people's terminals: in macOS's zsh `#` begins no comment, and an unknown pattern is an error. */
const SHELLS = { zsh: ['zsh', '-f', '-i'], bash: ['bash', '--norc', '--noprofile'] } as const;

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

interface Pasted {
  /** Calls, a list of words each. */
  readonly calls: readonly (readonly string[])[];
  /** Errors of the shell. */
  readonly errors: readonly string[];
}

const pasted = new Map<string, Pasted>();

/** Pastes blocks into one session of a shell, once. */
export function paste(shell: keyof typeof SHELLS, blocks: readonly string[]): Pasted {
  const key = [shell, ...blocks].join('\n');
  const result = pasted.get(key) ?? pasteNow(shell, blocks);
  pasted.set(key, result);
  return result;
}

function pasteNow(shell: keyof typeof SHELLS, blocks: readonly string[]): Pasted {
  const directory = makeTemporaryFolder('pasted-');
  const work = join(directory, 'work');
  for (const folder of ['.', ...FOLDERS]) mkdirSync(join(work, folder), { recursive: true });
  for (const file of READ) writeFileSync(join(work, file), '');
  const calls = join(directory, 'calls');
  writeFileSync(calls, '');
  const filled = blocks.map((block) => block.replace(BLANK, 'value'));
  const [program, ...options] = SHELLS[shell];
  const { stderr } = spawnSync(program, options, {
    cwd: work,
    env: { ...bareEnvironment(), HOME: directory, CALLS: calls },
    input: [...STUBS, ...filled.map((block) => `note block\n${block}`), ''].join('\n'),
    encoding: 'utf8',
  });
  const notes = readFileSync(calls, 'utf8').trimEnd();
  removeOwnPath(directory);
  // The programs of a pipe run at the same time.
  const sorted = notes.split(/^block$\n?/m).flatMap((block) => block.split('\n').filter(Boolean).sort());
  return {
    calls: sorted.map((call) => call.split('\x1f')),
    errors: stderr.match(/\b(?:zsh|bash): .*$/gm) ?? [],
  };
}
