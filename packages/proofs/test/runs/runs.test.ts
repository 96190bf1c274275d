import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { removalAdvice } from '@infra/common/own-paths';
import { temporaryFolder } from '@infra/common/testing';
import { Machine } from './machine';

const folder = temporaryFolder('runs-');

const LEAVES = "require('fs').mkdtempSync(require('os').tmpdir() + '/left-');";
const lasts = (milliseconds: number) => `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`;

/** Waits until a test of the machine's has left a file in the folder of its run, which is returned. */
async function working(machine: Machine): Promise<string> {
  for (;;) {
    const [run] = machine.left();
    const files = run ? join(machine.temporary, run, 'tmp') : '';
    if (run && existsSync(files) && readdirSync(files).length > 0) return join(machine.temporary, run);
    await setTimeout(20);
  }
}

test('a test that leaves a file fails the run', async () => {
  const machine = new Machine(folder, { leaves: LEAVES });
  const globalSetup = join(__dirname, '../../../commands/test/support/global-setup.ts');
  const { status, output } = await machine.start(machine.jest([], globalSetup)).ended;
  expect(output).toMatch(/globalTeardown.*left temporary files behind: left-/);
  expect(status).toBe(1);
  expect(machine.left()).toEqual([]);
});

test('a run that is killed: its local AWS goes, and the next run names the rest, of which it removes nothing', async () => {
  const aws = `await require('${require.resolve('@infra/local-aws')}').startLocalAws();`;
  const machine = new Machine(folder, { lasts: LEAVES + aws + lasts(60_000), passes: '' });
  const { child, ended } = machine.start(machine.jest(['lasts']));
  const left = await working(machine);
  const servers = () => readdirSync(join(left, 'tmp')).filter((name) => name.startsWith('local-aws-'));
  while (servers().length === 0) await setTimeout(20);
  child.kill('SIGKILL');
  await ended;
  while (servers().length > 0) await setTimeout(20);
  const { status, output } = await machine.run(['passes']);
  expect(output).toContain(`left files behind. ${removalAdvice(left)}\n`);
  expect(status).toBe(0);
  expect(machine.left().map((name) => join(machine.temporary, name))).toEqual([left]);
});

test('two runs at once do not meet: one that ends takes nothing from the other', async () => {
  const reads = "require('fs').readdirSync(require('os').tmpdir());";
  const until = `while (!require('fs').existsSync('${folder}/go')) ${lasts(20)}`;
  const machine = new Machine(folder, { long: until + reads, short: reads });
  const long = machine.start(machine.jest(['long']));
  while (machine.left().length === 0) await setTimeout(20);
  const left = machine.left();
  const short = await machine.run(['short']);
  expect(short.output).not.toContain('left files behind');
  expect(machine.left()).toEqual(left);
  writeFileSync(join(folder, 'go'), '');
  expect([short.status, (await long.ended).status]).toEqual([0, 0]);
  expect(machine.left()).toEqual([]);
});
