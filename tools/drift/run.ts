import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { readAssembly } from '@infra/common/assembly';
import { CannotTellError, failure, type Outcome } from '@infra/common/outcome';
import { judge } from './judge';
import { renderDrift, renderFailure } from './render';

/** The line that `cdk drift` prints last, once CloudFormation has compared everything. */
const FINISHED = /^No drift detected$|^\d+ resources? (?:has|have) drifted from/m;

/** Source of the answers. */
export interface Sources {
  /** `cdk drift` with these arguments. */
  readonly detect: (args: readonly string[]) => { readonly exitCode: number | null; readonly output: string };
  /** Result of CloudFormation's last comparison. */
  readonly read: (region: string, stack: string) => Promise<StackResourceDrift[]>;
}

/**
 * Tells what drifted. `cdk drift` makes CloudFormation compare, but cannot leave out what changes by design, and exits
 * with 1 for drift and for trouble alike: the findings are read from CloudFormation, once the CLI says it has finished.
 */
export async function runDrift(stack: string, app: string | undefined, sources: Sources): Promise<Outcome> {
  let log = '';
  try {
    const fixed = ['--fail', '--no-color', '--no-notices'];
    const { exitCode, output } = sources.detect([stack, ...fixed, ...(app === undefined ? [] : ['--app', app])]);
    if (!FINISHED.test(output)) {
      throw new CannotTellError(`cdk drift did not finish (exit code ${String(exitCode)}):\n${output.trim()}`);
    }
    log = output;
    const mask = new SecretMask();
    const synthesized = readAssembly(app ?? 'cdk.out', mask).stacks.get(stack);
    if (!synthesized) throw new CannotTellError(`The assembly has no stack ${stack}.`);
    const region = synthesized.environment.split('/').at(-1) ?? '';
    const judgement = judge(await sources.read(region, stack), synthesized.template, mask);
    const exit = judgement.drifted.length > 0 ? 1 : judgement.unknown.length > 0 ? 2 : 0;
    return { exitCode: exit, stdout: renderDrift(stack, judgement), stderr: log };
  } catch (error) {
    const outcome = failure(error, renderFailure);
    return { ...outcome, stderr: `${log}${outcome.stderr}` };
  }
}
