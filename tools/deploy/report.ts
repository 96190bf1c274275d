import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fencedBlock, inlineCode } from '../shared/untrusted-text';
import type { Outcome } from '../shared/outcome';
import { SecretMask } from '../shared/secret-mask';
import { isRecord } from '../shared/values';

const USAGE = `Usage: npm run deploy:report -- <stack> <directory> <success|failure|cancelled|skipped>

  Tells in Markdown how a deployment of the stack ended, from what its steps left in the directory:
    images.txt    what "npm run image:check" said
    diff.txt      what "npx cdk diff --method=template" said
    outputs.json  what "npx cdk deploy --outputs-file" wrote
    failure.txt   what "npx cdk deploy" said on stderr

Exit code: 0 told, 2 could not tell`;

const HEADLINES = {
  success: (stack: string) => `## ${stack} was deployed`,
  failure: (stack: string) => `## ${stack} was not deployed`,
  cancelled: (stack: string) =>
    `## The deployment of ${stack} was cut off\n\nCloudFormation goes on by itself: look there before anything else.`,
  skipped: (stack: string) => `## ${stack} was not touched\n\nA step before the deployment failed; its log says why.`,
};

/** GitHub refuses a summary of more than 1 MiB, and nobody reads one of a tenth of it. */
const LONGEST_SECTION = 60_000;

/** The program: puts together what a deployment left behind. */
export function runDeployReport(args: readonly string[]): Outcome {
  if (args.includes('--help')) return { exitCode: 0, stdout: `${USAGE}\n`, stderr: '' };
  const [stack, directory, result, ...more] = args;
  const headline = HEADLINES[result as keyof typeof HEADLINES] as ((stack: string) => string) | undefined;
  if (!stack || !directory || !headline || more.length > 0) return { exitCode: 2, stdout: '', stderr: `${USAGE}\n` };
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    return { exitCode: 2, stdout: '', stderr: `${directory} is not a directory.\n\n${USAGE}\n` };
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
  try {
    const sections = [
      ...(result === 'success' ? [] : section('What went wrong', file('failure.txt'))),
      ...section('Outputs', outputs(file('outputs.json'), stack)),
      ...section('Images', file('images.txt') || 'No tag was given: the images that run stay.'),
      ...section(
        result === 'success' ? 'The diff that was applied' : 'The diff that was to be applied',
        file('diff.txt'),
      ),
    ];
    return { exitCode: 0, stdout: [headline(inlineCode(stack)), ...sections, ''].join('\n\n'), stderr: '' };
  } catch (error) {
    return { exitCode: 2, stdout: '', stderr: `${(error as Error).message}\n` };
  }
}

/** A step that never came leaves no file. */
function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function outputs(json: string, stack: string): string {
  if (json === '') return '';
  const all: unknown = JSON.parse(json);
  const own = isRecord(all) ? all[stack] : undefined;
  if (!isRecord(own)) throw new Error(`outputs.json has no outputs of ${stack}.`);
  return Object.entries(own)
    .map(([name, value]) => `${name}\n  ${String(value)}`)
    .join('\n');
}
