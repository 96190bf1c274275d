// First: the program that is tested loads the config.
import '@infra/testing/use-guide-configs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as environments from '@infra/testing/configs';
import { deployLocalProgram } from '@infra/local/deploy-local-program';
import { newProoflinkProgram } from '@infra/commands/prooflink';
import { call } from '@infra/commands/test/support/call';

const COMMANDS: readonly (readonly [usage: string, program: () => Command, args: readonly string[]])[] = [
  ...newProoflinkProgram().commands.map(
    (each) => [`npm run prooflink -- ${each.name()}`, newProoflinkProgram, [each.name()]] as const,
  ),
  ['npm run deploy:local --', deployLocalProgram, []],
];
const OVERVIEW = ['npm run prooflink --', newProoflinkProgram, []] as const;

describe.each([...COMMANDS, OVERVIEW])('%s', (usage, program, args) => {
  it('--help says how it is called, in 60 columns, and is no failure', async () => {
    const { exitCode, stdout, stderr } = await call(program(), ...args, '--help');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.startsWith(`Usage: ${usage} `)).toBe(true);
    expect(stdout.split('\n').filter((line) => line.length > 60)).toEqual([]);
  });

  it.each([
    { title: 'an unknown option', nonsense: ['--nonsense'], reason: "error: unknown option '" },
    { title: 'too many arguments', nonsense: ['a', 'b', 'c', 'd'], reason: 'error: ' },
  ])('$title does nothing, and says how to get help', async ({ nonsense, reason }) => {
    const { exitCode, stdout, stderr } = await call(program(), ...args, ...nonsense);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.startsWith(reason)).toBe(true);
    expect(stderr.endsWith(`\nHow to call it: ${usage} --help\n`)).toBe(true);
  });
});

it.each(COMMANDS)('%s --help says what its exit codes mean', async (_usage, program, args) => {
  const { stdout } = await call(program(), ...args, '--help');
  expect(stdout).toMatch(
    /\nExit codes:\n {2}0 +.+\n( {2}1 +.+\n)? {2}2 +.+\n( {2}3 +.+\n)?( {2}4 +.+\n)?( {2}130 +.+\n)?$/,
  );
});

describe('what makes no sense is refused with what would', () => {
  const known = `There are: ${Object.keys(environments).join(', ')}.`;

  it.each([
    ['an environment that there is not', newProoflinkProgram, ['release', 'qa', '--app', 'v1'], known],
    ['no command', newProoflinkProgram, [], 'Usage: npm run prooflink -- <command>'],
    ['a command that there is not', newProoflinkProgram, ['relase'], '(Did you mean release?)'],
  ])('%s', async (_case, program, args, reason) => {
    const { exitCode, stdout, stderr } = await call(program(), ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

describe('a secret value that was written among the arguments of settings is not printed', () => {
  it.each([
    { title: 'behind its key', args: ['dev', 'set', 'SMTP_PASSWORD', 's3cret'] },
    { title: 'as an option', args: ['dev', 'set', 'SMTP_PASSWORD', '--value=s3cret'] },
    { title: 'in place of the environment', args: ['s3cret'] },
  ])('$title', async ({ args }) => {
    const { exitCode, stdout, stderr } = await call(newProoflinkProgram(), 'settings', ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('s3cret');
  });
});

it.each(['prooflink', 'deploy:local'])('npm run %s is what its help says, and ends with its exit code', (script) => {
  const cwd = join(__dirname, '../../..');
  const { status, stderr } = spawnSync('npm', ['run', '--silent', script, '--', '--nonsense'], {
    cwd,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining(`\nHow to call it: npm run ${script} -- --help\n`) as string,
  });
});
