import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waiters } from './waiters';

export function readPage(file: string): string {
  return readFileSync(join(__dirname, '../../../../..', file), 'utf8');
}

/**
 * The commands of a chapter, word for word, but for blocks in which a person fills something in. Placeholders of
 * `<name>` may be given.
 */
export function commandsOf(page: string, chapter: string, filledIn: Readonly<Record<string, string>> = {}): string {
  const [, text = ''] = page.split(new RegExp(`^#+ ${chapter}\n`, 'm'));
  const [body = ''] = text.split(/\n##+ /);
  const blocks = [...body.matchAll(/^```sh\n([^]*?)^```$/gm)]
    .map(([, commands = '']) => commands)
    .map((commands) => commands.replace(/<(\w+)>/g, (blank, name: string) => filledIn[name] ?? blank));
  const whole = blocks.filter((commands) => !/<\w+>/.test(commands));
  if (whole.length === 0) throw new Error(`The page has no commands in "${chapter}"`);
  return whole.join('');
}

export interface RunProps {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** True: the first failing command ends it. False: only the last one counts, as when pasted. */
  readonly strict?: boolean;
}

/** Commands of pages wait ten seconds between two questions. */
const SLEEP = 'sleep() { command sleep 0.2; }\n';

/** Runs a chapter's commands in a shell; fails with what they print. */
export async function runCommands(chapter: string, script: string, { env, cwd, strict }: RunProps): Promise<string> {
  const options = strict ? ['-e', '-o', 'pipefail'] : [];
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', [...options, '-c', `${SLEEP}${script}`], {
      env: { ...env, AWS_DATA_PATH: waiters },
      cwd,
    });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The commands of "${chapter}" failed; they need the AWS CLI, jq and psql.\n\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}
