import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import { type ResourceNames, stackId } from '../config/names';
import { MIGRATION_LOG_PREFIX } from '../contract';

/** Rights of the command `release` for its checks, its migration and the health of an environment. */
export function releaseRights(stack: Stack, name: string, region: string, names: ResourceNames): PolicyStatement[] {
  const arn = (service: string, resource: string, resourceName?: string) =>
    stack.formatArn({ service, region, resource, resourceName });
  const role = (resourceName: string) =>
    stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName });
  const cluster = { ArnEquals: { 'ecs:cluster': arn('ecs', 'cluster', names.cluster) } };
  const log = `log-group:${names.logGroups.app}:log-stream:${MIGRATION_LOG_PREFIX}/*`;
  const registries = Object.values(names.repositories).map((repository) => arn('ecr', 'repository', repository));
  return [
    // Tags, and the processor that their images were built for: a single image has it in a blob.
    new PolicyStatement({
      sid: 'Images',
      actions: ['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: registries,
    }),
    new PolicyStatement({
      sid: 'DeployedStack',
      actions: ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources', 'cloudformation:GetTemplate'],
      resources: [arn('cloudformation', 'stack', `${stackId(name)}/*`)],
    }),
    new PolicyStatement({
      sid: 'Database',
      actions: ['rds:DescribeDBInstances'],
      resources: [arn('rds', `db:${names.dbInstance}`)],
    }),
    // CloudFormation makes the secret's name. Its metadata shows which settings have a value.
    new PolicyStatement({
      sid: 'Settings',
      actions: ['secretsmanager:DescribeSecret'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:ResourceTag/Project': 'ProofLink', 'aws:ResourceTag/Environment': name } },
    }),
    new PolicyStatement({
      sid: 'Service',
      actions: ['ecs:DescribeServices'],
      resources: [arn('ecs', 'service', `${names.cluster}/${names.service}`)],
    }),
    // It knows no resource.
    new PolicyStatement({ sid: 'Targets', actions: ['elasticloadbalancing:DescribeTargetHealth'], resources: ['*'] }),
    // It knows no resource of Fargate, only a cluster.
    new PolicyStatement({ sid: 'Tasks', actions: ['ecs:ListTasks'], resources: ['*'], conditions: cluster }),
    new PolicyStatement({
      sid: 'Task',
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: [arn('ecs', 'task', `${names.cluster}/*`)],
    }),
    new PolicyStatement({
      sid: 'Migration',
      actions: ['ecs:RunTask'],
      resources: [arn('ecs', 'task-definition', `${names.migrationFamily}:*`)],
      conditions: cluster,
    }),
    new PolicyStatement({
      sid: 'MigrationRoles',
      actions: ['iam:PassRole'],
      resources: [role(names.roles.ecsExecution), role(names.roles.ecsTask)],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
    new PolicyStatement({
      sid: 'MigrationLog',
      actions: ['logs:GetLogEvents'],
      resources: [arn('logs', log)],
    }),
  ];
}
