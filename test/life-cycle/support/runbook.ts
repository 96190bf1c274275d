import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalAws } from '../../../tools/local-aws';

const RUNBOOK = readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8');

/** The commands of a chapter of the runbook, word for word, but for blocks in which a person fills something in. */
function commandsOf(chapter: string): string {
  const [, text = ''] = RUNBOOK.split(`\n## ${chapter}\n`);
  const [body = ''] = text.split('\n## ');
  const blocks = [...body.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands = '']) => commands);
  const whole = blocks.filter((commands) => !/<\w+>/.test(commands));
  if (whole.length === 0) throw new Error(`The runbook has no commands in "${chapter}"`);
  return whole.join('');
}

/** Runs a chapter's commands in a shell, as somebody would paste them; fails with what they print if the last one does. */
export async function follow(chapter: string, { env }: Pick<LocalAws, 'env'>): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', commandsOf(chapter)], { env });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The commands of "${chapter}" failed; they need the AWS CLI.\n\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}
