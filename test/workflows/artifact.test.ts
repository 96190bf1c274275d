import { chmodSync, lstatSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assembly } from '../support/assembly';
import { temporaryFolder } from '@infra/common/testing';

const directory = temporaryFolder('artifact-');

/** An artifact keeps neither modes nor links: what needs one would be deployed as something else than what CI passed. */
function changedByAnArtifact(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => {
    const stats = lstatSync(join(directory, file));
    return stats.isSymbolicLink() || basename(file).startsWith('.') || (stats.isFile() && (stats.mode & 0o111) !== 0);
  });
}

test('the cloud assembly means the same after it was an artifact', () => {
  expect(changedByAnArtifact(assembly)).toEqual([]);
  expect(readdirSync(assembly)).toContain('manifest.json');
});

test('a program, a link and a hidden file in it would be seen', () => {
  for (const file of ['plain', 'program', '.hidden']) writeFileSync(join(directory, file), '');
  chmodSync(join(directory, 'program'), 0o755);
  symlinkSync('plain', join(directory, 'link'));
  expect(changedByAnArtifact(directory).sort()).toEqual(['.hidden', 'link', 'program']);
});
