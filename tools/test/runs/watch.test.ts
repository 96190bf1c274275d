import { temporaryFolder } from '@infra/common/testing';
import { nodeInTerminal } from '../support/terminal';
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
  // A busy machine prints the counts again and again, but the end of a round once.
  expect(raw.match(/Ran all test suites/g)).toHaveLength(2);
  expect(raw).toContain('1 passed, 1 total');
  expect(raw).not.toMatch(/\d failed/);
  expect(exitCode).toBe(0);
  expect(machine.left()).toEqual([]);
});
