import { CloudFormation, type StackEvent } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { Output, Part } from '../../../../lib/contract';
import { applicationContainer } from '../../../deployed/application-container';
import type { Environment } from '../../../deployed/environment';
import { formatInTokyo } from '../../../deployed/tokyo-time';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { tagInUri } from './image-tag';

export const LAST_DEPLOYMENT: Question = {
  id: 'deployment',
  statement: 'The last deployment succeeded',
  firstAskedBy: 'status',
  ask: checkLastDeployment,
};

/** Part of the status of a stack whose deployment failed, even if it is still being rolled back. */
const FAILED_STATUS = /FAILED|ROLLBACK/;

async function checkLastDeployment(environment: Environment): Promise<Answer> {
  const { StackName = '', StackStatus = '' } = environment.details;
  const events = await readEventsOfLastDeployment(environment);
  const newestEvent = events[0];
  const end = newestEvent?.Timestamp ?? environment.now;
  const state = `${StackName} is ${StackStatus}, ${formatInTokyo(end)}`;
  if (FAILED_STATUS.test(StackStatus)) {
    const versionText = await failedVersionText(environment, events);
    return wrongAnswer({
      says: `The last deployment failed: ${state}.${versionText}`,
      fix: `what it says: npx cdk --unstable=diagnose diagnose ${StackName}`,
    });
  }
  if (StackStatus.endsWith('_IN_PROGRESS')) {
    return personMustLook({ says: `A deployment is underway (${StackStatus}): ask again after it.` });
  }
  return wellAnswer(`${state}: ${environment.outputs[Output.applicationUrl] ?? ''}`);
}

/** Status of the stack itself when a deployment starts. */
const START_STATUS = /^(CREATE|UPDATE|IMPORT)_IN_PROGRESS$/;

/** The events of the last deployment but its first one, newest first, as CloudFormation lists them. */
async function readEventsOfLastDeployment(environment: Environment): Promise<StackEvent[]> {
  const { StackId, StackName } = environment.details;
  const isStartOfDeployment = ({ PhysicalResourceId, ResourceStatus }: StackEvent) => {
    return PhysicalResourceId === StackId && START_STATUS.test(ResourceStatus ?? '');
  };
  const events: StackEvent[] = [];
  const pages = environment.client(CloudFormation).paginateDescribeStackEvents({ StackName });
  for await (const { StackEvents = [] } of pages) {
    events.push(...StackEvents);
    const startIndex = events.findIndex(isStartOfDeployment);
    if (startIndex >= 0) return events.slice(0, startIndex);
  }
  return events;
}

/** Sentence on the version that a failed deployment was to bring; empty if it was to bring no other version. */
async function failedVersionText(environment: Environment, events: readonly StackEvent[]): Promise<string> {
  const failedTag = await readFailedTag(environment, events);
  if (failedTag === '' || failedTag === environment.webImageTag) return '';
  return ` It was to bring ${failedTag}; the stack is back at ${environment.webImageTag || 'no image'}.`;
}

/**
 * Tag of the web image that a failed deployment was to bring; empty if the deployment created no task definition.
 *
 * After a rollback, the stack has its old parameters again, but the task definition that the deployment created still
 * names the image.
 */
async function readFailedTag(environment: Environment, events: readonly StackEvent[]): Promise<string> {
  const creation = events.find((event) => isNewWebTaskDefinition(environment, event));
  if (!creation?.PhysicalResourceId) return '';
  const { taskDefinition } = await environment.client(ECS).describeTaskDefinition({
    taskDefinition: creation.PhysicalResourceId,
  });
  return tagInUri(applicationContainer(taskDefinition?.containerDefinitions)?.image);
}

/** True for the created or updated task definition of the web service: an update creates a new revision. */
function isNewWebTaskDefinition(environment: Environment, { LogicalResourceId, ResourceStatus }: StackEvent): boolean {
  if (LogicalResourceId !== environment.logicalIdOf(Part.webTaskDefinition)) return false;
  return ResourceStatus === 'CREATE_COMPLETE' || ResourceStatus === 'UPDATE_COMPLETE';
}
