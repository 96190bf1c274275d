import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type LocalAws, runCdk } from '@infra/local-aws';
import { command } from '../../support/prooflink';

/** Runs a fix, line by line as it is printed; the CDK CLI takes the assembly that is deployed. */
export async function runFix({ aws, app }: { aws: LocalAws; app: string }, fix: string): Promise<void> {
  for (const line of fix.split('\n')) {
    const [, stack, revertDrift] = /^npx cdk deploy (\w+)( --revert-drift)?$/.exec(line) ?? [];
    const [, words] = /^npm run prooflink -- (.+)$/.exec(line) ?? [];
    if (stack) {
      const options = ['--require-approval', 'never'];
      if (revertDrift !== undefined) options.push('--revert-drift');
      const { exitCode, output } = await runCdk({ aws, app }, ['deploy', stack, ...options]);
      if (exitCode !== 0) throw new Error(output);
    } else if (words) {
      const { exitCode, stderr } = await command(...words.split(' '));
      if (exitCode !== 0) throw new Error(stderr);
    } else await promisify(execFile)('sh', ['-c', line], { env: aws.env });
  }
}
