import { basename } from 'node:path';

/** Folders of the pipeline: they decide what a review says, what a deployment does, or who may deploy. */
const PIPELINE_FOLDERS = ['.github/', '.ci/', 'bin/', 'lib/delivery/', 'packages/', 'tools/'];

/** Files of the pipeline outside of these folders. */
const PIPELINE_FILES: ReadonlySet<string> = new Set([
  '.npmrc',
  '.nvmrc',
  'cdk.json',
  'lib/config/delivery.ts',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
]);

/** True if a change of a file may change what a review says, what a deployment does, or who may deploy. */
export function isPipelineFile(file: string): boolean {
  const isInFolder = PIPELINE_FOLDERS.some((folder) => file.startsWith(folder));
  // With attributes, git writes another file into a work tree than the one that was reviewed.
  const isAttributes = basename(file) === '.gitattributes';
  return isInFolder || PIPELINE_FILES.has(file) || isAttributes;
}
