import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import * as environments from '../../lib/config';
import { resourceNames, stackId } from '../../lib/config/names';
import { awsClient, itemsOf } from '../shared/aws';
import type { EnvironmentName } from '../shared/environment-argument';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { failedMigration, type MigrationSources, migrationsOf, proofOfMigration } from './migration';
import { Parameter } from '../../lib/contract';

const SECONDS_BETWEEN = 15;
const MOST_EVENTS = 5;

/** Where the answers come from. */
export interface Sources {
  /** The web image's tag, empty before the first release. */
  readonly tag: () => Promise<string>;
  readonly service: () => Promise<Service | undefined>;
  readonly targets: () => Promise<readonly TargetHealthDescription[]>;
  readonly wait: (seconds: number) => Promise<void>;
  /** `undefined` where the config has no migration. */
  readonly migrations: MigrationSources | undefined;
}

/**
 * Waits until the web service runs what was released, and says why where it does not. CloudFormation alone does not:
 * with a scaled service the first release moves the bounds from zero, and the tasks come after the stack was done.
 */
export async function runReleaseCheck(
  environment: EnvironmentName,
  minutes: number,
  sources = awsOf(environment),
): Promise<Outcome> {
  const { service: name, logGroups } = resourceNames(environment);
  const sleeps = environments[environment].officeHours !== undefined;
  if ((await sources.tag()) === '') return yes(`${name} has no image tag yet: there is no task to wait for.`);
  const { migrations } = sources;
  const failure = migrations && (await failedMigration(migrations));
  if (failure !== undefined) return { exitCode: 1, stdout: `${failure}\n`, stderr: '' };
  const runs = async (says: string): Promise<Outcome> => {
    const proof = migrations && (await proofOfMigration(migrations, logGroups.migration));
    return {
      exitCode: proof?.proved === false ? 1 : 0,
      stdout: `${[says, proof?.says].filter(Boolean).join(' ')}\n`,
      stderr: '',
    };
  };
  for (let left = (minutes * 60) / SECONDS_BETWEEN; ; left -= 1) {
    const service = await sources.service();
    if (!service) throw new CannotTellError(`There is no service ${name}.`);
    const { desiredCount = 0, runningCount = 0, deployments = [] } = service;
    const rollout = deployments.find(({ status }) => status === 'PRIMARY');
    if (rollout?.rolloutState === 'FAILED') return no(`${name}: ${rollout.rolloutStateReason ?? 'failed'}`, service);
    const rolled = deployments.length === 1 && rollout?.rolloutState === 'COMPLETED';
    if (rolled && desiredCount === 0 && sleeps) {
      return await runs(`${name} is asleep until its office hours begin: nothing runs that could be looked at.`);
    }
    const targets = await sources.targets();
    const healthy = targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
    if (rolled && desiredCount > 0 && runningCount === desiredCount && healthy > 0) {
      return await runs(`${name} is stable: ${runningCount} of ${desiredCount} tasks run, ${healthy} healthy.`);
    }
    if (left <= 0) {
      const state = `${runningCount} of ${desiredCount} tasks run, ${healthy} of ${targets.length} targets healthy`;
      return no(`${name} is not stable after ${minutes} minutes: ${state}.`, service, targets);
    }
    await sources.wait(SECONDS_BETWEEN);
  }
}

function yes(says: string): Outcome {
  return { exitCode: 0, stdout: `${says}\n`, stderr: '' };
}

function no(says: string, { events = [] }: Service, targets: readonly TargetHealthDescription[] = []): Outcome {
  const ill = targets.flatMap(({ Target, TargetHealth }) =>
    TargetHealth?.State === 'healthy'
      ? []
      : [`  ${[Target?.Id, TargetHealth?.State, TargetHealth?.Description].filter(Boolean).join(': ')}`],
  );
  const lines = [
    says,
    ...(ill.length > 0 ? ['Targets:', ...ill] : []),
    ...(events.length > 0 ? ['What ECS says, newest first:'] : []),
    ...events.slice(0, MOST_EVENTS).map(({ message }) => `  ${message ?? ''}`),
  ];
  return { exitCode: 1, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

function awsOf(environment: EnvironmentName): Sources {
  const { region } = environments[environment];
  const { cluster, service, targetGroup } = resourceNames(environment);
  const [stacks, ecs, elb] = [
    awsClient(CloudFormationClient, { region }),
    awsClient(ECSClient, { region }),
    awsClient(ElasticLoadBalancingV2Client, { region }),
  ];
  return {
    tag: async () => {
      const pages = paginateDescribeStacks({ client: stacks }, { StackName: stackId(environment) });
      const [stack] = await itemsOf(pages, (page) => page.Stacks);
      const tag = stack?.Parameters?.find(({ ParameterKey }) => ParameterKey === Parameter.appImageTag);
      return tag?.ParameterValue ?? '';
    },
    service: async () => {
      const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
      return services[0];
    },
    targets: async () => {
      const pages = paginateDescribeTargetGroups({ client: elb }, { Names: [targetGroup] });
      const [{ TargetGroupArn } = {}] = await itemsOf(pages, (page) => page.TargetGroups);
      const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
      return TargetHealthDescriptions;
    },
    migrations: environments[environment].webService.migration && migrationsOf(environment),
    wait: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  };
}
