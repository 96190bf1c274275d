import { basename } from 'node:path';

/** Folders of the pipeline: their files decide what a review says, what a deployment does, or who may deploy. */
const PIPELINE_FOLDERS = ['.github/', '.ci/', 'bin/', 'lib/delivery/', 'packages/'];

/** Files of the pipeline outside of these folders. */
const PIPELINE_FILES: ReadonlySet<string> = new Set([
  '.npmrc',
  '.nvmrc',
  'cdk.json',
  'lib/config/delivery.ts',
  'lib/language.ts',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
]);

/** True if a file may decide what a review says, what a deployment does, or who may deploy. */
export function isPipelineFile(file: string): boolean {
  const isInPipelineFolder = PIPELINE_FOLDERS.some((folder) => file.startsWith(folder));
  // By its attributes, git may write other content into a working tree than that of the reviewed commit.
  const isGitAttributes = basename(file) === '.gitattributes';
  return isInPipelineFolder || PIPELINE_FILES.has(file) || isGitAttributes;
}
