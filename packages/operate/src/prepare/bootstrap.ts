import { runCdk } from '@infra/commands/cdk-cli';
import { words } from './words';
import type { PreparedPart } from './prepared-part';

/**
 * Runs `cdk bootstrap`, which creates or updates the stack `CDKToolkit` of a region: the bucket and the roles that the CDK
 * CLI deploys with. A stack that exists keeps its execution policies.
 */
export async function bootstrapRegion(account: string, region: string): Promise<PreparedPart> {
  const name = words.toolkit({ region });
  const target = `aws://${account}/${region}`;
  process.stderr.write(`${words.bootstrapBegins({ target })}\n`);
  // In a folder without a cdk.json, the CLI synthesizes no app: the target alone is enough.
  const { exitCode, output } = await runCdk(['bootstrap', target, '--no-color'], { directory: __dirname });
  const isReady = exitCode === 0;
  return { name, isReady, result: isReady ? words.madeOrUpdated : words.bootstrapFailed({ output: output.trim() }) };
}
