import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { removalAdvice } from '@infra/common/own-paths';
import { temporaryFolder } from '@infra/common/testing';
import { pidOf } from '../support/pid-of';
import { Machine } from './machine';

// Each test deploys an environment to a local AWS.
jest.setTimeout(240_000);

/** Node's arguments for `npm run deploy:local`. */
const DEPLOY_LOCAL = ['-r', './tools/register.js', 'tools/local/deploy-local-program.ts'];

const folder = temporaryFolder('killed-');

/** The machine runs deploy:local here, and no tests of its own. */
const NO_TESTS = {};

/** Asks again until there is an answer, and returns it. */
async function until<Value>(ask: () => Value | undefined | false): Promise<Value> {
  for (;;) {
    const answer = ask();
    if (answer) return answer;
    await setTimeout(20);
  }
}

/** Folder of the local AWS's files, once it exists. */
function findScratch({ temporary }: Machine): string | undefined {
  const name = readdirSync(temporary).find((entry) => entry.startsWith('local-aws-'));
  return name === undefined ? undefined : join(temporary, name);
}

/**
 * Id of the reaper: the process that outlives the server of a local AWS, to remove its files. It creates their folder, and
 * has its id in the folder's name.
 */
function reaperOf(scratch: string): number {
  return Number(/local-aws-(\d+)-\w+$/.exec(scratch)?.[1]);
}

/** Id of the server, which starts the reaper. */
function serverOf(scratch: string): number {
  return Number(columnOfProcess('ppid', reaperOf(scratch)));
}

function columnOfProcess(column: 'ppid' | 'stat', pid: number): string {
  return spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

/** False for a process that is stopped (T) or has ended (Z, or no state). */
function isRunning(pid: number): boolean {
  return /^[^TZ\s]/.test(columnOfProcess('stat', pid));
}

/** True if a process exists; with a negative id, if any of its process group does. */
function exists(pid: number): boolean {
  return spawnSync('kill', ['-0', '--', String(pid)]).status === 0;
}

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

// Kills of deploy:local alone, whose server and reaper live on: packages/local-aws/test/ends.test.ts.

test('deploy:local whose local AWS is killed fails at its step, deploys nothing, and names the files that are left', async () => {
  const machine = new Machine(folder, NO_TESTS);
  const { child, ended } = machine.start(DEPLOY_LOCAL);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += String(text)));
  await until(() => printed.includes('Start a local AWS: http'));
  const scratch = await until(() => findScratch(machine));
  process.kill(serverOf(scratch), 'SIGKILL');
  const { status, output } = await ended;
  expect(status).toBe(1);
  expect(output).toContain('✖ Prepare the account and the templates');
  expect(output).not.toContain('cdk deploy');
  // The reaper has removed these files: an error about them would hide the reason. The CDK CLI may name its own.
  expect(output).not.toMatch(/ENOENT.*(server\.log|listeners)/);
  // The CDK CLI, which still runs, may make files in the removed folder anew.
  const leftFolders = machine.left().map((name) => join(machine.temporary, name));
  expect(leftFolders.filter((path) => !output.includes(removalAdvice(path)))).toEqual([]);
});

test('deploy:local that is killed with its local AWS and reaper leaves files, which the next one names and lets be', async () => {
  // A run removes only paths that it made itself: packages/common/src/own-paths.ts.
  const machine = new Machine(folder, NO_TESTS);
  const killed = machine.start(DEPLOY_LOCAL);
  const leftScratch = await until(() => findScratch(machine));
  // deploy:local started the server, and the server the reaper.
  const processes = await stopTree(pidOf(killed.child));
  expect(processes).toContain(reaperOf(leftScratch));
  spawnSync('kill', ['-KILL', ...processes.map(String)]);
  await killed.ended;
  // A folder is a killed run's only if the process in its name has ended; `ended` is the end of deploy:local alone.
  await until(() => !exists(reaperOf(leftScratch)));

  const next = machine.start(DEPLOY_LOCAL);
  // The folder of the killed run, and its own.
  const nextHasScratch = () => machine.left().length === 2;
  await until(nextHasScratch);
  const nextGroup = -pidOf(next.child);
  // Ctrl-C in a terminal, which signals the whole process group.
  process.kill(nextGroup, 'SIGINT');
  expect((await next.ended).output).toContain(`left files behind. ${removalAdvice(leftScratch)}\n`);
  // Its own files go, and those of the killed run stay.
  await until(() => machine.left().length === 1 && !exists(nextGroup));
  expect(machine.left().map((name) => join(machine.temporary, name))).toEqual([leftScratch]);
});
