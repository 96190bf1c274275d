import { OWN_STACK_NAME } from './environment';
import { readLeftovers } from './leftovers';
import { readEvents, readOwnStack, waitForRest } from './own-stack';
import { runCdkCli } from './processes';
import type { Rehearsal, StageResult, Verdict } from './stage';
import { words } from './words';

/** Rows of a deployment, each with the events that refute it. The first one that is met decides: others are consequences. */
const REFUTED_BY: Readonly<Record<string, RegExp>> = {
  'roles-in-force': /_FAILED .*Unable to assume the service linked role/i,
  'custom-resource-rights': / Custom::\S+ \S+_FAILED .*AccessDenied/i,
  'values-accepted': /_FAILED /,
};

/** Deploys the stack; parameters keep their values. One that an earlier call has deployed stays as it is. */
export async function deploy(rehearsal: Rehearsal): Promise<StageResult> {
  const stackOptions = [OWN_STACK_NAME, '--app', rehearsal.assemblyFolder, '--exclusively'];
  const cdkDeploy = ['deploy', ...stackOptions, '--require-approval', 'never', '--progress', 'events'];
  const { exitCode, lines } = await runCdkCli(cdkDeploy);
  const stack = await readOwnStack(rehearsal);
  const events = stack ? await readEvents(rehearsal, OWN_STACK_NAME, stack.CreationTime ?? new Date(0)) : [];
  const command = words.ended({ command: 'cdk deploy', exitCode });
  if (exitCode !== 0) return { failure: command, verdicts: refutedBy(events), evidence: [...lines, ...events] };
  const rows = Object.keys(REFUTED_BY);
  return { verdicts: rows.map((row) => ({ row, holds: true, seen: [command] })), evidence: events };
}

function refutedBy(events: readonly string[]): Verdict[] {
  for (const [row, pattern] of Object.entries(REFUTED_BY)) {
    const seen = events.filter((event) => pattern.test(event));
    if (seen.length > 0) return [{ row, holds: false, seen }];
  }
  return [];
}

/** Deploys the stack a second time, after everything of the first one was deleted. */
export async function deployAgain(rehearsal: Rehearsal): Promise<StageResult> {
  const { verdicts = [], ...result } = await deploy(rehearsal);
  const secondLife = { row: 'second-life', holds: result.failure === undefined, seen: result.evidence.slice(-1) };
  return { ...result, verdicts: [...verdicts, secondLife] };
}

const DELETE_ATTEMPTS = 2;

/** Destroys the stack, and asks CloudFormation once more if it could not delete all of it. */
export async function destroy(rehearsal: Rehearsal): Promise<StageResult> {
  const began = new Date();
  let stack = await waitForRest(rehearsal);
  // By its ARN, CloudFormation knows a deleted stack, too.
  const arn = stack?.StackId;
  for (let attempt = 0; attempt < DELETE_ATTEMPTS && stack; attempt += 1) {
    await runCdkCli(['destroy', OWN_STACK_NAME, '--app', rehearsal.assemblyFolder, '--exclusively', '--force']);
    stack = await waitForRest(rehearsal);
  }
  const events = arn === undefined ? [] : await readEvents(rehearsal, arn, began);
  const failures = events.filter((event) => event.includes(' DELETE_FAILED'));
  const { names, seen } = await readLeftovers(rehearsal);
  const holds = stack === undefined && names.length === 0;
  return {
    failure: stack && words.notDeleted({ resources: failures }),
    verdicts: [{ row: 'deletion-leaves-nothing', holds, seen: [...seen, ...failures] }],
    evidence: events,
  };
}
