import { ACCOUNT, REGION, type Rights } from '../support/iam';
import type { Request } from '../support/policy';

/** Attempt of a role: an action on a resource of an environment or of the account, with a readable name. */
export interface Probe extends Request {
  readonly target: string;
}

const at = (service: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}`;
const SECRETS = { 'connection URL': 'Database/ConnectionUrl', 'session secret': 'Web/SessionSecret' };
const FOLDERS = ['evidences/', 'imports/', 'control-specs/', 'dataflows/'];

/** Targets in one environment, and actions on them: reading, writing, destroying, taking over. */
export function probesOf(rights: Rights): Probe[] {
  const name = `prooflink-${rights.environment}`;
  const bucket = `arn:aws:s3:::${name}-files-${ACCOUNT}`;
  const overTls = { 'aws:SecureTransport': 'true' };
  const objects = 's3:GetObject s3:PutObject s3:DeleteObject s3:DeleteObjectVersion s3:PutObjectAcl';
  const master = rights.paths('AWS::SecretsManager::Secret').find((path) => path.includes('Master'));

  return [
    ...probe('a file', `${bucket}/evidences/report.pdf`, objects, overTls),
    ...probe('a file without TLS', `${bucket}/evidences/report.pdf`, objects, { 'aws:SecureTransport': 'false' }),
    ...FOLDERS.flatMap((folder) => probe(`the folder ${folder}`, `${bucket}/${folder}`, 's3:PutObject', overTls)),
    ...probe('the bucket', bucket, 's3:ListBucket s3:PutBucketPolicy s3:PutBucketCORS s3:DeleteBucket', overTls),
    ...Object.entries({ ...SECRETS, 'master password': master ?? '' }).flatMap(([target, path]) =>
      probe(
        `the ${target}`,
        rights.arn(path, 'AWS::SecretsManager::Secret'),
        'secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:DeleteSecret',
      ),
    ),
    ...['app', 'batch'].flatMap((image) =>
      probe(
        `the ${image} image`,
        `${at('ecr')}:repository/${name}-${image}`,
        'ecr:BatchGetImage ecr:GetDownloadUrlForLayer ecr:PutImage ecr:BatchDeleteImage',
      ),
    ),
    ...Object.entries({
      'web log': `/ecs/${name}-app`,
      'import log': `/aws/batch/${name}`,
      "custom resources' log": `/aws/lambda/${name}-custom-resources`,
    }).flatMap(([target, group]) => [
      ...probe(
        `the ${target}`,
        `${at('logs')}:log-group:${group}:log-stream:one`,
        'logs:PutLogEvents logs:GetLogEvents',
      ),
      ...probe(`the ${target}`, `${at('logs')}:log-group:${group}`, 'logs:CreateLogGroup logs:DeleteLogGroup'),
    ]),
    ...probe('the job queue', `${at('batch')}:job-queue/${name}-job-queue`, 'batch:SubmitJob batch:DeleteJobQueue'),
    ...probe('the import job', `${at('batch')}:job-definition/${name}-user-import`, 'batch:SubmitJob'),
    ...probe('a revision of the import job', `${at('batch')}:job-definition/${name}-user-import:7`, 'batch:SubmitJob'),
    ...probe('another job', `${at('batch')}:job-definition/${name}-user-import-other:1`, 'batch:SubmitJob'),
    ...probe(
      'the web service',
      `${at('ecs')}:service/${name}-cluster/${name}-service`,
      'ecs:UpdateService ecs:DeleteService',
    ),
    ...probe('another service', `${at('ecs')}:service/${name}-cluster/other`, 'ecs:UpdateService'),
    ...probe('the tasks', `${at('ecs')}:task-definition/${name}-task:1`, 'ecs:RunTask'),
    ...releaseProbes(name),
    ...probe(
      'the database',
      `${at('rds')}:db:${name}-db`,
      'rds:StartDBInstance rds:StopDBInstance rds:DescribeDBInstances rds:ModifyDBInstance rds:DeleteDBInstance',
    ),
    ...probe('another database', `${at('rds')}:db:${name}-db2`, 'rds:StartDBInstance rds:StopDBInstance'),
    ...rights
      .roles()
      .flatMap(({ path, arn }) => [
        ...probe(`the role ${path} to Systems Manager`, arn, 'iam:PassRole', passedTo('ssm')),
        ...probe(`the role ${path} to Lambda`, arn, 'iam:PassRole', passedTo('lambda')),
        ...probe(`the role ${path} to ECS`, arn, 'iam:PassRole', passedTo('ecs-tasks')),
        ...probe(`the role ${path}`, arn, 'iam:PutRolePolicy iam:UpdateAssumeRolePolicy sts:AssumeRole'),
      ]),
    ...rights
      .paths('AWS::Lambda::Function')
      .flatMap((path) =>
        probe(
          `the function ${path}`,
          rights.arn(path, 'AWS::Lambda::Function'),
          'lambda:InvokeFunction lambda:UpdateFunctionCode',
        ),
      ),
    ...['sg-default-of-' + rights.environment, 'sg-other-of-' + rights.environment].flatMap((group) =>
      probe(
        group.startsWith('sg-default') ? 'the default security group' : 'another security group',
        `${at('ec2')}:security-group/${group}`,
        'ec2:AuthorizeSecurityGroupIngress ec2:RevokeSecurityGroupIngress ec2:DeleteSecurityGroup',
      ),
    ),
    ...rights
      .paths('AWS::SNS::Topic')
      .flatMap((path) => probe('the alarms', rights.arn(path, 'AWS::SNS::Topic'), 'sns:Publish sns:Subscribe')),
  ];
}

/** Actions of a release around its migration. */
function releaseProbes(name: string): Probe[] {
  const inCluster = { 'ecs:cluster': `${at('ecs')}:cluster/${name}-cluster` };
  const tags = {
    'aws:ResourceTag/Project': 'ProofLink',
    'aws:ResourceTag/Environment': name.replace('prooflink-', ''),
  };
  const revision = `${at('ecs')}:task-definition/${name}-migration:7`;
  const log = `${at('logs')}:log-group:/ecs/${name}-app:log-stream:migration/prooflink-app/1`;
  return [
    ...probe(`a migration of ${name}`, revision, 'ecs:RunTask', inCluster),
    ...probe(`a migration of ${name} in another cluster`, revision, 'ecs:RunTask', {
      'ecs:cluster': `${at('ecs')}:cluster/other`,
    }),
    ...probe(`the web tasks of ${name}, once more`, revision.replace('migration', 'task'), 'ecs:RunTask', inCluster),
    ...probe(`what runs in ${name}`, '*', 'ecs:ListTasks', inCluster),
    ...probe(`a task of ${name}`, `${at('ecs')}:task/${name}-cluster/1`, 'ecs:DescribeTasks ecs:StopTask'),
    ...probe(`the service of ${name}`, `${at('ecs')}:service/${name}-cluster/${name}-service`, 'ecs:DescribeServices'),
    ...probe(`the log of a migration of ${name}`, log, 'logs:GetLogEvents'),
    ...probe(
      `the settings of ${name}`,
      `${at('secretsmanager')}:secret:Settings`,
      'secretsmanager:DescribeSecret secretsmanager:GetSecretValue',
      tags,
    ),
  ];
}

/** Targets outside any environment. */
export const accountProbes: Probe[] = [
  ...['AWS-StartRdsInstance', 'AWS-StopRdsInstance', 'AWS-TerminateEC2Instance', 'AWS-DeleteSnapshot'].flatMap(
    (document) => [
      ...probe(
        `the automation ${document}`,
        `arn:aws:ssm:${REGION}::automation-definition/${document}:$DEFAULT`,
        'ssm:StartAutomationExecution',
      ),
      ...probe(`the document ${document}`, `arn:aws:ssm:${REGION}::document/${document}`, 'ssm:SendCommand'),
    ],
  ),
  ...['ecs.amazonaws.com/AWSServiceRoleForECS', 'rds.amazonaws.com/AWSServiceRoleForRDS'].flatMap((role) =>
    probe(
      `the service-linked role ${role.split('/')[1] ?? ''}`,
      `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${role}`,
      'iam:CreateServiceLinkedRole iam:DeleteServiceLinkedRole',
      { 'iam:AWSServiceName': role.split('/')[0] ?? '' },
    ),
  ),
  ...probe('the registry', '*', 'ecr:GetAuthorizationToken'),
  ...probe('a shell', '*', 'ssmmessages:OpenDataChannel ssmmessages:CreateControlChannel'),
  ...probe('the account', '*', 's3:ListAllMyBuckets secretsmanager:ListSecrets ec2:DescribeInstances'),
  ...probe('any target group', '*', 'elasticloadbalancing:DescribeTargetHealth'),
  ...probe('a user', `arn:aws:iam::${ACCOUNT}:user/mallory`, 'iam:CreateUser iam:AttachUserPolicy'),
];

/** The actions, a request each, on one thing. */
export function probe(target: string, resource: string, actions: string, context = {}): Probe[] {
  return actions.split(' ').map((action) => ({
    target,
    action,
    resource,
    // Condition keys exist only where the action has them.
    context: action.startsWith('iam:Delete') ? {} : context,
  }));
}

function passedTo(service: string): Record<string, string> {
  return { 'iam:PassedToService': `${service}.amazonaws.com` };
}
