import { OWN_STACK_NAME } from './environment';
import { judgeDeletion } from './leftovers';
import { waitForRest } from './own-stack';
import { runCdkCli } from './processes';
import type { Rehearsal, StageResult, Verdict } from './stage';
import { words } from './words';

/** Rows of a deployment, each with the events that refute it. The first one that is met decides: others are consequences. */
const REFUTED_BY: Readonly<Record<string, RegExp>> = {
  'roles-in-force': /_FAILED .*Unable to assume the service linked role/i,
  'custom-resource-rights': /_FAILED .* Custom::.*AccessDenied/i,
  'values-accepted': /_FAILED /,
};

/** Deploys the stack; parameters keep their values. One that an earlier call has deployed stays as it is. */
export async function deploy({ assemblyFolder }: Rehearsal): Promise<StageResult> {
  const options = ['--app', assemblyFolder, '--exclusively', '--require-approval', 'never', '--progress', 'events'];
  const { exitCode, lines } = await runCdkCli(['deploy', OWN_STACK_NAME, ...options]);
  const command = words.ended({ command: 'cdk deploy', exitCode });
  if (exitCode !== 0) return { failure: command, verdicts: refutedBy(lines), evidence: lines };
  const rows = Object.keys(REFUTED_BY);
  return { verdicts: rows.map((row) => ({ row, holds: true, seen: [command] })), evidence: lines };
}

function refutedBy(lines: readonly string[]): Verdict[] {
  for (const [row, pattern] of Object.entries(REFUTED_BY)) {
    const seen = lines.filter((line) => pattern.test(line));
    if (seen.length > 0) return [{ row, holds: false, seen }];
  }
  return [];
}

/** Deploys the stack a second time, after everything of the first one was deleted. */
export async function deployAgain(rehearsal: Rehearsal): Promise<StageResult> {
  const { failure, verdicts = [], evidence } = await deploy(rehearsal);
  const secondLife = { row: 'second-life', holds: failure === undefined, seen: evidence.slice(-1) };
  return { failure, verdicts: [...verdicts, secondLife], evidence };
}

const DELETE_ATTEMPTS = 2;

/** Destroys the stack, and asks CloudFormation once more if it could not delete all of it. */
export async function destroy(rehearsal: Rehearsal): Promise<StageResult> {
  const evidence: string[] = [];
  let stack = await waitForRest(rehearsal);
  for (let attempt = 0; attempt < DELETE_ATTEMPTS && stack; attempt += 1) {
    const options = ['--app', rehearsal.assemblyFolder, '--exclusively', '--force'];
    const { lines } = await runCdkCli(['destroy', OWN_STACK_NAME, ...options]);
    evidence.push(...lines);
    stack = await waitForRest(rehearsal);
  }
  const types = evidence.flatMap((line) => /\b(?:AWS|Custom)::\w\S*/.exec(line) ?? []);
  const verdict = await judgeDeletion(rehearsal, new Set(types));
  const failure = stack && words.ended({ command: 'cdk destroy', exitCode: 1 });
  return { failure, verdicts: [{ ...verdict, holds: verdict.holds && stack === undefined }], evidence };
}
