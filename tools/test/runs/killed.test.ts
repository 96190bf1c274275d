import { type ChildProcessWithoutNullStreams, spawnSync } from 'node:child_process';
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

/** The machine runs deploy:local here, and no tests of its own. */
const NO_TESTS = {};

const folder = temporaryFolder('killed-');

/** Polls until there is an answer, and returns it. */
async function until<Answer>(ask: () => Answer | undefined | false): Promise<Answer> {
  for (;;) {
    const answer = ask();
    if (answer) return answer;
    await setTimeout(20);
  }
}

/** Waits until a program has printed a text, on stdout or on stderr. */
async function untilPrinted(program: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  let printed = '';
  const collect = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  program.stdout.on('data', collect);
  program.stderr.on('data', collect);
  await until(() => printed.includes(text));
}

/** Folder of the local AWS's files, once it exists. */
function findScratch(machine: Machine): string | undefined {
  const names = readdirSync(machine.temporary);
  const scratchName = names.find((name) => name.startsWith('local-aws-'));
  if (scratchName === undefined) return undefined;
  return join(machine.temporary, scratchName);
}

/** Paths of the temporary files that runs have left. */
function leftPaths(machine: Machine): string[] {
  const names = machine.left();
  return names.map((name) => join(machine.temporary, name));
}

/**
 * Id of the reaper: the process that outlives the server of a local AWS, to remove its files. It creates their folder, and
 * has its id in the folder's name.
 */
function reaperOf(scratch: string): number {
  const match = /local-aws-(\d+)-\w+$/.exec(scratch);
  return Number(match?.[1]);
}

/** Id of the server, which starts the reaper. */
function serverOf(scratch: string): number {
  const reaper = reaperOf(scratch);
  return Number(columnOfProcess('ppid', reaper));
}

/** A column that `ps` shows of a process; empty if the process does not exist. */
function columnOfProcess(column: 'ppid' | 'stat', pid: number): string {
  const { stdout } = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim();
}

/** False for a process that is stopped (T) or has ended (Z, or no state). */
function isRunning(pid: number): boolean {
  const state = columnOfProcess('stat', pid);
  if (state === '') return false;
  return !state.startsWith('T') && !state.startsWith('Z');
}

/** True if a process exists; with a negative id, if any of its process group does. */
function exists(pid: number): boolean {
  const { status } = spawnSync('kill', ['-0', '--', String(pid)]);
  return status === 0;
}

/** Signals processes. Unlike process.kill, it does not throw if one has ended. */
function sendSignal(signal: 'STOP' | 'KILL', pids: readonly number[]): void {
  spawnSync('kill', [`-${signal}`, ...pids.map(String)]);
}

/** Ids of the processes that a process has started. */
function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  const lines = stdout.split('\n').filter(Boolean);
  return lines.map(Number);
}

/**
 * Stops a process and all that it has started, and returns their ids. Each one is stopped before its children are
 * listed: a child that started meanwhile would be missed, outlive the test and write into its removed folder.
 */
async function stopTree(pid: number): Promise<number[]> {
  sendSignal('STOP', [pid]);
  await until(() => !isRunning(pid));
  const stopped = [pid];
  for (const child of childrenOf(pid)) {
    const stoppedWithChild = await stopTree(child);
    stopped.push(...stoppedWithChild);
  }
  return stopped;
}

// Kills of deploy:local alone, whose server and reaper live on: packages/local-aws/test/ends.test.ts.

test('deploy:local whose local AWS is killed fails at its step, deploys nothing, and names the files that are left', async () => {
  const machine = new Machine(folder, NO_TESTS);
  const { child, ended } = machine.start(DEPLOY_LOCAL);
  await untilPrinted(child, 'Start a local AWS: http');
  const scratch = await until(() => findScratch(machine));
  process.kill(serverOf(scratch), 'SIGKILL');

  const { status, output } = await ended;
  expect(status).toBe(1);
  expect(output).toContain('✖ Prepare the account and the templates');
  expect(output).not.toContain('cdk deploy');
  // The reaper has removed these files: an error about them would hide the reason. The CDK CLI may name its own.
  expect(output).not.toMatch(/ENOENT.*(server\.log|listeners)/);
  // The CDK CLI, which still runs, may make files in the removed folder anew.
  const unnamedPaths = leftPaths(machine).filter((path) => !output.includes(removalAdvice(path)));
  expect(unnamedPaths).toEqual([]);
});

test('deploy:local that is killed with its local AWS and reaper leaves files, which the next one names and lets be', async () => {
  // A run removes only paths that it made itself: packages/common/src/own-paths.ts.
  const machine = new Machine(folder, NO_TESTS);
  const killed = machine.start(DEPLOY_LOCAL);
  const leftScratch = await until(() => findScratch(machine));
  const reaper = reaperOf(leftScratch);
  // deploy:local started the server, and the server the reaper.
  const processes = await stopTree(pidOf(killed.child));
  expect(processes).toContain(reaper);
  sendSignal('KILL', processes);
  await killed.ended;
  // The next run names a folder only if the process in the folder's name, the reaper, has ended.
  await until(() => !exists(reaper));

  const next = machine.start(DEPLOY_LOCAL);
  const nextGroup = -pidOf(next.child);
  // The folder of the killed run, and that of the next one.
  await until(() => leftPaths(machine).length === 2);
  // Ctrl-C in a terminal, which signals the whole process group.
  process.kill(nextGroup, 'SIGINT');
  const { output } = await next.ended;
  expect(output).toContain(`left files behind. ${removalAdvice(leftScratch)}\n`);
  // Its own files go, and those of the killed run stay.
  await until(() => leftPaths(machine).length === 1 && !exists(nextGroup));
  expect(leftPaths(machine)).toEqual([leftScratch]);
});
