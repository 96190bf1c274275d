import { Batch } from '@aws-sdk/client-batch';
import { CannotTellError } from '@infra/common/outcome';
import { resourceNames } from '../../../../lib/config/names';
import { REHEARSAL } from '../environment';
import { awsClient } from '../../../deployed/aws-client';
import { readAll } from '../../../deployed/pages';
import {
  deleteOwnStack,
  type DeletionReason,
  leftResources,
  type OwnStack,
  readOwnStack,
  requireCredentials,
  waitForRest,
} from '../own-stack';
import { OWN_STACK_NAME } from '../environment';
import type { Place } from '../place';
import { showProgress } from '../progress';
import { StageFailedError, type StageResult } from '../rehearsal';
import { words } from '../words';

/**
 * Deletes the stack: waits for an operation that is in progress, and tries a second time if CloudFormation could not delete
 * all of it.
 *
 * @throws StageFailedError with what is left.
 */
export async function destroyOwnStack(place: Place, stack: OwnStack, reason: DeletionReason): Promise<StageResult> {
  showProgress(words.deletes({ arn: stack.arn }));
  const statusBefore = await waitForRest(place, stack.arn);
  const status = statusBefore === 'DELETE_COMPLETE' ? statusBefore : await deleteTwice(place, stack, reason);
  if (status === 'DELETE_COMPLETE') {
    const lines = [status, ...(await deregisterJobDefinitions(place))];
    return { words: lines, observations: [{ row: 'deletion-leaves-nothing', outcome: 'seen', words: lines }] };
  }
  const resources = await leftResources(place, stack.arn);
  throw new StageFailedError(words.notDeleted({ status, resources }), {
    words: resources,
    observations: [{ row: 'deletion-leaves-nothing', outcome: 'refuted', words: resources }],
  });
}

async function deleteTwice(place: Place, stack: OwnStack, reason: DeletionReason): Promise<string> {
  const status = await deleteOwnStack(place, stack, reason);
  if (status !== 'DELETE_FAILED') return status;
  showProgress(words.deletesAgain());
  return await deleteOwnStack(place, stack, reason, 2);
}

/** Deregisters revisions of the import's job definition: an update keeps earlier ones for waiting jobs, and a deletion may. */
async function deregisterJobDefinitions(place: Place): Promise<string[]> {
  await requireCredentials(place);
  const batch = awsClient(Batch, { region: place.region });
  const { jobDefinition: jobDefinitionName } = resourceNames(REHEARSAL);
  const pages = batch.paginateDescribeJobDefinitions({ jobDefinitionName, status: 'ACTIVE' });
  const jobDefinitions = await readAll(pages, 'jobDefinitions');
  const arns = jobDefinitions.flatMap(({ jobDefinitionArn }) => jobDefinitionArn ?? []);
  for (const jobDefinition of arns) await batch.deregisterJobDefinition({ jobDefinition });
  return arns.map((arn) => words.deregistered({ arn }));
}

/** Stage that deletes the stack, which must exist. */
export function destroyStage(reason: 'destroy' | 'destroyAgain') {
  return async (place: Place): Promise<StageResult> => {
    const stack = await readOwnStack(place);
    if (!stack) throw new CannotTellError(words.noStack({ stackName: OWN_STACK_NAME, ...place }));
    return await destroyOwnStack(place, stack, reason);
  };
}
