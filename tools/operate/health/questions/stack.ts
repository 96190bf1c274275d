import { CloudFormation, type StackEvent } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { Output, Parameter } from '../../../../lib/contract';
import { lastPart } from '../../../deployed/arn';
import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

/** The last deployment and the last migration. */
export const STACK_QUESTIONS: readonly Question[] = [
  {
    id: 'deployment',
    statement: 'The last deployment succeeded',
    depth: 'status',
    ask: checkDeployment,
  },
  {
    id: 'migration',
    statement: 'The version was migrated',
    depth: 'status',
    applies: ({ parameters }) => parameters[Parameter.migratedImageTag] !== undefined,
    ask: checkMigration,
  },
];

const FAILED_STATUS = /FAILED|ROLLBACK/;

async function checkDeployment(environment: Environment): Promise<Answer> {
  const { StackName = '', StackStatus = '' } = environment.description;
  const events = await readEventsOfLastDeployment(environment);
  const end = events[0]?.Timestamp ?? environment.now;
  const state = `${StackName} is ${StackStatus}, ${inTokyo(end)}`;
  if (FAILED_STATUS.test(StackStatus)) {
    const version = await failedVersionText(environment, events);
    return wrongAnswer(
      `The last deployment failed: ${state}.${version}`,
      `what it says: npx cdk --unstable=diagnose diagnose ${StackName}`,
    );
  }
  if (StackStatus.endsWith('_IN_PROGRESS')) {
    return lookAnswer(`A deployment is underway (${StackStatus}): ask again after it.`);
  }
  return wellAnswer(`${state}: ${environment.outputs[Output.applicationUrl] ?? ''}`);
}

/** The events of the last deployment, newest first. */
async function readEventsOfLastDeployment(environment: Environment): Promise<StackEvent[]> {
  const { StackId, StackName } = environment.description;
  const isStart = (event: StackEvent) => event.PhysicalResourceId === StackId && isStartOfDeployment(event);
  const events: StackEvent[] = [];
  const pages = environment.client(CloudFormation).paginateDescribeStackEvents({ StackName });
  for await (const { StackEvents = [] } of pages) {
    events.push(...StackEvents);
    const start = events.findIndex(isStart);
    if (start >= 0) return events.slice(0, start);
  }
  return events;
}

const START_STATUS = /^(CREATE|UPDATE|IMPORT)_IN_PROGRESS$/;

function isStartOfDeployment({ ResourceStatus }: StackEvent): boolean {
  return START_STATUS.test(ResourceStatus ?? '');
}

/** Sentence on the version that a failed deployment was to bring; empty if it brought none. */
async function failedVersionText(environment: Environment, events: readonly StackEvent[]): Promise<string> {
  const failedTag = await readFailedTag(environment, events);
  if (failedTag === '' || failedTag === environment.tag) return '';
  return ` It was to bring ${failedTag}; the stack is back at ${environment.tag || 'no image'}.`;
}

/**
 * The image tag of a failed deployment: a stack that was rolled back has its old parameters again, but the task
 * definition that the deployment created names the image.
 */
async function readFailedTag(environment: Environment, events: readonly StackEvent[]): Promise<string> {
  const created = events.find(isNewTaskDefinition);
  if (!created?.PhysicalResourceId) return '';
  const { taskDefinition } = await environment.client(ECS).describeTaskDefinition({
    taskDefinition: created.PhysicalResourceId,
  });
  return lastPart(taskDefinition?.containerDefinitions?.[0]?.image);
}

function isNewTaskDefinition({ ResourceType, ResourceStatus }: StackEvent): boolean {
  if (ResourceType !== 'AWS::ECS::TaskDefinition') return false;
  return ResourceStatus === 'CREATE_COMPLETE' || ResourceStatus === 'UPDATE_COMPLETE';
}

/** A version that was deployed by hand or as a way back was not migrated by a release: not known, and not wrong. */
function checkMigration({ parameters, tag }: Environment): Answer | undefined {
  const startedTag = parameters[Parameter.migrationImageTag] ?? '';
  const migratedTag = parameters[Parameter.migratedImageTag] ?? '';
  const lastMigration =
    migratedTag === '' ? 'no release has migrated yet' : `the last release that migrated was ${migratedTag}`;
  if (startedTag !== migratedTag) {
    const serving = tag === '' ? 'no version serves' : `${tag} serves`;
    return lookAnswer(
      `The migration of ${startedTag} runs or has failed: ${lastMigration}, and ${serving}.`,
      '“A migration that failed” in docs/runbook.md',
    );
  }
  if (tag === '' || tag === migratedTag) return undefined;
  return lookAnswer(`It is not known whether ${tag} was migrated: ${lastMigration}.`);
}
