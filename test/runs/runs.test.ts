import { temporaryFolder } from '../support/temporary-folder';
import { Machine } from './machine';

const folder = temporaryFolder('runs-');

const FAILS = "throw new Error('wrong');";
const LEAVES = "require('fs').mkdtempSync(require('os').tmpdir() + '/left-');";
const lasts = (milliseconds: number) => `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`;

test('--bail: Jest calls globalTeardown for every test that ends after the first failure', async () => {
  const machine = new Machine(folder, { fails: LEAVES + FAILS, later: lasts(1000), last: lasts(1000) });
  const { status, output } = await machine.run(['--bail']);
  expect(output).toContain('left temporary files behind: left-');
  expect(status).toBe(1);
  expect(machine.left()).toEqual([]);
});
