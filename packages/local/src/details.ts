import { hasCommand } from '@infra/commands/prooflink';
import type { LocalEnvironment } from './local-environment';
import { runProoflink } from './prooflink-process';

/** The outputs of the stack, and the state of the environment as the command `status` reports it, if it is here. */
export async function detailsText({ aws, environmentName, outputs }: LocalEnvironment): Promise<string> {
  const outputLines = Object.entries(outputs).map(([output, value]) => `\n${output}\n  ${value}`);
  if (!hasCommand('status')) return outputLines.join('\n');
  // With 1, `status` reports that something is wrong: the report is shown all the same.
  const status = await runProoflink(aws, ['status', environmentName], { expectedExitCodes: [0, 1] });
  return [...outputLines, `\n${status}`].join('\n');
}
