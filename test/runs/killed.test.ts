import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { removalAdvice } from '@infra/common/own-paths';
import { temporaryFolder } from '@infra/common/testing';
import { Machine } from './machine';

jest.setTimeout(240_000);
const folder = temporaryFolder('killed-');
const DEPLOY = ['-r', './tools/register.js', 'tools/local/deploy-local-program.ts'];

async function until<Value>(ask: () => Value | undefined | false): Promise<Value> {
  for (;;) {
    const answer = ask();
    if (answer) return answer;
    await setTimeout(20);
  }
}

/** The folder of the local AWS among a machine's files. */
const scratchIn = ({ temporary }: Machine): string | undefined =>
  readdirSync(temporary)
    .filter((name) => name.startsWith('local-aws-'))
    .map((name) => join(temporary, name))[0];

/**
 * Stops a process and all that it has started, and returns their ids. Each one is stopped before its children are
 * listed: a child that started meanwhile would be missed, outlive the test and write into its removed folder.
 */
async function stopTree(pid: number): Promise<number[]> {
  spawnSync('kill', ['-STOP', String(pid)]);
  await until(() => !isRunning(pid));
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  const stopped = [pid];
  for (const child of stdout.split('\n').filter(Boolean)) stopped.push(...(await stopTree(Number(child))));
  return stopped;
}

/** False for a process that is stopped (T) or has ended (Z, or no state). */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^TZ\s]/.test(stdout);
}

/** The reaper that has made this folder, and has its id in the name. */
const reaperOf = (scratch: string): number => Number(/local-aws-(\d+)-\w+$/.exec(scratch)?.[1]);

const parentOf = (pid: number): number =>
  Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

/** Asks whether a process exists; with a negative id, whether any of its process group does. */
const exists = (pid: number): boolean => spawnSync('kill', ['-0', '--', String(pid)]).status === 0;

describe('deploy:local', () => {
  // Killed itself, nothing is left of it: packages/local-aws/test/ends.test.ts.
  it('whose server is killed: it says that nothing was deployed, and the files go', async () => {
    const machine = new Machine(folder, {});
    const { child, ended } = machine.start(DEPLOY);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
    await until(() => said.includes('Start a local AWS: http'));
    const scratch = await until(() => scratchIn(machine));
    process.kill(parentOf(reaperOf(scratch)), 'SIGKILL');
    const { status, output } = await ended;
    expect(output).toContain('✖ Prepare the account and the templates');
    expect(output).not.toContain('cdk deploy');
    // The CDK CLI misses its folder, too.
    expect(output).not.toMatch(/ENOENT.*(server\.log|listeners)/);
    expect(status).toBe(1);
    // Files that the CDK CLI makes anew are named.
    if (machine.left().length > 0) expect(output).toContain(removalAdvice(scratch));
  });

  it('killed with all that it started: its files are named by the next one, which ends at Ctrl-C and leaves none', async () => {
    const machine = new Machine(folder, {});
    const { child, ended } = machine.start(DEPLOY);
    const scratch = await until(() => scratchIn(machine));
    const everything = [reaperOf(scratch), ...(await stopTree(child.pid ?? 0))];
    spawnSync('kill', ['-KILL', ...everything.map(String)]);
    await ended;
    await until(() => !exists(reaperOf(scratch)));
    const next = machine.start(DEPLOY);
    await until(() => machine.left().length === 2);
    const group = -(next.child.pid ?? 0);
    process.kill(group, 'SIGINT');
    expect((await next.ended).output).toContain(`left files behind. ${removalAdvice(scratch)}\n`);
    await until(() => machine.left().length === 1 && !exists(group));
    expect(machine.left().map((name) => join(machine.temporary, name))).toEqual([scratch]);
  });
});
