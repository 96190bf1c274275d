import { CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import { IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { resourceNames } from '../../lib/config/names';
import { Parameter } from '../../lib/contract';
import type { DesiredStatus } from '@aws-sdk/client-ecs';
import { computeEnvironment, jobContainer, webContainer } from './containers';
import { type ClientClass, type DeployedStack, idOf, list, type Paginate } from './deployed-stack';
import { database, groups, loadBalancer, targetGroup } from './parts';
import { remembering, type Sender } from './remembering';
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
  const it: DeployedStack = {
    ...stack,
    client: <Client>(Class: ClientClass<Client>): Client => {
      const client = clients.get(Class) ?? remembering(stack.client(Class) as Sender);
      clients.set(Class, client);
      return client as Client;
    },
  };
  const { region, environment, description, parameters } = stack;
  return {
    ...it,
    config,
    now,
    names: resourceNames(environment),
    account: description.StackId?.split(':')[4] ?? '',
    /** The tag of the web image; empty before the first release. */
    tag: parameters[Parameter.appImageTag] ?? '',
    hasImage: (parameters[Parameter.appImageTag] ?? '') !== '',
    at: webService(it),
    /** What overwrites changes by hand with what the template says. */
    redeploy: `npx cdk deploy ${description.StackName ?? ''} --revert-drift`,
    /** A command of the AWS CLI. */
    aws: (command: string, options: string) => `aws ${command} --region ${region} ${options}`,
    prooflink: (command: string, rest = '') => `npm run prooflink -- ${command} ${environment} ${rest}`.trimEnd(),
    id: (type: string, part?: string) => idOf(it, type, part),
    /** A list of AWS, read to its end. */
    list: <Client, Input, Page, Key extends keyof Page>(
      ...wanted: [Class: ClientClass<Client>, paginate: Paginate<Client, Input, Page>, input: Input, key: Key]
    ) => list(it, ...wanted),
    service: () => describeService(it),
    tasks: (status?: DesiredStatus) => tasksOf(it, status),
    targets: () => targetsOf(it),
    web: () => webContainer(it),
    jobs: () => jobContainer(it),
    computeEnvironment: () => computeEnvironment(it),
    loadBalancer: () => loadBalancer(it),
    targetGroup: () => targetGroup(it),
    groups: (ids?: readonly string[]) => groups(it, ids),
    database: () => database(it),
    schedules: () => readSchedules(it, now),

    /** What a role may not, asked of IAM itself, so that no policy is read here. */
    refusals: async (PolicySourceArn: string, wanted: readonly (readonly [actions: string[], on: string])[]) => {
      const refused = wanted.map(async ([ActionNames, on]) => {
        const asked = { PolicySourceArn, ActionNames, ResourceArns: [on] };
        const results = await list(it, IAMClient, paginateSimulatePrincipalPolicy, asked, 'EvaluationResults');
        const what = on.split(':').slice(5).join(':') || on;
        return results.flatMap(({ EvalActionName = '', EvalDecision }) =>
          EvalDecision === 'allowed' ? [] : `${EvalActionName} on ${what}`,
        );
      });
      return (await Promise.all(refused)).flat();
    },

    /** The values of metrics of the last hours, by the ids of the queries; a page may end within those of one. */
    metrics: async (MetricDataQueries: MetricDataQuery[], hours: number) => {
      const asked = { MetricDataQueries, StartTime: new Date(now.getTime() - hours * 3_600_000), EndTime: now };
      const results = await list(it, CloudWatchClient, paginateGetMetricData, asked, 'MetricDataResults');
      return (id: string) => results.flatMap(({ Id, Values = [] }) => (Id === id ? Values : []));
    },

    /** What is in a secret, which is never told; no value where the rights to look at an environment do not read it. */
    secret: async (SecretId: string) => {
      const client = it.client(SecretsManagerClient);
      const { DeletedDate, LastChangedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
      if (DeletedDate) return { isDeleted: true };
      try {
        const { SecretString = '', CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId }));
        return { value: SecretString, changed: CreatedDate };
      } catch (error) {
        if (error instanceof Error && error.name === 'AccessDeniedException') return { changed: LastChangedDate };
        throw error;
      }
    },
  };
}
