import { CloudWatch, type Metric, type MetricStat } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import type { DesiredStatus } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { resourceNames } from '../../lib/config/names';
import { Parameter } from '../../lib/contract';
import { computeEnvironment, jobContainer, webContainer } from './containers';
import { databaseOf } from './database';
import { type ClientClass, type DeployedStack, first, idOf } from './deployed-stack';
import { list } from './aws';
import { readSchedules } from './schedules';
import { describeService, targetsOf, tasksOf, webService } from './web-service';

/** A deployed environment. Its clients remember their answers: what several questions read is asked once. */
export type Environment = ReturnType<typeof environmentOf>;

export function environmentOf(
  stack: DeployedStack,
  now = new Date(),
  config: EnvironmentConfig = environments[stack.environment],
) {
  const clients = new Map<unknown, unknown>();
  const client = <Client>(Class: ClientClass<Client>): Client => {
    const made = clients.get(Class) ?? remembering(stack.client(Class) as Sender);
    clients.set(Class, made);
    return made as Client;
  };
  const it: DeployedStack = { ...stack, client };
  const { region, environment, description, parameters } = stack;
  const tag = parameters[Parameter.appImageTag] ?? '';
  const id = (type: string, part?: string) => idOf(it, type, part);
  const balancer = () => client(ElasticLoadBalancingV2);
  return {
    ...it,
    config,
    now,
    names: resourceNames(environment),
    account: description.StackId?.split(':')[4] ?? '',
    /** The tag of the web image; empty before the first release. */
    tag,
    hasImage: tag !== '',
    at: webService(it),
    /** Command that overwrites changes by hand with the template. */
    redeploy: `npx cdk deploy ${description.StackName ?? ''} --revert-drift`,
    /** A command of the AWS CLI. */
    aws: (command: string, options: string) => `aws ${command} --region ${region} ${options}`,
    prooflink: (command: string, rest = '') => `npm run prooflink -- ${command} ${environment} ${rest}`.trimEnd(),
    id,
    service: () => describeService(it),
    tasks: (status?: DesiredStatus) => tasksOf(it, status),
    targets: () => targetsOf(it),
    web: () => webContainer(it),
    jobs: () => jobContainer(it),
    computeEnvironment: () => computeEnvironment(it),
    schedules: () => readSchedules(it, now),
    loadBalancer: () => {
      const LoadBalancerArns = [id('AWS::ElasticLoadBalancingV2::LoadBalancer')];
      return first('load balancer', balancer().paginateDescribeLoadBalancers({ LoadBalancerArns }), 'LoadBalancers');
    },
    targetGroup: () => {
      const TargetGroupArns = [id('AWS::ElasticLoadBalancingV2::TargetGroup')];
      return first('target group', balancer().paginateDescribeTargetGroups({ TargetGroupArns }), 'TargetGroups');
    },
    database: () => databaseOf(it),
    groups: async (GroupIds: string[] = []) =>
      GroupIds.length > 0 ? await list(client(EC2).paginateDescribeSecurityGroups({ GroupIds }), 'SecurityGroups') : [],

    /** Actions that IAM itself says a role may not take; no policy is read here. */
    refusals: async (
      PolicySourceArn: string,
      wanted: readonly (readonly [actions: readonly string[], on: string])[],
    ) => {
      const refused = wanted.map(async ([actions, on]) => {
        const asked = { PolicySourceArn, ActionNames: [...actions], ResourceArns: [on] };
        const results = await list(client(IAM).paginateSimulatePrincipalPolicy(asked), 'EvaluationResults');
        const what = on.split(':').slice(5).join(':') || on;
        return results.flatMap(({ EvalActionName = '', EvalDecision }) =>
          EvalDecision === 'allowed' ? [] : `${EvalActionName} on ${what}`,
        );
      });
      return (await Promise.all(refused)).flat();
    },

    /** Values of a metric of the last hours. */
    metric: async (hours: number, { Stat, Period, ...Metric }: Metric & Pick<MetricStat, 'Stat' | 'Period'>) => {
      const MetricDataQueries = [{ Id: 'm0', MetricStat: { Metric, Stat, Period } }];
      const asked = { MetricDataQueries, StartTime: new Date(now.getTime() - hours * 3_600_000), EndTime: now };
      const results = await list(client(CloudWatch).paginateGetMetricData(asked), 'MetricDataResults');
      return results.flatMap(({ Values = [] }) => Values);
    },

    /** Value of a secret, which is never printed; no value without the right to read it. */
    secret: async (SecretId: string) => {
      const secrets = client(SecretsManager);
      const { DeletedDate, LastChangedDate } = await secrets.describeSecret({ SecretId });
      if (DeletedDate) return { isDeleted: true };
      try {
        const { SecretString = '', CreatedDate } = await secrets.getSecretValue({ SecretId });
        return { value: SecretString, changed: CreatedDate };
      } catch (error) {
        if (error instanceof Error && error.name === 'AccessDeniedException') return { changed: LastChangedDate };
        throw error;
      }
    },
  };
}

/** A client of the SDK. */
interface Sender {
  send: (command: { readonly input: unknown }, ...more: unknown[]) => Promise<unknown>;
}

/** Makes a client answer the same question once, and say in its errors what was asked for: AWS does not always. */
function remembering(client: Sender): Sender {
  const answers = new Map<string, Promise<unknown>>();
  const send = client.send.bind(client);
  client.send = (command, ...more) => {
    const input = JSON.stringify(command.input);
    const key = `${command.constructor.name} ${input}`;
    const answer =
      answers.get(key) ??
      send(command, ...more).catch((error: unknown) => {
        const names = [...input.matchAll(/"\w+":\[?"([^"]+)"/g)].map(([, name = '']) => name);
        const asked = `${command.constructor.name.replace(/Command$/, '')} ${names.join(', ')}`.slice(0, 200).trim();
        if (error instanceof Error) error.message = `${error.message} (${asked})`;
        throw error;
      });
    answers.set(key, answer);
    return answer;
  };
  return client;
}
