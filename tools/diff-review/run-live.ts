import { writeFileSync } from 'node:fs';
import { visible } from '../shared/untrusted-text';
import { maskDiff } from './mask-diff';
import { SecretMask } from '../shared/secret-mask';
import type { LiveDiff } from './model';
import { readAssembly } from '../shared/assembly';
import { CannotTellError, type Outcome } from '../shared/outcome';

const USAGE = `Usage: npm run diff:live -- <assembly> <file>

  Compares each stack of a synthesized assembly with what is deployed, by "cdk diff --method=template", which only reads
  and needs no role but the bootstrap's lookup role. Shows it, and writes it into <file> for diff:review --live <file>.

Exit code: 0 every diff was made, 2 one could not be made`;

/** Runs the CDK CLI with arguments. */
export type Cdk = (args: readonly string[]) => { readonly succeeded: boolean; readonly output: string };

/** The program: what is deployed against an assembly, without any secret of either. */
export function runDiffLive(args: readonly string[], cdk: Cdk): Outcome {
  const [assembly, file, ...more] = args;
  if (assembly === undefined || file === undefined || more.length > 0 || assembly.startsWith('-')) {
    return { exitCode: 2, stdout: '', stderr: `${USAGE}\n` };
  }
  try {
    const mask = new SecretMask();
    const stacks = [...readAssembly(assembly, mask).stacks.keys()];
    const diffs = stacks.map((stack) => [stack, diff(cdk, assembly, stack, mask)] as const);
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(diffs), undefined, 2)}\n`);
    const failed = diffs.filter(([, { state }]) => state === 'failed').map(([stack]) => stack);
    return {
      exitCode: failed.length > 0 ? 2 : 0,
      stdout: visible(`${diffs.map(([stack, { text }]) => `== ${stack}\n${text}`).join('\n\n')}\n`, '\n'),
      stderr:
        failed.length > 0 ? visible(`\nCould not be compared with what is deployed: ${failed.join(', ')}\n`, '\n') : '',
    };
  } catch (error) {
    if (!(error instanceof CannotTellError)) throw error;
    return { exitCode: 2, stdout: '', stderr: visible(`${error.message}\n`, '\n') };
  }
}

function diff(cdk: Cdk, assembly: string, stack: string, mask: SecretMask): LiveDiff {
  const options = ['--ci', '--exclusively', '--method=template', '--no-lookups', '--no-color', '--no-notices'];
  const { succeeded, output } = cdk(['diff', stack, '--app', assembly, ...options]);
  const number = /^.*Number of stacks with differences: (\d+).*$/m.exec(output);
  const text = maskDiff(
    output
      .replace(number?.[0] ?? '', '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    mask,
  );
  // Without that line nobody knows what an exit code of 0 means.
  if (!succeeded || !number) return { state: 'failed', text };
  return { state: number[1] === '0' ? 'same' : 'differs', text };
}
