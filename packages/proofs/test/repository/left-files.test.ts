import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { empty } from '@infra/testing/global-teardown';

const folder = temporaryFolder('left-files-');

test('a file that a test leaves behind is named, and removed: Jest’s globalTeardown fails the run with it', () => {
  writeFileSync(join(folder, 'left'), '');
  expect(() => {
    empty(folder);
  }).toThrow('The tests left temporary files behind: left');
  expect(readdirSync(folder)).toEqual([]);
});
