import { call } from '../support/prooflink';
import { REFUSED, sampleProgram } from './sample-program';

it.each(REFUSED)('$title is refused in these words', async ({ args, reason }) => {
  const { exitCode, stdout, stderr } = await call(sampleProgram(), ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/\nHow to call it: sample (greet )?--help\n$/);
  expect(stderr.replace(/\nHow to call it: .*\n$/, '')).toBe(reason);
});
