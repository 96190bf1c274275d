import { CloudFormation, type StackEvent } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { joined } from '@infra/common/message';
import { Output, Part } from '@infra/commands/app';
import { applicationContainer } from '@infra/operate/deployed/application-container';
import type { Environment } from '@infra/operate/deployed/environment';
import { requirePart } from '@infra/operate/deployed/template-parts';
import { isStackInProgress, stackTemplateOf, webImageTag } from '@infra/operate/deployed/deployed-stack';
import { stackRemedy } from '@infra/operate/deployed/stack-remedy';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { words as deployed } from '@infra/operate/deployed/words';
import { type Answer, underwayAnswer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { type StackState, words } from './words';
import { findCauseOfFailure } from './failed-deployment';
import { tagInUri } from './image-tag';
import { lacksResources } from './stack-deletion';

export const LAST_DEPLOYMENT: Question = {
  id: 'deployment',
  statement: words.statements.deployment,
  firstAskedBy: 'status',
  applies: (environment) => !lacksResources(environment),
  ask: checkLastDeployment,
};

/** Part of the status of a stack whose deployment failed, even if it is still being rolled back. */
const FAILED_STATUS = /FAILED|ROLLBACK/;

async function checkLastDeployment(environment: Environment): Promise<Answer> {
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = environment.details;
  const events = await readEventsOfLastDeployment(environment);
  const newestEvent = events[0];
  const end = formatInTokyo(newestEvent?.Timestamp ?? environment.now);
  const state = { stackName, stackStatus, end };
  if (FAILED_STATUS.test(stackStatus)) return await answerOnFailure(environment, events, state);
  if (isStackInProgress(environment)) return answerDuringDeployment(environment);
  const url = environment.outputs[Output.applicationUrl] ?? deployed.notKnownNow;
  return wellAnswer(words.deployment.succeeded({ ...state, url }));
}

async function answerOnFailure(
  environment: Environment,
  events: readonly StackEvent[],
  state: StackState,
): Promise<Answer> {
  const image = await readFailedImage(environment, events);
  const failedTag = tagInUri(image);
  const deployedTag = webImageTag(environment);
  const hasOtherVersion = failedTag !== '' && failedTag !== deployedTag;
  const says = hasOtherVersion
    ? words.deployment.failedWithVersion({ ...state, failedTag, deployedTag })
    : words.deployment.failed(state);
  const cause = await findCauseOfFailure(environment, { events, image: hasOtherVersion ? image : undefined });
  return wrongAnswer({
    says: joined([says, ...cause.reasons]),
    // Before all else, CloudFormation has to take a deployment again.
    fix: await stackRemedy(environment, environment.config, cause.fix),
  });
}

/** A longer deployment mostly waits for a resource that never becomes ready. */
const LONGEST_DEPLOYMENT_MS = 3_600_000;

function answerDuringDeployment({ details, now }: Environment): Answer {
  const { StackName: stackName = '', StackStatus: stackStatus = '', LastUpdatedTime, CreationTime } = details;
  const start = LastUpdatedTime ?? CreationTime ?? now;
  if (now.getTime() - start.getTime() < LONGEST_DEPLOYMENT_MS) {
    return underwayAnswer(words.deployment.isUnderway({ stackStatus }));
  }
  return wrongAnswer({
    says: words.deployment.takesLong({ since: formatInTokyo(start), stackStatus }),
    fix: deployed.stackRemedy.diagnosis({ stackName }),
  });
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

/**
 * URI of the web image that a failed deployment was to bring; `undefined` if the deployment created no task definition.
 *
 * After a rollback, the stack has its old parameters again, but the task definition that the deployment created still
 * names the image.
 */
async function readFailedImage(environment: Environment, events: readonly StackEvent[]): Promise<string | undefined> {
  const creation = events.find((event) => isNewWebTaskDefinition(environment, event));
  if (!creation?.PhysicalResourceId) return undefined;
  const { taskDefinition } = await environment.client(ECS).describeTaskDefinition({
    taskDefinition: creation.PhysicalResourceId,
  });
  return applicationContainer(taskDefinition?.containerDefinitions)?.image;
}

/** True for the created or updated task definition of the web service: an update creates a new revision. */
function isNewWebTaskDefinition(environment: Environment, { LogicalResourceId, ResourceStatus }: StackEvent): boolean {
  if (LogicalResourceId !== requirePart(stackTemplateOf(environment), Part.webTaskDefinition)[0]) return false;
  return ResourceStatus === 'CREATE_COMPLETE' || ResourceStatus === 'UPDATE_COMPLETE';
}
