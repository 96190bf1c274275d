import { chmodSync, lstatSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { assembly } from '../../../test/support/assembly';

const folder = temporaryFolder('artifact-');

/** True for a file that an artifact does not keep as it is: it has neither modes nor links. */
function isChangedByAnArtifact(path: string): boolean {
  const stats = lstatSync(path);
  const isProgram = stats.isFile() && (stats.mode & 0o111) !== 0;
  return stats.isSymbolicLink() || basename(path).startsWith('.') || isProgram;
}

function filesChangedByAnArtifact(directory: string): string[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  // The CDK CLI keeps archives there, if another test has deployed the assembly before.
  const synthesized = files.filter((file) => file.split(sep)[0] !== '.cache');
  return synthesized.filter((file) => isChangedByAnArtifact(join(directory, file)));
}

test('the cloud assembly is the same after it was an artifact, or something else is deployed than CI passed', () => {
  expect(readdirSync(assembly)).toContain('manifest.json');
  expect(filesChangedByAnArtifact(assembly)).toEqual([]);
});

test('a program, a link and a hidden file are found', () => {
  for (const file of ['plain', 'program', '.hidden']) writeFileSync(join(folder, file), '');
  chmodSync(join(folder, 'program'), 0o755);
  symlinkSync('plain', join(folder, 'link'));
  expect(filesChangedByAnArtifact(folder).sort()).toEqual(['.hidden', 'link', 'program']);
});
