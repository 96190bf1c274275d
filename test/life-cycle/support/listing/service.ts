import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  BatchClient,
  DescribeComputeEnvironmentsCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
} from '@aws-sdk/client-batch';
import { ECSClient, ListClustersCommand, ListServicesCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs';
import {
  IAMClient,
  ListInstanceProfilesCommand,
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { all, type Asked, ids } from './ask';

/** Tasks, jobs and functions, and their rights. */
export function askService(): Asked {
  const batch = new BatchClient({});
  const iam = new IAMClient({});
  const scaling = new ApplicationAutoScalingClient({});
  const ecs = new ECSClient({});
  const clusters = ids(ecs.send(new ListClustersCommand({})), ({ clusterArns }) => clusterArns);
  return {
    'AWS::ECS::Cluster': clusters.then((arns) => arns.map((arn) => arn.split('/').at(-1) ?? arn)),
    'AWS::ECS::Service': clusters.then((arns) =>
      all(arns.map((cluster) => ids(ecs.send(new ListServicesCommand({ cluster })), ({ serviceArns }) => serviceArns))),
    ),
    // A revision that is no longer active costs nothing, and ECS keeps it for ever.
    'AWS::ECS::TaskDefinition': ids(
      ecs.send(new ListTaskDefinitionsCommand({ status: 'ACTIVE' })),
      (answer) => answer.taskDefinitionArns,
    ),
    'AWS::ApplicationAutoScaling::ScalableTarget': ids(
      scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' })),
      ({ ScalableTargets }) =>
        ScalableTargets?.map(
          (it) => `${it.ResourceId ?? ''}|${it.ScalableDimension ?? ''}|${it.ServiceNamespace ?? ''}`,
        ),
    ),
    'AWS::ApplicationAutoScaling::ScalingPolicy': ids(
      scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' })),
      ({ ScalingPolicies }) => ScalingPolicies?.map(({ PolicyARN }) => PolicyARN),
    ),
    'AWS::Batch::ComputeEnvironment': ids(batch.send(new DescribeComputeEnvironmentsCommand({})), (answer) =>
      answer.computeEnvironments?.map(({ computeEnvironmentArn }) => computeEnvironmentArn),
    ),
    'AWS::Batch::JobQueue': ids(batch.send(new DescribeJobQueuesCommand({})), ({ jobQueues }) =>
      jobQueues?.map(({ jobQueueArn }) => jobQueueArn),
    ),
    'AWS::Batch::JobDefinition': ids(batch.send(new DescribeJobDefinitionsCommand({ status: 'ACTIVE' })), (answer) =>
      answer.jobDefinitions?.map(({ jobDefinitionArn }) => jobDefinitionArn),
    ),
    'AWS::Lambda::Function': ids(new LambdaClient({}).send(new ListFunctionsCommand({})), ({ Functions }) =>
      Functions?.map(({ FunctionName }) => FunctionName),
    ),
    'AWS::IAM::Role': ids(iam.send(new ListRolesCommand({ MaxItems: 1000 })), ({ Roles }) =>
      Roles?.map(({ RoleName }) => RoleName),
    ),
    'AWS::IAM::ManagedPolicy': ids(iam.send(new ListPoliciesCommand({ Scope: 'Local', MaxItems: 1000 })), (answer) =>
      answer.Policies?.map(({ Arn }) => Arn),
    ),
    'AWS::IAM::InstanceProfile': ids(iam.send(new ListInstanceProfilesCommand({})), ({ InstanceProfiles }) =>
      InstanceProfiles?.map(({ Arn }) => Arn),
    ),
    'AWS::IAM::OIDCProvider': ids(iam.send(new ListOpenIDConnectProvidersCommand({})), (answer) =>
      answer.OpenIDConnectProviderList?.map(({ Arn }) => Arn),
    ),
    'AWS::IAM::User': ids(iam.send(new ListUsersCommand({})), ({ Users }) => Users?.map(({ UserName }) => UserName)),
  };
}
