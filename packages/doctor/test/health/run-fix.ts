import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type LocalAws, runCdk } from '@infra/local-aws';
import { command } from '@infra/testing/prooflink';

/** Options without which a command asks a question. */
const UNASKED: Readonly<Record<string, readonly string[]>> = {
  deploy: ['--require-approval', 'never'],
  destroy: ['--force'],
  'revert-drift': ['--yes'],
};

/** A deployed app. */
interface Deployed {
  readonly aws: LocalAws;
  readonly app: string;
}

/** Runs a fix, line by line as it is printed; a person reads what is no command. */
export async function runFix(deployed: Deployed, fix: string): Promise<void> {
  for (const line of fix.split('\n')) {
    if (/^npx cdk (deploy|destroy|rollback) \w+$/.test(line)) await runCdkLine(deployed, line);
    else if (line.startsWith('npm run prooflink -- ')) await runCommandLine(line);
    else if (/^(aws|npx|npm) /.test(line)) await promisify(execFile)('sh', ['-c', line], { env: deployed.aws.env });
  }
}

/** Runs a line of the CDK CLI on the assembly that is deployed. */
async function runCdkLine(deployed: Deployed, line: string): Promise<void> {
  const [, , name = '', stack = ''] = line.split(' ');
  const { exitCode, output } = await runCdk(deployed, [name, stack, ...(UNASKED[name] ?? [])]);
  if (exitCode !== 0) throw new Error(output);
}

async function runCommandLine(line: string): Promise<void> {
  const [, , , , name = '', ...args] = line.split(' ');
  const { exitCode, stdout, stderr } = await command(name, ...args, ...(UNASKED[name] ?? []));
  if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
}
