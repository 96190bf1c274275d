import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type LocalAws, runCdk } from '@infra/local-aws';
import { command } from '@infra/commands/test/support/prooflink';

/** Begin of the last line of some fixes, which a person reads and nobody runs. */
const FURTHER_READING = 'If that fails: ';

/** Options without which a command of the CDK CLI asks a question. */
const UNASKED: Readonly<Record<string, readonly string[]>> = {
  deploy: ['--require-approval', 'never'],
  destroy: ['--force'],
  rollback: [],
};

/** Runs a fix, line by line as it is printed; the CDK CLI takes the assembly that is deployed. */
export async function runFix({ aws, app }: { aws: LocalAws; app: string }, fix: string): Promise<void> {
  for (const line of fix.split('\n')) {
    if (line.startsWith(FURTHER_READING)) continue;
    const [, cdkCommand = '', stack, option] =
      /^npx cdk (deploy|destroy|rollback) (\w+)(?: (--revert-drift))?$/.exec(line) ?? [];
    const [, words] = /^npm run prooflink -- (.+)$/.exec(line) ?? [];
    if (stack) {
      const options = [...(UNASKED[cdkCommand] ?? []), option ?? ''].filter(Boolean);
      const { exitCode, output } = await runCdk({ aws, app }, [cdkCommand, stack, ...options]);
      if (exitCode !== 0) throw new Error(output);
    } else if (words) {
      const { exitCode, stderr } = await command(...words.split(' '));
      if (exitCode !== 0) throw new Error(stderr);
    } else await promisify(execFile)('sh', ['-c', line], { env: aws.env });
  }
}
