import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { digestsOfKnownCode } from '../../../workflows/deploy/known-code';
import { sha256 } from '../../../workflows/deploy/sha256';

const root = temporaryFolder('known-code-');

describe('git that does not list the files is no empty list: an assembly would be refused for code that is known', () => {
  test.each([
    { title: 'a folder that is no repository', folder: root, says: 'not a git repository' },
    { title: 'git that does not start', folder: join(root, 'nothing'), says: 'ENOENT' },
  ])('$title', ({ folder, says }) => {
    expect(() => digestsOfKnownCode(folder)).toThrow(CannotTellError);
    expect(() => digestsOfKnownCode(folder)).toThrow(says);
  });
});

test('a list above a megabyte is read to its end', () => {
  const folder = join(root, 'large');
  mkdirSync(folder);
  const git = (args: readonly string[], input = '') => execFileSync('git', args, { cwd: folder, input });
  git(['init', '--quiet']);
  const longName = 'x'.repeat(200);
  const missingNames = Array.from({ length: 6_000 }, (_, index) => `${longName}${index}`);
  // The last name in git's order.
  const lastName = 'z.txt';
  const emptyFile = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
  const entries = [...missingNames, lastName].map((name) => `100644 ${emptyFile}\t${name}\n`);
  git(['update-index', '--index-info'], entries.join(''));
  writeFileSync(join(folder, lastName), 'last');
  expect(digestsOfKnownCode(folder).has(sha256('last'))).toBe(true);
});
