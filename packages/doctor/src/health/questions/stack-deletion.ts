import type { Environment } from '@infra/operate/deployed/environment';
import { RESTORING_CHAPTER } from '@infra/operate/deployed/restoring-chapter';
import { stackRemedy } from '@infra/operate/deployed/stack-remedy';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { type Answer, personMustLook, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

/** States of a stack that has no resources any more, loses them, or has none yet. */
const STATES_WITHOUT_RESOURCES: ReadonlySet<string> = new Set([
  'DELETE_IN_PROGRESS',
  'DELETE_FAILED',
  'REVIEW_IN_PROGRESS',
]);

/** Question on a stack whose resources are deleted, or were never created: the first cause of every other fault. */
export const STACK_DELETION: Question = {
  id: 'stack',
  statement: words.statements.stack,
  firstAskedBy: 'status',
  applies: lacksResources,
  ask: checkStackDeletion,
};

/** True if a stack is being deleted, was deleted in part, or was never deployed. */
export function lacksResources({ details }: Environment): boolean {
  return STATES_WITHOUT_RESOURCES.has(details.StackStatus ?? '');
}

/** Time from the creation of a first change set until the deployment has begun, at most. */
const LONGEST_REVIEW_MS = 10 * 60_000;

async function checkStackDeletion(environment: Environment): Promise<Answer> {
  const { details, environmentName, now } = environment;
  const { StackName: stackName = '', StackStatusReason: reason = '', CreationTime = now, DeletionTime } = details;
  switch (details.StackStatus) {
    case 'DELETE_IN_PROGRESS': {
      const since = formatInTokyo(DeletionTime ?? now);
      return wrongAnswer({
        says: words.stack.isBeingDeleted({ stackName, since }),
        fix: words.stack.afterDeletion({ stackName, restoringChapter: RESTORING_CHAPTER }),
      });
    }
    case 'DELETE_FAILED':
      return wrongAnswer({
        says: words.stack.isDeletedInPart({ stackName, reason }),
        fix: await stackRemedy(environment, environment.config),
      });
    default: {
      const isNew = now.getTime() - CreationTime.getTime() < LONGEST_REVIEW_MS;
      if (isNew) return personMustLook({ says: words.stack.firstDeploymentBegins({ stackName }) });
      return wrongAnswer({
        says: words.stack.neverDeployed({ environmentName, stackName }),
        fix: `npx cdk deploy ${stackName}`,
      });
    }
  }
}
