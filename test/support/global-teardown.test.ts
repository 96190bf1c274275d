import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { runFolder } from './assembly';
import { empty } from './global-teardown';

const folder = makeTemporaryFolder('run-');
afterAll(() => {
  removeMade(folder);
});

test('what a test leaves among the temporary files fails the run, and is removed all the same', () => {
  mkdtempSync(join(folder, 'cdk.out'));
  expect(() => {
    empty(folder);
  }).toThrow(/left temporary files behind: cdk\.out\w+$/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a run that leaves nothing ends well', () => {
  expect(() => {
    empty(folder);
  }).not.toThrow();
});

test('temporary files of this run have a folder of their own', () => {
  expect(tmpdir()).toBe(join(runFolder, 'tmp'));
});
