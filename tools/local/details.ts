import type { LocalEnvironment } from './local-environment';
import { runProoflink } from './prooflink-process';

/** The outputs and the state of the environment, as a text. */
export async function detailsText({ aws, environmentName, outputs }: LocalEnvironment): Promise<string> {
  const lines = Object.entries(outputs).map(([output, value]) => `\n${output}\n  ${value}`);
  const status = await runProoflink(aws, ['status', environmentName], { expectedExitCodes: [0, 1] });
  return [...lines, `\n${status}`].join('\n');
}
