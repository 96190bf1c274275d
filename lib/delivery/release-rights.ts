import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import { type ResourceNames, stackId } from '../config/names';
import { MIGRATION_LOG_PREFIX, WEB_LOG_PREFIX } from '../contract';

/** Rights of the command `release` for its checks, its migration and the health of an environment. */
export function releaseRights(stack: Stack, name: string, region: string, names: ResourceNames): PolicyStatement[] {
  const arn = (service: string, resource: string, resourceName?: string) =>
    stack.formatArn({ service, region, resource, resourceName });
  const role = (resourceName: string) =>
    stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName });
  const cluster = { ArnEquals: { 'ecs:cluster': arn('ecs', 'cluster', names.cluster) } };
  const logOf = (prefix: string) => arn('logs', `log-group:${names.logGroups.app}:log-stream:${prefix}/*`);
  const registries = Object.values(names.repositories).map((repository) => arn('ecr', 'repository', repository));
  const tagged = { 'aws:ResourceTag/Project': 'ProofLink', 'aws:ResourceTag/Environment': name };
  const taskRoles = [role(names.roles.ecsExecution), role(names.roles.ecsTask)];
  const toTasks = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };
  const allow = (sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
    new PolicyStatement({ sid, actions, resources, conditions });
  return [
    // Tags, and the processor that their images were built for: a single image has it in a blob.
    allow('Images', ['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], registries),
    // Findings with which imageRegistry.refuse refuses an image.
    allow('Scans', ['ecr:DescribeImageScanFindings'], registries),
    allow(
      'DeployedStack',
      ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources', 'cloudformation:GetTemplate'],
      [arn('cloudformation', 'stack', `${stackId(name)}/*`)],
    ),
    allow('Database', ['rds:DescribeDBInstances'], [arn('rds', `db:${names.dbInstance}`)]),
    // CloudFormation makes the secret's name. Its metadata shows which settings have a value.
    allow('Settings', ['secretsmanager:DescribeSecret'], ['*'], { StringEquals: tagged }),
    allow('Service', ['ecs:DescribeServices'], [arn('ecs', 'service', `${names.cluster}/${names.service}`)]),
    // IAM has no resource for this action.
    allow('Targets', ['elasticloadbalancing:DescribeTargetHealth'], ['*']),
    // IAM has no resource for tasks of Fargate here; the condition names the cluster.
    allow('Tasks', ['ecs:ListTasks'], ['*'], cluster),
    allow('Task', ['ecs:DescribeTasks', 'ecs:StopTask'], [arn('ecs', 'task', `${names.cluster}/*`)]),
    allow('Migration', ['ecs:RunTask'], [arn('ecs', 'task-definition', `${names.migrationFamily}:*`)], cluster),
    allow('MigrationRoles', ['iam:PassRole'], taskRoles, toTasks),
    // Lines of the migration, and of web tasks that did not become healthy.
    allow('Logs', ['logs:GetLogEvents'], [logOf(MIGRATION_LOG_PREFIX), logOf(WEB_LOG_PREFIX)]),
  ];
}
