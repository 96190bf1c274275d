import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFolder } from './assembly';
import { removeEmpty } from './global-teardown';

const temporary = () => mkdtempSync(join(tmpdir(), 'run-'));

test('what a test leaves among the temporary files fails the run, and is removed all the same', () => {
  const folder = temporary();
  mkdtempSync(join(folder, 'cdk.out'));
  expect(() => {
    removeEmpty(folder);
  }).toThrow(/left temporary files behind: cdk\.out\w+$/);
  expect(existsSync(folder)).toBe(false);
});

test('a run that leaves nothing ends well', () => {
  const folder = temporary();
  removeEmpty(folder);
  expect(existsSync(folder)).toBe(false);
});

test('temporary files of this run have a folder of their own', () => {
  expect(tmpdir()).toBe(join(runFolder, 'tmp'));
});
