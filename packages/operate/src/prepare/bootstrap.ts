import { runCdk } from '@infra/commands/cdk-cli';
import { words } from './words';
import type { PreparedPart } from './prepared-part';

/** Text in the output of `cdk bootstrap` if the stack `CDKToolkit` was up to date. */
const NO_CHANGES = '(no changes)';

/**
 * Runs `cdk bootstrap`, which creates or updates the stack `CDKToolkit` of a region: the bucket and the roles that the CDK
 * CLI deploys with.
 *
 * @param executionPolicies - The CLI's `--cloudformation-execution-policies`. `undefined`: those of the existing stack, or
 *   else the CLI's default.
 */
export async function bootstrapRegion(
  account: string,
  region: string,
  executionPolicies: string | undefined,
): Promise<PreparedPart> {
  const name = toolkitName(region);
  const target = `aws://${account}/${region}`;
  process.stderr.write(`${words.bootstrapBegins({ target })}\n`);
  const args = ['bootstrap', target, '--no-color'];
  if (executionPolicies !== undefined) {
    args.push('--cloudformation-execution-policies', executionPolicies);
  }
  // In a folder without a cdk.json, the CLI synthesizes no app: the target alone is enough.
  const { exitCode, output } = await runCdk(args, { directory: __dirname });
  if (exitCode !== 0) {
    return { name, isReady: false, result: words.bootstrapFailed({ output: output.trim() }) };
  }
  const isUnchanged = output.includes(NO_CHANGES);
  return { name, isReady: true, result: isUnchanged ? words.wasThere : words.madeOrUpdated };
}

/** Stands for the stack of a region whose bootstrap was not begun, since a service-linked role is missing. */
export function skipBootstrap(region: string): PreparedPart {
  return { name: toolkitName(region), isReady: false, result: words.bootstrapSkipped };
}

function toolkitName(region: string): string {
  return words.toolkit({ region });
}
