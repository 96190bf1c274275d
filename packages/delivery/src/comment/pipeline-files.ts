import { basename } from 'node:path';

/**
 * Beginnings of the paths of the pipeline, by what a changed file may do, worst first: run beside credentials, replace what
 * runs there, widen rights, change a synth, change a review.
 */
const PIPELINE_PATHS = [
  '.github/workflows/',
  'packages/delivery/src/',
  '.ci/',
  '.github/',
  'package-lock.json',
  'package.json',
  'npm-shrinkwrap.json',
  '.npmrc',
  '.nvmrc',
  'lib/delivery/',
  'lib/config/delivery.ts',
  'bin/',
  'cdk.json',
  'cdk.context.json',
  'tsconfig.json',
  'lib/config.ts',
  'lib/language.ts',
  'packages/',
];

/** The files that may decide what a review says, what a deployment does, or who may deploy; the worst first. */
export function pipelineFilesOf(files: readonly string[]): string[] {
  return files.filter((file) => rankOf(file) >= 0).sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(file: string): number {
  // By its attributes, git may write other content into a working tree than that of the reviewed commit.
  if (basename(file) === '.gitattributes') return 0;
  return PIPELINE_PATHS.findIndex((path) => file.startsWith(path));
}
