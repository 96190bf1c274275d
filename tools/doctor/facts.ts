import { ACMClient } from '@aws-sdk/client-acm';
import {
  BatchClient,
  paginateDescribeComputeEnvironments,
  paginateDescribeJobDefinitions,
} from '@aws-sdk/client-batch';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client, paginateDescribeSecurityGroups, type SecurityGroup } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import { Route53Client } from '@aws-sdk/client-route-53';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { awsClient, itemsOf } from '../shared/aws';
import type { DeployedStack } from '../shared/deployed-stack';
import { officeHoursPart } from '../shared/health/office-hours';
import { webServicePart } from '../shared/health/web-service';
import { CannotTellError } from '@infra/common/outcome';
import { describeService } from '../shared/web-service';
import { once } from './check';
import { definition } from './container';
import { Parameter } from '../../lib/contract';

/** What several checks want to know of an environment; each is asked once. */
export type Facts = ReturnType<typeof factsOf>;

export function factsOf(stack: DeployedStack, config: EnvironmentConfig, now: Date) {
  const { description, parameters, region } = stack;
  const clients = {
    acm: awsClient(ACMClient, stack),
    batch: awsClient(BatchClient, stack),
    cloudWatch: awsClient(CloudWatchClient, stack),
    ec2: awsClient(EC2Client, stack),
    ecr: awsClient(ECRClient, stack),
    ecs: awsClient(ECSClient, stack),
    elb: awsClient(ElasticLoadBalancingV2Client, stack),
    iam: awsClient(IAMClient, stack),
    logs: awsClient(CloudWatchLogsClient, stack),
    rds: awsClient(RDSClient, stack),
    route53: awsClient(Route53Client, stack),
    secrets: awsClient(SecretsManagerClient, stack),
  };
  const { batch, ec2, ecs, elb, rds, secrets } = clients;

  /** The physical id of the stack's one resource of a type. */
  const id = (type: string): string => {
    const [found] = stack.ids(type);
    if (found === undefined) throw new CannotTellError(`The stack has no ${type}.`);
    return found;
  };
  const service = once(() => describeService(stack));

  return {
    ...clients,
    stack,
    config,
    now,
    id,
    service,
    /** Whether there was a first release. */
    hasImage: parameters[Parameter.appImageTag] !== '',
    isUnderway: description.StackStatus?.endsWith('_IN_PROGRESS') === true,
    /** What overwrites changes by hand with what the stack says. */
    redeploy: `npx cdk deploy ${description.StackName ?? ''} --revert-drift`,
    /** A command of the AWS CLI. */
    aws: (command: string, rest: string) => `aws ${command} --region ${region} ${rest}`,
    hours: once(async () => officeHoursPart(stack, await service(), now)),

    loadBalancer: once(async () => {
      const LoadBalancerArns = [id('AWS::ElasticLoadBalancingV2::LoadBalancer')];
      const pages = paginateDescribeLoadBalancers({ client: elb }, { LoadBalancerArns });
      return the('load balancer', (await itemsOf(pages, (page) => page.LoadBalancers))[0]);
    }),

    targetGroup: once(async () => {
      const TargetGroupArns = [id('AWS::ElasticLoadBalancingV2::TargetGroup')];
      const pages = paginateDescribeTargetGroups({ client: elb }, { TargetGroupArns });
      return the('target group', (await itemsOf(pages, (page) => page.TargetGroups))[0]);
    }),

    database: once(async () => {
      const DBInstanceIdentifier = id('AWS::RDS::DBInstance');
      const pages = paginateDescribeDBInstances({ client: rds }, { DBInstanceIdentifier });
      return the('database', (await itemsOf(pages, (page) => page.DBInstances))[0]);
    }),

    computeEnvironment: once(async () => {
      const asked = { computeEnvironments: [id('AWS::Batch::ComputeEnvironment')] };
      const pages = paginateDescribeComputeEnvironments({ client: batch }, asked);
      return the('compute environment', (await itemsOf(pages, (page) => page.computeEnvironments))[0]);
    }),

    /**
     * What is in a secret; never told. Where the rights to look at an environment do not let read it: `undefined` as
     * long as nothing is wrong with the web tasks, which do not start without it.
     */
    secretValue: async (SecretId: string): Promise<string | undefined> => {
      try {
        return (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
      } catch (error) {
        const isRefused = error instanceof Error && error.name === 'AccessDeniedException';
        if (!isRefused || (await webServicePart(stack, await service())).wrong.length > 0) throw error;
        return undefined;
      }
    },

    /** What the web tasks run. */
    webDefinition: once(async () => {
      const { taskDefinition, networkConfiguration } = await service();
      const found = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      const task = the('task definition', found.taskDefinition);
      return definition(the('container', task.containerDefinitions?.[0]), {
        arn: task.taskDefinitionArn,
        executionRole: task.executionRoleArn,
        taskRole: task.taskRoleArn,
        publicAddress: networkConfiguration?.awsvpcConfiguration?.assignPublicIp,
      });
    }),

    /** What the next import job runs: the newest active revision, whoever registered it. */
    jobDefinition: once(async () => {
      const jobDefinitionName = id('AWS::Batch::JobDefinition').split('/').at(-1)?.split(':')[0];
      const pages = paginateDescribeJobDefinitions({ client: batch }, { jobDefinitionName, status: 'ACTIVE' });
      const active = await itemsOf(pages, (page) => page.jobDefinitions);
      const [newest] = active.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
      const container = the('job definition', newest?.containerProperties);
      return definition(container, {
        arn: newest?.jobDefinitionArn,
        executionRole: container.executionRoleArn,
        taskRole: container.jobRoleArn,
        publicAddress: container.networkConfiguration?.assignPublicIp,
      });
    }),

    securityGroups: async (GroupIds: string[] = []): Promise<SecurityGroup[]> => {
      if (GroupIds.length === 0) return [];
      const pages = paginateDescribeSecurityGroups({ client: ec2 }, { GroupIds });
      return await itemsOf(pages, (page) => page.SecurityGroups);
    },
  };
}

/** What AWS must know, since the stack has it; the error is named as the SDK names what is gone. */
function the<T>(what: string, found: T | undefined): T {
  if (found !== undefined) return found;
  throw Object.assign(new Error(`there is no ${what}`), { name: 'NotFound' });
}
