import { lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assembly } from '../support/assembly';

/** An artifact keeps neither modes nor links: what needs one would be deployed as something else than what CI passed. */
test('the cloud assembly means the same after it was an artifact: no program, no link, no hidden file', () => {
  const files = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).map((file) => ({
    file,
    stats: lstatSync(join(assembly, file)),
  }));
  expect(files.some(({ file }) => basename(file) === 'index.js')).toBe(true);
  const lost = files.filter(
    ({ file, stats }) =>
      stats.isSymbolicLink() || basename(file).startsWith('.') || (stats.isFile() && (stats.mode & 0o111) !== 0),
  );
  expect(lost.map(({ file }) => file)).toEqual([]);
});
