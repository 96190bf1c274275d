import { temporaryFolder } from '@infra/common/testing';
import { nodeInTerminal } from '../tools/support/terminal';
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
