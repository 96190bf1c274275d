import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pidOf } from '../support/pid-of';

test('a program that did not start has no process id: a signal to 0 would reach the tests themselves', async () => {
  const program = spawn('/no/such/program');
  await once(program, 'error');
  expect(() => pidOf(program)).toThrow('/no/such/program did not start');
});

test('a program that started has its process id', async () => {
  const program = spawn(process.execPath, ['--print', 'process.pid']);
  const [printed] = (await once(program.stdout, 'data')) as [Buffer];
  expect(pidOf(program)).toBe(Number(printed.toString()));
});
