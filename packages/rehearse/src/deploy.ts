import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { OWN_STACK_NAME } from './environment';
import { ASKED_FOR, readLeftovers } from './leftovers';
import { eventLine, isDeployed, readEvents, readOwnStack, waitForRest } from './own-stack';
import { type Ended, runCdkCli } from './processes';
import { type Refutation, type Rehearsal, skipped, type StageResult } from './stage';
import { words } from './words';

/** Deploys the stack of the rehearsal; parameters keep their values. */
async function cdkDeploy({ assemblyFolder }: Rehearsal): Promise<Omit<Ended, 'stdout'>> {
  const stack = [OWN_STACK_NAME, '--app', assemblyFolder, '--exclusively'];
  return await runCdkCli(['deploy', ...stack, '--require-approval', 'never', '--progress', 'events']);
}

/** Deploys the stack. One that an earlier call has deployed stays as it is. */
export async function deploy(rehearsal: Rehearsal): Promise<StageResult> {
  const { exitCode, lines } = await cdkDeploy(rehearsal);
  const stack = await readOwnStack(rehearsal);
  const events = stack ? await readEvents(rehearsal, OWN_STACK_NAME, stack.CreationTime ?? new Date(0)) : [];
  if (exitCode === 0) {
    const seen = ['roles-in-force', 'values-accepted', 'custom-resource-rights'];
    return { seen, evidence: events.map(eventLine) };
  }
  return { failure: words.ended({ command: 'cdk deploy', exitCode }), refuted: refutedBy(events), evidence: lines };
}

/** Deploys the stack a second time, after everything of the first one was deleted. */
export async function deployAgain(rehearsal: Rehearsal): Promise<StageResult> {
  const stack = await readOwnStack(rehearsal);
  if (stack && !isDeployed(stack)) return skipped(words.skips.notDeleted);
  const result = await deploy(rehearsal);
  if (result.failure === undefined) return { ...result, seen: [...(result.seen ?? []), 'second-life'] };
  return { ...result, refuted: [...(result.refuted ?? []), { row: 'second-life', words: result.evidence }] };
}

/** Rows that the events of a failed deployment refute. */
function refutedBy(events: readonly StackEvent[]): Refutation[] {
  const failed = events.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
  const says = (pattern: RegExp) =>
    failed.filter(({ ResourceStatusReason = '' }) => pattern.test(ResourceStatusReason));
  const roles = says(/Unable to assume the service linked role/i);
  const denials = says(/AccessDenied/i).filter(({ ResourceType = '' }) => ResourceType.startsWith('Custom::'));
  const others = failed.filter((event) => !roles.includes(event) && !denials.includes(event));
  const refutations = [
    { row: 'roles-in-force', words: roles.map(eventLine) },
    { row: 'custom-resource-rights', words: denials.map(eventLine) },
    // Failures besides those are mostly their consequences.
    { row: 'values-accepted', words: roles.length + denials.length > 0 ? [] : others.map(eventLine) },
  ];
  return refutations.filter((refutation) => refutation.words.length > 0);
}

const DELETE_ATTEMPTS = 2;

/** Destroys the stack, and asks CloudFormation once more if it could not delete all of it. */
export async function destroy(rehearsal: Rehearsal): Promise<StageResult> {
  const began = new Date();
  // By its ARN, CloudFormation knows a deleted stack, too.
  const arn = (await waitForRest(rehearsal))?.StackId ?? '';
  const options = ['--app', rehearsal.assemblyFolder, '--exclusively', '--force'];
  let isLeft = arn !== '';
  for (let attempt = 0; attempt < DELETE_ATTEMPTS && isLeft; attempt += 1) {
    await runCdkCli(['destroy', OWN_STACK_NAME, ...options]);
    isLeft = (await waitForRest(rehearsal)) !== undefined;
  }
  const events = arn === '' ? [] : await readEvents(rehearsal, arn, began);
  const evidence = events.map(eventLine);
  if (!isLeft) return await judgeDeletion(rehearsal, evidence);
  const left = events.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED').map(eventLine);
  return {
    failure: words.notDeleted({ resources: left }),
    refuted: [{ row: 'deletion-leaves-nothing', words: left }],
    evidence,
  };
}

/** CloudFormation counts a resource that it no longer has as deleted: AWS is asked for the names. */
async function judgeDeletion(rehearsal: Rehearsal, events: readonly string[]): Promise<StageResult> {
  const leftovers = await readLeftovers(rehearsal);
  const evidence = [...events, `asked for ${ASKED_FOR}: ${leftovers.join(', ') || 'none is left'}`];
  if (leftovers.length === 0) return { seen: ['deletion-leaves-nothing'], evidence };
  return { refuted: [{ row: 'deletion-leaves-nothing', words: leftovers }], evidence };
}
