import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeClustersCommand, DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { type ContainerDefinition, ECSClient } from '@aws-sdk/client-ecs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ResourceNames } from '../../../lib/config/names';
import { count } from '../../shared/words';
import { maskPassword, type Section } from '../table';
import { only, onOff, tail } from './ask';

/** The web service: its tasks, their image and their secrets. */
export async function service(names: ResourceNames): Promise<Section[]> {
  const ecs = new ECSClient({});
  const settings = new DescribeClustersCommand({ clusters: [names.cluster], include: ['SETTINGS'] });
  const cluster = only((await ecs.send(settings)).clusters, 'cluster');
  const wanted = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
  const web = only((await ecs.send(wanted)).services, 'service');
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: web.taskDefinition }));
  const container = only(taskDefinition?.containerDefinitions, 'container');
  const placement = web.networkConfiguration?.awsvpcConfiguration;
  const breaker = web.deploymentConfiguration?.deploymentCircuitBreaker;
  return [
    {
      title: 'Web service',
      rows: [
        [names.cluster, `Container Insights ${cluster.settings?.[0]?.value ?? 'unknown'}`],
        [names.service, `${count(web.desiredCount ?? 0, 'task')} wanted, ${web.launchType ?? ''}`],
        ...(await scaling(names)),
        ['task definition', tail(web.taskDefinition?.replace(/:(\d+)$/, ' revision $1'))],
        ['image', tail(container.image?.replace(/:([^:]*)$/, ', tag $1'))],
        ['CPU, memory', `${taskDefinition?.cpu ?? ''} units, ${taskDefinition?.memory ?? ''} MiB`],
        ['subnets', `${placement?.subnets?.length ?? 0}, public address ${placement?.assignPublicIp ?? ''}`],
        ['circuit breaker', `${onOff(breaker?.enable)}, rollback ${onOff(breaker?.rollback)}`],
        ['grace period', `${web.healthCheckGracePeriodSeconds ?? 0} s`],
        ['ECS Exec', onOff(web.enableExecuteCommand)],
        ['variables', container.environment?.map(({ name }) => name).join(', ') ?? ''],
        ['secrets', container.secrets?.map(({ name }) => name).join(', ') ?? ''],
        ['DATABASE_URL', await databaseUrl(container)],
      ],
    },
  ];
}

async function scaling(names: ResourceNames): Promise<[string, string][]> {
  const ResourceIds = [`service/${names.cluster}/${names.service}`];
  const wanted = new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds });
  const { ScalableTargets = [] } = await new ApplicationAutoScalingClient({}).send(wanted);
  return ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [
    'scaling',
    `${MinCapacity ?? 0} to ${count(MaxCapacity ?? 0, 'task')}`,
  ]);
}

async function databaseUrl(container: ContainerDefinition): Promise<string> {
  const SecretId = container.secrets?.find(({ name }) => name === 'DATABASE_URL')?.valueFrom;
  const { SecretString = '' } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId }));
  return maskPassword(SecretString);
}
