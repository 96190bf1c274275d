import { CloudFormation, type StackEvent } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { Output, Parameter } from '../../../../lib/contract';
import { lastPart } from '../../../deployed/deployed-stack';
import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { look, status, well, when, wrong } from '../question';

const migrating = when(({ parameters }) => parameters[Parameter.migratedImageTag] !== undefined);

/** The last deployment and the last migration. */
export const STACK = [
  status('deployment', 'The last deployment succeeded', async (environment) => {
    const { StackName = '', StackStatus = '' } = environment.description;
    const events = await lastEvents(environment);
    const says = `${StackName} is ${StackStatus}, ${inTokyo(events[0]?.Timestamp ?? environment.now)}`;
    if (/FAILED|ROLLBACK/.test(StackStatus)) {
      const tag = await failedTag(environment, events);
      const isOther = tag !== '' && tag !== environment.tag;
      const version = isOther ? ` It was to bring ${tag}; the stack is back at ${environment.tag || 'no image'}.` : '';
      const diagnose = `what it says: npx cdk --unstable=diagnose diagnose ${StackName}`;
      return wrong(`The last deployment failed: ${says}.${version}`, diagnose);
    }
    if (StackStatus.endsWith('_IN_PROGRESS'))
      return look(`A deployment is underway (${StackStatus}): ask again after it.`);
    return well(`${says}: ${environment.outputs[Output.applicationUrl] ?? ''}`);
  }),
  /** A version that was deployed by hand or as a way back was not migrated by a release: not known, and not wrong. */
  migrating.status('migration', 'The version was migrated', ({ parameters, tag }) => {
    const { [Parameter.migrationImageTag]: tried = '', [Parameter.migratedImageTag]: migrated = '' } = parameters;
    const last = migrated === '' ? 'no release has migrated yet' : `the last release that migrated was ${migrated}`;
    const serves = tag === '' ? 'no version serves' : `${tag} serves`;
    const failed = `The migration of ${tried} runs or has failed: ${last}, and ${serves}.`;
    if (tried !== migrated) return look(failed, '“A migration that failed” in docs/runbook.md');
    if (tag === '' || migrated === tag) return undefined;
    return look(`It is not known whether ${tag} was migrated: ${last}.`);
  }),
];

/** The events of the last deployment, newest first. */
async function lastEvents(environment: Environment): Promise<StackEvent[]> {
  const { StackId, StackName } = environment.description;
  const events: StackEvent[] = [];
  for await (const { StackEvents = [] } of environment
    .client(CloudFormation)
    .paginateDescribeStackEvents({ StackName })) {
    events.push(...StackEvents);
    const isStart = ({ PhysicalResourceId, ResourceStatus }: StackEvent) =>
      PhysicalResourceId === StackId && /^(CREATE|UPDATE|IMPORT)_IN_PROGRESS$/.test(ResourceStatus ?? '');
    const start = events.findIndex(isStart);
    if (start >= 0) return events.slice(0, start);
  }
  return events;
}

/** A stack that was rolled back has its old parameters again: the task definition that it had made names the image. */
async function failedTag(environment: Environment, events: readonly StackEvent[]): Promise<string> {
  const isMade = ({ ResourceType, ResourceStatus }: StackEvent) =>
    ResourceType === 'AWS::ECS::TaskDefinition' && /^(CREATE|UPDATE)_COMPLETE$/.test(ResourceStatus ?? '');
  const taskDefinition = events.find(isMade)?.PhysicalResourceId;
  if (!taskDefinition) return '';
  const { taskDefinition: made } = await environment.client(ECS).describeTaskDefinition({ taskDefinition });
  return lastPart(made?.containerDefinitions?.[0]?.image);
}
