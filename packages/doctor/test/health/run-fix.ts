import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type LocalAws, runCdk } from '@infra/local-aws';
import { command } from '@infra/testing/prooflink';

/** Begin of a line that is run; a person reads the others. */
const COMMAND = /^(aws|npx|npm) /;

/** Options without which a command asks a question. */
const UNASKED: Readonly<Record<string, readonly string[]>> = {
  deploy: ['--require-approval', 'never'],
  destroy: ['--force'],
  'revert-drift': ['--yes'],
};

/** Runs a fix, line by line as it is printed; the CDK CLI takes the assembly that is deployed. */
export async function runFix({ aws, app }: { aws: LocalAws; app: string }, fix: string): Promise<void> {
  for (const line of fix.split('\n')) {
    if (!COMMAND.test(line)) continue;
    const [, cdkCommand = '', stack] = /^npx cdk (deploy|destroy|rollback) (\w+)$/.exec(line) ?? [];
    const [name = '', ...args] = /^npm run prooflink -- (.+)$/.exec(line)?.[1]?.split(' ') ?? [];
    if (stack) {
      const { exitCode, output } = await runCdk({ aws, app }, [cdkCommand, stack, ...(UNASKED[cdkCommand] ?? [])]);
      if (exitCode !== 0) throw new Error(output);
    } else if (name) {
      const { exitCode, stdout, stderr } = await command(name, ...args, ...(UNASKED[name] ?? []));
      if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
    } else await promisify(execFile)('sh', ['-c', line], { env: aws.env });
  }
}
