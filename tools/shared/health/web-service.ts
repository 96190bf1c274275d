import { DescribeTaskDefinitionCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { awsClient } from '../aws';
import type { DeployedStack } from '../deployed-stack';
import { inTokyo } from '../times';
import { type Part, tail, version } from './part';
import { Parameter } from '../../../lib/contract';

/** The web service: which version runs, and whether the load balancer finds it healthy. */
export async function webServicePart(stack: DeployedStack, service: Service): Promise<Part> {
  const { desiredCount = 0, runningCount = 0, deployments = [], events = [], serviceName = '' } = service;
  const ecs = awsClient(ECSClient, stack);
  const revision = new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition });
  const { taskDefinition } = await ecs.send(revision);
  const image = taskDefinition?.containerDefinitions?.[0]?.image;
  const targets = await targetsOf(stack);
  const ill = targets.filter(({ TargetHealth }) => !['healthy', 'draining'].includes(TargetHealth?.State ?? ''));
  const healthy = targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const rollout = primary?.rolloutState;
  const wanted = stack.parameters[Parameter.appImageTag] ?? '';

  const wrong: string[] = [];
  const said = events[0]?.message ? ` ECS says: ${events[0].message.split('\n')[0] ?? ''}` : '';
  if (rollout === 'FAILED' || (rollout === 'IN_PROGRESS' && primary?.failedTasks)) {
    wrong.push(`The deployment of ${tail(image)} fails: ${primary?.rolloutStateReason ?? 'tasks end'}.${said}`);
  } else if (rollout !== 'IN_PROGRESS') {
    if (wanted !== '' && wanted !== tail(image)) wrong.push(`The stack wants ${wanted}, and ${tail(image)} runs.`);
    if (runningCount < desiredCount) wrong.push(`${runningCount} of ${desiredCount} web tasks run.${said}`);
    else if (desiredCount > 0 && healthy === 0) wrong.push(`No target of ${serviceName} is healthy.${said}`);
    else if (desiredCount > 0 && ill.length > 0)
      wrong.push(`${ill.length} of ${targets.length} targets are not healthy.`);
  }
  return {
    rows: [
      ['version', wanted === '' ? 'no image tag yet' : version(image, service.taskDefinition)],
      ...[migrationDoubt(stack)].flatMap((doubt) => (doubt === undefined ? [] : [['migration', doubt] as const])),
      ['tasks', `${runningCount} of ${desiredCount} run`],
      ['targets', `${healthy} of ${targets.length} healthy`],
      ...ill.map(({ Target, TargetHealth: it }) => {
        const says = [it?.State, it?.Reason, it?.Description].filter(Boolean).join(', ');
        return [Target?.Id ?? '', says] as const;
      }),
      ...deployments.map(
        ({ createdAt, rolloutState = '', status, taskDefinition: of }) =>
          [
            status === 'PRIMARY' ? 'deployment' : 'before it',
            `${inTokyo(createdAt ?? 0)}: ${(of ?? '').split('/').at(-1) ?? ''} ${rolloutState}`,
          ] as const,
      ),
    ],
    wrong,
  };
}

/** That a version was not migrated by a release, but deployed by hand or as a way back: nobody knows, and nothing is wrong. */
export function migrationDoubt({ parameters }: DeployedStack): string | undefined {
  const { [Parameter.appImageTag]: tag = '', [Parameter.migratedImageTag]: migrated } = parameters;
  if (migrated === undefined || tag === '' || migrated === tag) return undefined;
  const last = migrated === '' ? 'no release has migrated yet' : `the last release that migrated was ${migrated}`;
  return `It is not known whether ${tag} was migrated: ${last}.`;
}

export async function targetsOf(stack: DeployedStack) {
  const [TargetGroupArn] = stack.ids('AWS::ElasticLoadBalancingV2::TargetGroup');
  const client = awsClient(ElasticLoadBalancingV2Client, stack);
  return (await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions ?? [];
}
