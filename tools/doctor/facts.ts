import { BatchClient, DescribeComputeEnvironmentsCommand, DescribeJobDefinitionsCommand } from '@aws-sdk/client-batch';
import { DescribeSecurityGroupsCommand, EC2Client, type SecurityGroup } from '@aws-sdk/client-ec2';
import { type ContainerDefinition, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import type { EnvironmentConfig } from '../../lib/config/environment';
import type { DeployedStack } from '../shared/deployed-stack';
import { officeHoursPart } from '../shared/health/office-hours';
import { CannotTellError } from '../shared/outcome';
import { describeService } from '../shared/web-service';
import { once } from './check';

/** What a container runs, as ECS and AWS Batch have it in common. */
export interface Definition {
  readonly arn: string;
  readonly image: string;
  readonly executionRole: string;
  readonly taskRole: string;
  readonly environment: readonly { readonly name?: string; readonly value?: string }[];
  readonly secrets: readonly { readonly name?: string; readonly valueFrom?: string }[];
  readonly logGroup: string;
  readonly hasPublicAddress: boolean;
}

/** What several checks want to know of an environment; each is asked once. */
export type Facts = ReturnType<typeof factsOf>;

export function factsOf(stack: DeployedStack, config: EnvironmentConfig, now: Date) {
  const { clientConfig, description, parameters } = stack;
  const [batch, ec2, ecs] = [new BatchClient(clientConfig), new EC2Client(clientConfig), new ECSClient(clientConfig)];
  const [elb, rds] = [new ElasticLoadBalancingV2Client(clientConfig), new RDSClient(clientConfig)];

  /** The physical id of the stack's one resource of a type. */
  const id = (type: string): string => {
    const [found] = stack.ids(type);
    if (found === undefined) throw new CannotTellError(`The stack has no ${type}.`);
    return found;
  };
  const service = once(() => describeService(stack));

  return {
    stack,
    config,
    now,
    id,
    service,
    /** Whether there was a first release. */
    hasImage: parameters['AppImageTag'] !== '',
    isUnderway: description.StackStatus?.endsWith('_IN_PROGRESS') === true,
    /** What overwrites changes by hand with what the stack says. */
    redeploy: `npx cdk deploy ${description.StackName ?? ''} --revert-drift`,
    hours: once(async () => officeHoursPart(stack, await service(), now)),

    loadBalancer: once(async () => {
      const LoadBalancerArns = [id('AWS::ElasticLoadBalancingV2::LoadBalancer')];
      const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns }));
      return the(LoadBalancers?.[0], 'load balancer');
    }),

    targetGroup: once(async () => {
      const TargetGroupArns = [id('AWS::ElasticLoadBalancingV2::TargetGroup')];
      const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns }));
      return the(TargetGroups?.[0], 'target group');
    }),

    database: once(async () => {
      const DBInstanceIdentifier = id('AWS::RDS::DBInstance');
      const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
      return the(DBInstances?.[0], 'database');
    }),

    computeEnvironment: once(async () => {
      const computeEnvironments = [id('AWS::Batch::ComputeEnvironment')];
      const found = await batch.send(new DescribeComputeEnvironmentsCommand({ computeEnvironments }));
      return the(found.computeEnvironments?.[0], 'compute environment');
    }),

    /** What the web tasks run. */
    webDefinition: once(async (): Promise<Definition> => {
      const { taskDefinition, networkConfiguration } = await service();
      const found = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      const task = the(found.taskDefinition, 'task definition');
      const [container = {}] = task.containerDefinitions ?? [];
      return definition(container, {
        arn: task.taskDefinitionArn,
        executionRole: task.executionRoleArn,
        taskRole: task.taskRoleArn,
        publicAddress: networkConfiguration?.awsvpcConfiguration?.assignPublicIp,
      });
    }),

    /** What the next import job runs: the newest revision, whoever registered it. */
    jobDefinition: once(async (): Promise<Definition> => {
      const jobDefinitionName = id('AWS::Batch::JobDefinition').split('/').at(-1)?.split(':')[0];
      const wanted = new DescribeJobDefinitionsCommand({ jobDefinitionName, status: 'ACTIVE' });
      const { jobDefinitions = [] } = await batch.send(wanted);
      const [newest] = jobDefinitions.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
      const container = the(newest?.containerProperties, 'job definition');
      return definition(container, {
        arn: newest?.jobDefinitionArn,
        executionRole: container.executionRoleArn,
        taskRole: container.jobRoleArn,
        publicAddress: container.networkConfiguration?.assignPublicIp,
      });
    }),

    async securityGroups(GroupIds: readonly string[] = []): Promise<SecurityGroup[]> {
      if (GroupIds.length === 0) return [];
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [...GroupIds] }));
      return SecurityGroups;
    },
  };
}

type Container = Pick<ContainerDefinition, 'image' | 'environment' | 'secrets'> & {
  readonly logConfiguration?: { readonly options?: Record<string, string> };
};

function definition(
  { image = '', environment = [], secrets = [], logConfiguration }: Container,
  { arn = '', executionRole = '', taskRole = '', publicAddress = 'DISABLED' },
): Definition {
  const logGroup = logConfiguration?.options?.['awslogs-group'] ?? '';
  const hasPublicAddress = publicAddress === 'ENABLED';
  return { arn, image, environment, secrets, executionRole, taskRole, logGroup, hasPublicAddress };
}

/** What AWS must know of a stack that has it; named as the SDK names what is gone. */
function the<T>(found: T | undefined, what: string): T {
  if (found !== undefined) return found;
  const error = new Error(`there is no ${what}`);
  error.name = 'NotFound';
  throw error;
}
