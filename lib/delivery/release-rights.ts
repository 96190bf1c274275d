import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { ArnComponents, Stack } from 'aws-cdk-lib/core';
import { type ResourceNames, stackId } from '../config/names';
import { bootstrapQualifier } from './bootstrap-roles';

/** ARN of a resource in the region of the environment. */
type ArnOf = (components: Pick<ArnComponents, 'service' | 'resource' | 'resourceName'>) => string;

/**
 * Rights of the command `release`. AWS has no condition for the previous template: whoever may update the stack may give it
 * any template, and CloudFormation's role may do everything (docs/decisions/0017).
 */
export function releaseRights(stack: Stack, name: string, region: string, names: ResourceNames): PolicyStatement[] {
  const arnOf: ArnOf = (components) => stack.formatArn({ region, ...components });
  const roleArn = (resourceName: string) =>
    stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName });
  const taskRoleArns = [roleArn(names.roles.ecsExecution), roleArn(names.roles.ecsTask)];
  const statements = [
    ...imageRights(arnOf, names),
    ...stackRights(arnOf, names, name),
    bootstrapVersionRight(arnOf, bootstrapQualifier(stack)),
    ...serviceRights(arnOf, names),
    ...migrationRights(arnOf, names, taskRoleArns),
    logRight(arnOf, names),
  ];
  return statements.map((props) => new PolicyStatement(props));
}

function imageRights(arnOf: ArnOf, names: ResourceNames): PolicyStatementProps[] {
  // A team's registries, too: their names begin as the application's does.
  const resources = [arnOf({ service: 'ecr', resource: 'repository', resourceName: `${names.prefix}-*` })];
  return [
    // Tags, and the processor that their images were built for: a single image has it in a blob.
    {
      sid: 'Images',
      actions: ['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources,
    },
    // Findings with which imageRegistry.refuse refuses an image.
    { sid: 'Scans', actions: ['ecr:DescribeImageScanFindings'], resources },
    // ECR asks Amazon Inspector with these rights where the registry has enhanced scanning. IAM has no resource for them.
    { sid: 'ScansByInspector', actions: ['inspector2:ListCoverage', 'inspector2:ListFindings'], resources: ['*'] },
  ];
}

function stackRights(arnOf: ArnOf, names: ResourceNames, name: string): PolicyStatementProps[] {
  return [
    {
      sid: 'DeployedStack',
      actions: [
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
        'cloudformation:UpdateStack',
      ],
      resources: [arnOf({ service: 'cloudformation', resource: 'stack', resourceName: `${stackId(name)}/*` })],
    },
    {
      sid: 'Database',
      actions: ['rds:DescribeDBInstances'],
      resources: [arnOf({ service: 'rds', resource: `db:${names.dbInstance}` })],
    },
    // CloudFormation makes the secret's name. Its metadata shows which settings have a value.
    {
      sid: 'Settings',
      actions: ['secretsmanager:DescribeSecret'],
      resources: ['*'],
      conditions: {
        StringEquals: { 'aws:ResourceTag/Project': 'ProofLink', 'aws:ResourceTag/Environment': name },
      },
    },
  ];
}

/** CloudFormation reads the parameter BootstrapVersion of each stack for whoever updates it. */
function bootstrapVersionRight(arnOf: ArnOf, qualifier: string): PolicyStatementProps {
  const resourceName = `cdk-bootstrap/${qualifier}/version`;
  return {
    sid: 'BootstrapVersion',
    actions: ['ssm:GetParameters'],
    resources: [arnOf({ service: 'ssm', resource: 'parameter', resourceName })],
  };
}

function serviceRights(arnOf: ArnOf, names: ResourceNames): PolicyStatementProps[] {
  const { cluster } = names;
  return [
    {
      sid: 'Services',
      actions: ['ecs:DescribeServices'],
      resources: [arnOf({ service: 'ecs', resource: 'service', resourceName: `${cluster}/*` })],
    },
    // IAM has no resource for this action.
    { sid: 'Targets', actions: ['elasticloadbalancing:DescribeTargetHealth'], resources: ['*'] },
    // IAM has no resource for tasks of Fargate here; the condition names the cluster.
    { sid: 'Tasks', actions: ['ecs:ListTasks'], resources: ['*'], conditions: inCluster(arnOf, names) },
    {
      sid: 'Task',
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: [arnOf({ service: 'ecs', resource: 'task', resourceName: `${cluster}/*` })],
    },
  ];
}

function migrationRights(arnOf: ArnOf, names: ResourceNames, taskRoleArns: string[]): PolicyStatementProps[] {
  const resourceName = `${names.migrationFamily}:*`;
  return [
    {
      sid: 'Migration',
      actions: ['ecs:RunTask'],
      resources: [arnOf({ service: 'ecs', resource: 'task-definition', resourceName })],
      conditions: inCluster(arnOf, names),
    },
    {
      sid: 'MigrationRoles',
      actions: ['iam:PassRole'],
      resources: taskRoleArns,
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  ];
}

/** Lines of the migration, and of web tasks that did not become healthy. */
function logRight(arnOf: ArnOf, names: ResourceNames): PolicyStatementProps {
  const resources = [arnOf({ service: 'logs', resource: `log-group:${names.logGroups.app}:log-stream:*` })];
  return { sid: 'Logs', actions: ['logs:GetLogEvents'], resources };
}

function inCluster(arnOf: ArnOf, { cluster }: ResourceNames): PolicyStatementProps['conditions'] {
  return { ArnEquals: { 'ecs:cluster': arnOf({ service: 'ecs', resource: 'cluster', resourceName: cluster }) } };
}
