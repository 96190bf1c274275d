import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { bareEnvironment } from '../support/bare-environment';
import { FENCE, FILES, page } from './documents';

/** What people paste into a terminal: macOS has zsh, where `#` begins no comment and an unknown pattern is an error. */
const SHELLS = { zsh: ['zsh', '-f', '-i'], bash: ['bash', '--norc', '--noprofile'] } as const;

/**
 * Programs that the blocks call: stubs note how they are called, and answer with a command that does nothing. A function
 * that another page defines is none of them.
 */
const PROGRAMS = [
  ...['aws', 'cat', 'cp', 'curl', 'diff', 'dig', 'docker', 'gh', 'git', 'grep', 'jq', 'mkdir', 'npm', 'npx', 'openssl'],
  ...['perl', 'psql', 'sed', 'sleep', 'sort', 'tail', 'tr', 'xargs'],
];
const STUBS = [
  `note() { printf '%s\\n' "$*" >> "$CALLS"; }`,
  ...PROGRAMS.map((program) => `${program}() { note ${program} "$@"; echo true; }`),
];

/** Files and folders that the blocks read or write. */
const FOLDERS = ['moving', 'lib/config', '../base', '../prooflink/.github/workflows'];
const READ = ['users.csv', 'value.pem'];

const hasZsh = spawnSync('zsh', ['-f', '-c', 'true']).status === 0;

describe.each(FILES.filter((file) => blocksOf(page(file).text).length > 0))('%s', (file) => {
  const blocks = blocksOf(page(file).text);

  test('no block has a comment: zsh takes it for arguments, and its apostrophe for the start of a string', () => {
    expect(blocks.flatMap(commentsOf)).toEqual([]);
  });

  const name = 'each block calls the same in an interactive zsh as in bash, and zsh reports nothing';
  if (hasZsh)
    test(name, () => {
      expect(differences(blocks)).toEqual([]);
    });
  else test.skip(`${name} (this machine has no zsh; Debian and Ubuntu: apt-get install zsh)`, () => undefined);
});

describe('it would be found that', () => {
  const broken = [
    ['a comment stands behind a command', 'npx cdk synth # the whole app', 'npx cdk synth # the whole app in zsh'],
    ['a comment has an apostrophe', "npx a # the app's\nnpx b", "unmatched '"],
    ['a pattern matches no file', 'aws --query Stacks[0].Outputs', 'no matches found'],
    ['a letter behind a colon changes a variable in zsh', 'A=a/b\nnpx "$A:role"', 'npx a/bole in zsh'],
    ['a list is split in bash only', 'L="a b"\nfor x in $L; do npx "$x"; done', 'npx a b in zsh, npx a in bash'],
    ['a program is unknown to the tests', 'terraform apply', 'command not found: terraform'],
  ] as const;
  test.each(broken)('%s', (_, block, says) => {
    if (hasZsh) expect(differences([block]).join('\n')).toContain(says);
    expect(commentsOf(block).length > 0).toBe(block.includes('#'));
  });
});

function blocksOf(text: string): string[] {
  return [...text.matchAll(FENCE)].filter(([, language]) => language === 'sh').map(([, , block = '']) => block);
}

function commentsOf(block: string): string[] {
  return block.split('\n').filter((line) => /(^|\s)#(\s|$)/.test(line));
}

/** Pastes the blocks of a page into one session of each shell; tells the first call that differs, and what they report. */
function differences(blocks: readonly string[]): string[] {
  const [zsh, bash] = [paste('zsh', blocks), paste('bash', blocks)];
  const calls = Array.from({ length: Math.max(zsh.calls.length, bash.calls.length) }, (_, index) => index);
  const at = calls.find((index) => zsh.calls[index] !== bash.calls[index]);
  const said = (list: readonly string[]) => (at === undefined ? '' : (list[at] ?? 'nothing'));
  return [
    ...(at === undefined ? [] : [`${said(zsh.calls)} in zsh, ${said(bash.calls)} in bash`]),
    ...zsh.errors,
    ...bash.errors,
  ];
}

function paste(shell: keyof typeof SHELLS, blocks: readonly string[]): { calls: string[]; errors: string[] } {
  const directory = makeTemporaryFolder('pasted-');
  const work = join(directory, 'work');
  for (const folder of ['.', ...FOLDERS]) mkdirSync(join(work, folder), { recursive: true });
  for (const file of READ) writeFileSync(join(work, file), '');
  const calls = join(directory, 'calls');
  writeFileSync(calls, '');
  // What a person fills in is a word.
  const filled = blocks.map((block) => block.replace(/<\p{L}[^<>\n]*>/gu, 'value'));
  const [program, ...options] = SHELLS[shell];
  const { stderr } = spawnSync(program, options, {
    cwd: work,
    env: { ...bareEnvironment(), HOME: directory, CALLS: calls },
    input: [...STUBS, ...filled.map((block, index) => `note block ${index + 1}\n${block}`), ''].join('\n'),
    encoding: 'utf8',
  });
  const noted = readFileSync(calls, 'utf8').trimEnd();
  removeMade(directory);
  // The programs of a pipe run at the same time.
  const sorted = noted.split(/^block \d+$\n?/m).flatMap((block) => block.split('\n').sort());
  return { calls: sorted, errors: stderr.match(/\b(?:zsh|bash): .*$/gm) ?? [] };
}
