import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { isRecord } from '@infra/common/values';

const HEADLINES = {
  success: (stack: string) => `## ${stack} was deployed`,
  failure: (stack: string) => `## ${stack} was not deployed`,
  cancelled: (stack: string) =>
    `## The deployment of ${stack} was cut off\n\nCloudFormation goes on by itself: look there before anything else.`,
  skipped: (stack: string) => `## ${stack} was not touched\n\nA step before the deployment failed; its log says why.`,
  planned: (stack: string) => `## What a deployment of ${stack} would change`,
  unstable: (stack: string) => `## ${stack} was deployed, but what was released does not run`,
};

/** How a step of a workflow ends, in GitHub's words; `planned` is before it, `unstable` after it. */
export type Result = keyof typeof HEADLINES;
export const RESULTS = Object.keys(HEADLINES) as Result[];

/** GitHub refuses a summary of more than 1 MiB, and nobody reads a tenth of that. */
const LONGEST_SECTION = 60_000;

/** Puts together what a deployment left behind. */
export function runDeployReport(stack: string, directory: string, result: Result): Outcome {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CannotTellError(`${directory} is not a directory.`);
  }

  const mask = new SecretMask();
  const section = (title: string, text: string) => {
    const lines = mask.maskLines(text.trim());
    if (lines === '') return [];
    const cut =
      lines.length > LONGEST_SECTION ? `${lines.slice(0, LONGEST_SECTION)}\n… (the rest is in the log)` : lines;
    return [`### ${title}`, fencedBlock(cut, '')];
  };
  const file = (name: string) => read(join(directory, name));
  const sections = [
    ...(result === 'success' || result === 'unstable' ? [] : section('What went wrong', file('failure.txt'))),
    ...section('What runs', file('release.txt')),
    ...section('Outputs', outputs(file('outputs.json'), stack)),
    ...section('Images', file('images.txt') || 'No tag was given: the images that run stay.'),
    ...section('The diff to what is deployed', file('diff.txt')),
  ];
  return { exitCode: 0, stdout: [HEADLINES[result](inlineCode(stack)), ...sections, ''].join('\n\n'), stderr: '' };
}

/** A step that never ran leaves no file. */
function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function outputs(json: string, stack: string): string {
  if (json === '') return '';
  const all: unknown = JSON.parse(json);
  const own = isRecord(all) ? all[stack] : undefined;
  if (!isRecord(own)) throw new CannotTellError(`outputs.json has no outputs of ${stack}.`);
  return Object.entries(own)
    .map(([name, value]) => `${name}\n  ${String(value)}`)
    .join('\n');
}
