import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { parseArgs } from 'node:util';
import { visible } from '../shared/untrusted-text';
import { SecretMask } from '../shared/secret-mask';
import { readAssembly } from '../shared/assembly';
import { CannotTellError, type Outcome } from '../shared/outcome';
import { judge } from './judge';
import { renderDrift, renderFailure } from './render';

const USAGE = `Usage: npm run drift -- <stack> [--app <assembly>]

  Compares the stack with what is there, and tells in Markdown what somebody changed by hand.

  --app <assembly>  a directory that "npx cdk synth -o" wrote; without it the app is synthesized into cdk.out

Exit code: 0 no drift, 1 drift, 2 could not tell`;

/** The line that `cdk drift` ends with once CloudFormation has compared everything. */
const FINISHED = /^No drift detected$|^\d+ resources? (?:has|have) drifted from/m;

/** Where the program gets its knowledge from. */
export interface Sources {
  /** `cdk drift` with these arguments. */
  readonly detect: (args: readonly string[]) => { readonly exitCode: number | null; readonly output: string };
  /** What CloudFormation found when it last looked. */
  readonly read: (region: string, stack: string) => Promise<StackResourceDrift[]>;
}

/**
 * The program. `cdk drift` makes CloudFormation compare, but cannot leave out what changes by design, and fails with 1
 * for drift and for trouble alike: what drifted is read from CloudFormation once the CLI said that it had finished.
 */
export async function runDrift(args: readonly string[], sources: Sources): Promise<Outcome> {
  if (args.includes('--help')) return { exitCode: 0, stdout: `${USAGE}\n`, stderr: '' };
  try {
    const { stack, app } = readArguments(args);
    const fixed = ['--fail', '--no-color', '--no-notices'];
    const { exitCode, output } = sources.detect([stack, ...fixed, ...(app === undefined ? [] : ['--app', app])]);
    if (!FINISHED.test(output)) {
      throw new CannotTellError(`cdk drift did not finish (exit code ${String(exitCode)}):\n${output.trim()}`);
    }
    const mask = new SecretMask();
    const synthesized = readAssembly(app ?? 'cdk.out', mask).stacks.get(stack);
    if (!synthesized) throw new CannotTellError(`The assembly has no stack ${stack}.`);
    const region = synthesized.environment.split('/').at(-1) ?? '';
    const judgement = judge(await sources.read(region, stack), synthesized.template, mask);
    const exit = judgement.drifted.length > 0 ? 1 : judgement.unknown.length > 0 ? 2 : 0;
    return { exitCode: exit, stdout: renderDrift(stack, judgement), stderr: '' };
  } catch (error) {
    // Whatever goes wrong, also a fault of ours: it must not read as "no drift".
    const message = error instanceof Error ? error.message : String(error);
    return { exitCode: 2, stdout: renderFailure(message), stderr: visible(`${message}\n`, '\n') };
  }
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [stack, ...more] = positionals;
  if (stack === undefined || more.length > 0) {
    throw new CannotTellError(`One stack is needed, ${positionals.length} given.\n\n${USAGE}`);
  }
  return { stack, app: values.app };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { app: { type: 'string' } } });
  } catch (error) {
    throw new CannotTellError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
