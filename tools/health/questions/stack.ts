import { CloudFormation, type StackEvent } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { Output, Parameter } from '../../../lib/contract';
import { tail } from '../../environment/deployed-stack';
import type { Environment } from '../../environment/environment';
import { inTokyo } from '../../shared/times';
import { look, status, well, wrong } from '../question';

/** The last deployment and the last migration. */
export const STACK = [
  status('deployment', 'The last deployment succeeded', deployment),
  status('migration', 'The version was migrated', migration, {
    applies: ({ parameters }) => parameters[Parameter.migratedImageTag] !== undefined,
  }),
];

async function deployment(it: Environment) {
  const { StackName = '', StackStatus = '' } = it.description;
  const events = await lastEvents(it);
  const address = it.outputs[Output.applicationUrl] ?? '';
  const says = `${StackName} is ${StackStatus}, ${inTokyo(events[0]?.Timestamp ?? it.now)}`;
  if (/FAILED|ROLLBACK/.test(StackStatus)) {
    const tag = await failedTag(it, events);
    const version =
      tag && tag !== it.tag ? ` It was to bring ${tag}; the stack is back at ${it.tag || 'no image'}.` : '';
    return wrong(
      `The last deployment failed: ${says}.${version}`,
      `what it says: npx cdk --unstable=diagnose diagnose ${StackName}`,
    );
  }
  if (StackStatus.endsWith('_IN_PROGRESS'))
    return look(`A deployment is underway (${StackStatus}): ask again after it.`);
  return well(`${says}: ${address}`);
}

/** The events of the last deployment, newest first. */
async function lastEvents(it: Environment): Promise<StackEvent[]> {
  const { StackId, StackName } = it.description;
  const events: StackEvent[] = [];
  for await (const { StackEvents = [] } of it.client(CloudFormation).paginateDescribeStackEvents({ StackName })) {
    events.push(...StackEvents);
    const isStart = ({ PhysicalResourceId, ResourceStatus }: StackEvent) =>
      PhysicalResourceId === StackId && /^(CREATE|UPDATE|IMPORT)_IN_PROGRESS$/.test(ResourceStatus ?? '');
    const start = events.findIndex(isStart);
    if (start >= 0) return events.slice(0, start);
  }
  return events;
}

/** A stack that was rolled back has its old parameters again: the task definition that it had made names the image. */
async function failedTag(it: Environment, events: readonly StackEvent[]): Promise<string> {
  const made = events.find(
    ({ ResourceType, ResourceStatus }) =>
      ResourceType === 'AWS::ECS::TaskDefinition' && /^(CREATE|UPDATE)_COMPLETE$/.test(ResourceStatus ?? ''),
  );
  if (!made?.PhysicalResourceId) return '';
  const wanted = { taskDefinition: made.PhysicalResourceId };
  const { taskDefinition } = await it.client(ECS).describeTaskDefinition(wanted);
  return tail(taskDefinition?.containerDefinitions?.[0]?.image);
}

/** A version that was deployed by hand or as a way back was not migrated by a release: not known, and not wrong. */
function migration({ parameters, tag }: Environment) {
  const { [Parameter.migrationImageTag]: tried = '', [Parameter.migratedImageTag]: migrated = '' } = parameters;
  const last = migrated === '' ? 'no release has migrated yet' : `the last release that migrated was ${migrated}`;
  const serves = tag === '' ? 'no version serves' : `${tag} serves`;
  const failed = `The migration of ${tried} runs or has failed: ${last}, and ${serves}.`;
  if (tried !== migrated) return look(failed, '“A migration that failed” in docs/runbook.md');
  if (tag === '' || migrated === tag) return undefined;
  return look(`It is not known whether ${tag} was migrated: ${last}.`);
}
