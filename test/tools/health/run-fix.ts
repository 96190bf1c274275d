import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type LocalAws, runCdk } from '@infra/local-aws';
import { ROOT } from '../support/prooflink';

/** Runs a fix, line by line as it is printed; the CDK CLI takes the assembly that is deployed. */
export async function runFix({ aws, app }: { aws: LocalAws; app: string }, fix: string): Promise<void> {
  for (const line of fix.split('\n')) {
    const [, stack] = /^npx cdk deploy (\w+) --revert-drift$/.exec(line) ?? [];
    if (stack) {
      const options = ['--require-approval', 'never', '--revert-drift'];
      const { exitCode, output } = await runCdk({ aws, app }, ['deploy', stack, ...options]);
      if (exitCode !== 0) throw new Error(output);
    } else {
      const script = line.replaceAll('npm run prooflink --', 'node -r ./tools/register.js tools/prooflink.ts');
      await promisify(execFile)('sh', ['-c', script], { cwd: ROOT, env: aws.env });
    }
  }
}
