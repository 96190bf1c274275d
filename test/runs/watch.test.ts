import { temporaryFolder } from '@infra/common/testing';
import { CTRL_C, nodeInTerminal } from '../tools/support/terminal';
import { Machine } from './machine';

const folder = temporaryFolder('watch-');

test('watch mode ended by q, after two rounds', async () => {
  const machine = new Machine(folder, { passes: '' });
  const { raw, exitCode } = await nodeInTerminal(machine.jest(['--watchAll']), {
    ...machine.options(),
    keys: [
      ['Watch Usage', '\r'],
      ['Watch Usage', 'q'],
    ],
  });
  expect(raw.match(/1 passed, 1 total/g)).toHaveLength(4);
  expect(exitCode).toBe(0);
  expect(machine.left()).toEqual([]);
});

test('watch mode ended by Ctrl-C, in the middle of a test', async () => {
  const machine = new Machine(folder, { lasts: 'await new Promise((resolve) => setTimeout(resolve, 60_000));' });
  await nodeInTerminal(machine.jest(['--watchAll']), { ...machine.options(), keys: [['RUNS', CTRL_C]] });
  expect(machine.left()).toEqual([]);
});
