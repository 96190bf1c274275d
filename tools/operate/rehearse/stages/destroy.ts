import { CannotTellError } from '@infra/common/outcome';
import { en } from '../en';
import type { Observation } from '../observation';
import {
  deleteOwnStack,
  type DeletionReason,
  leftResources,
  type OwnStack,
  OWN_STACK_NAME,
  readOwnStack,
  waitForRest,
} from '../own-stack';
import type { Place } from '../place';
import { showProgress } from '../progress';
import { StageFailedError, type StageResult } from '../rehearsal';

/**
 * Deletes the stack: waits for an operation that is in progress, and tries a second time if CloudFormation could not delete
 * all of it.
 *
 * @throws StageFailedError with what is left.
 */
export async function destroyOwnStack(place: Place, stack: OwnStack, reason: DeletionReason): Promise<StageResult> {
  showProgress(en.deletes({ arn: stack.arn }));
  const statusBefore = await waitForRest(place, stack.arn);
  if (statusBefore === 'DELETE_COMPLETE') return { words: [statusBefore], observations: leavesNothing(statusBefore) };
  const status = await deleteTwice(place, stack, reason);
  if (status === 'DELETE_COMPLETE') return { words: [status], observations: leavesNothing(status) };
  const words = await leftResources(place, stack.arn);
  throw new StageFailedError(en.notDeleted({ status, words }), {
    words,
    observations: [{ row: 'deletion-leaves-nothing', outcome: 'refuted', words }],
  });
}

async function deleteTwice(place: Place, stack: OwnStack, reason: DeletionReason): Promise<string> {
  const status = await deleteOwnStack(place, stack, reason);
  if (status !== 'DELETE_FAILED') return status;
  showProgress(en.deletesAgain());
  return await deleteOwnStack(place, stack, reason, 2);
}

function leavesNothing(status: string): Observation[] {
  return [{ row: 'deletion-leaves-nothing', outcome: 'seen', words: [status] }];
}

/** Stage that deletes the stack, which must exist. */
export function destroyStage(reason: 'destroy' | 'destroyAgain') {
  return async (place: Place): Promise<StageResult> => {
    const stack = await readOwnStack(place);
    if (!stack) throw new CannotTellError(en.noStack({ stackName: OWN_STACK_NAME, ...place }));
    return await destroyOwnStack(place, stack, reason);
  };
}
