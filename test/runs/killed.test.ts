import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { removeByHand } from '@infra/common/own-paths';
import { temporaryFolder } from '@infra/common/testing';
import { Machine } from './machine';

jest.setTimeout(240_000);
const folder = temporaryFolder('killed-');
const DEPLOY = ['-r', './tools/register.js', 'tools/deploy-local/command.ts'];

async function until<Value>(ask: () => Value | undefined | false): Promise<Value> {
  for (;;) {
    const answer = ask();
    if (answer) return answer;
    await setTimeout(20);
  }
}

/** The folder of the local AWS among the files of `parent`, once it holds that file. */
const scratchIn = (parent: string, file = '.'): string | undefined =>
  readdirSync(parent)
    .filter((name) => name.startsWith('local-aws-'))
    .map((name) => join(parent, name))
    .find((path) => existsSync(join(path, file)));

/** The processes that a process has started, and those that these have. */
function descendants(pid: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(Number)
    .flatMap((child) => [child, ...descendants(child)]);
}

/** The reaper that has made this folder, and has its id in the name. */
const reaperOf = (scratch: string): number => Number(/local-aws-(\d+)-\w+$/.exec(scratch)?.[1]);

const parentOf = (pid: number): number =>
  Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

describe('deploy:local', () => {
  // With databases and programs: packages/local-aws/test/ends.test.ts.
  it('killed: its files go', async () => {
    const machine = new Machine(folder, {});
    const { child, ended } = machine.start(DEPLOY);
    await until(() => scratchIn(machine.temporary));
    child.kill('SIGKILL');
    await ended;
    await until(() => machine.left().length === 0);
  });

  it('whose server is killed: it says that nothing was deployed, and the files go', async () => {
    const machine = new Machine(folder, {});
    const { ended } = machine.start(DEPLOY);
    const scratch = await until(() => scratchIn(machine.temporary, 'databases'));
    process.kill(parentOf(reaperOf(scratch)), 'SIGKILL');
    const { status, output } = await ended;
    expect(output).toContain('cdk deploy ProoflinkDev failed');
    expect(output).not.toContain('ENOENT');
    expect(status).toBe(1);
    // Files that the CDK CLI makes anew are named.
    if (machine.left().length > 0) expect(output).toContain(removeByHand(scratch));
  });

  it('killed with all that it started: its files are named by the next one, which ends at Ctrl-C and leaves none', async () => {
    const machine = new Machine(folder, {});
    const { child, ended } = machine.start(DEPLOY);
    const scratch = await until(() => scratchIn(machine.temporary));
    const everything = [reaperOf(scratch), child.pid ?? 0, ...descendants(child.pid ?? 0)];
    spawnSync('kill', ['-KILL', ...everything.map(String)]);
    await ended;
    // Until the system has forgotten it.
    await until(() => spawnSync('kill', ['-0', String(reaperOf(scratch))]).status !== 0);
    const next = machine.start(DEPLOY);
    await until(() => machine.left().length === 2);
    next.child.kill('SIGINT');
    expect((await next.ended).output).toContain(`left files behind. ${removeByHand(scratch)}\n`);
    await until(() => machine.left().length === 1);
    expect(machine.left().map((name) => join(machine.temporary, name))).toEqual([scratch]);
  });
});

test('a life cycle that is killed: its local AWS goes, and the next run names the rest', async () => {
  const machine = new Machine(folder, { passes: '' });
  const jest = ['node_modules/jest/bin/jest.js', '--config', 'test/life-cycle/runner/jest.config.js', 'delivery'];
  const { child, ended } = machine.start(jest);
  const files = () => join(machine.temporary, machine.left()[0] ?? '', 'tmp');
  await until(() => existsSync(files()) && scratchIn(files()));
  child.kill('SIGKILL');
  await ended;
  await until(() => scratchIn(files()) === undefined);
  const left = join(machine.temporary, machine.left()[0] ?? '');
  const { output, status } = await machine.run();
  expect(output).toContain(`left files behind. ${removeByHand(left)}\n`);
  expect(status).toBe(0);
  expect(machine.left().map((name) => join(machine.temporary, name))).toEqual([left]);
});
