import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const ROOT = join(__dirname, '../../..');

/** A program that writes its progress to stderr, for a moment, and then its result. */
const PROGRAM = `
  const { newProgram, runAsProcess } = require('./packages/commands/src/program');
  const program = newProgram('p', '');
  program.command('go').action(async () => {
    for (const step of [1, 2, 3]) {
      process.stderr.write(step + ' of 3\\n');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    console.log('the result');
  });
  void runAsProcess(program);
`;

test('a command whose stderr was closed goes on to its end, and prints its result', async () => {
  // As by the end of a pipe, or by a terminal that was closed.
  const child = spawn(process.execPath, ['-r', './packages/common/register.js', '-e', PROGRAM, 'p', 'go'], {
    cwd: ROOT,
  });
  child.stderr.destroy();
  const closed = once(child, 'close');
  expect(await text(child.stdout)).toBe('the result\n');
  expect(await closed).toEqual([0, null]);
});
