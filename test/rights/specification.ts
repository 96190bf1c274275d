/** Rights of a role: these actions on this resource, `only` in the environment that has it. */
type Line = readonly [actions: string, target: string, only?: 'dev' | 'prod'];

/** A role, who takes it, and all that it may do. Whatever else is probed, in either environment, it may not. */
export interface RoleSpecification {
  readonly role: string;
  readonly takenBy: string;
  /** True if the trust policy refuses the service when it acts for another account. */
  readonly thisAccountOnly: boolean;
  readonly only?: 'dev' | 'prod';
  readonly may: readonly Line[];
}

const FILES: Line[] = [
  ['s3:GetObject s3:PutObject s3:DeleteObject', 'a file'],
  ['s3:ListBucket', 'the bucket'],
  ...['evidences/', 'imports/', 'control-specs/', 'dataflows/'].map((folder): Line => [
    's3:PutObject',
    `the folder ${folder}`,
  ]),
];
const PULL = 'ecr:BatchGetImage ecr:GetDownloadUrlForLayer';
const READ_SECRET = 'secretsmanager:GetSecretValue';
const WRITE_LOG = 'logs:PutLogEvents';

const container = { takenBy: 'ecs-tasks.amazonaws.com', thisAccountOnly: true };
const scheduler = { takenBy: 'scheduler.amazonaws.com', thisAccountOnly: true, only: 'dev' } as const;
const mail = {
  takenBy: 'events.amazonaws.com',
  thisAccountOnly: true,
  only: 'prod',
  may: [['sns:Publish', 'the alarms']],
} as const;
/** A function can only ever run with a role of its own account. */
const customResource = { takenBy: 'lambda.amazonaws.com', thisAccountOnly: false };
const WRITE_OWN_LOG: Line = [WRITE_LOG, "the custom resources' log"];

export const specification: Readonly<Record<string, RoleSpecification>> = {
  'the web task': {
    ...container,
    role: 'Web/Roles/TaskRole',
    may: [
      ...FILES,
      [WRITE_LOG, 'the web log'],
      ['batch:SubmitJob', 'the job queue'],
      ['batch:SubmitJob', 'the import job'],
      ['batch:SubmitJob', 'a revision of the import job'],
      ['ssmmessages:OpenDataChannel ssmmessages:CreateControlChannel', 'a shell', 'dev'],
    ],
  },
  'the web task’s start': {
    ...container,
    role: 'Web/Roles/ExecutionRole',
    may: [
      [READ_SECRET, 'the connection URL'],
      [READ_SECRET, 'the session secret'],
      [PULL, 'the app image'],
      ['ecr:GetAuthorizationToken', 'the registry'],
      [WRITE_LOG, 'the web log'],
    ],
  },
  'the import job': {
    ...container,
    role: 'UserImport/Roles/TaskRole',
    may: [...FILES, [WRITE_LOG, 'the import log']],
  },
  'the import job’s start': {
    ...container,
    role: 'UserImport/Roles/ExecutionRole',
    may: [
      [READ_SECRET, 'the connection URL'],
      [PULL, 'the batch image'],
      ['ecr:GetAuthorizationToken', 'the registry'],
      [WRITE_LOG, 'the import log'],
    ],
  },
  'the schedule of the database': {
    ...scheduler,
    role: 'OfficeHours/DatabaseSchedulerRole',
    may: [
      ['ssm:StartAutomationExecution', 'the automation AWS-StartRdsInstance'],
      ['ssm:StartAutomationExecution', 'the automation AWS-StopRdsInstance'],
      ['iam:PassRole', 'the role OfficeHours/AutomationRole to Systems Manager'],
    ],
  },
  'the schedule of the web tasks': {
    ...scheduler,
    role: 'OfficeHours/ServiceSchedulerRole',
    may: [['ecs:UpdateService', 'the web service']],
  },
  'the automation': {
    takenBy: 'ssm.amazonaws.com',
    thisAccountOnly: true,
    only: 'dev',
    role: 'OfficeHours/AutomationRole',
    may: [['rds:StartDBInstance rds:StopDBInstance rds:DescribeDBInstances', 'the database']],
  },
  'the mail of a failed import': { ...mail, role: 'Alarms/FailedImports/Role' },
  'the mail of a scan’s findings': { ...mail, role: 'Alarms/ScanFindings/Role' },
  'the function that closes the default group': {
    ...customResource,
    role: 'Custom::VpcRestrictDefaultSGCustomResourceProvider/Role',
    may: [
      ['ec2:AuthorizeSecurityGroupIngress ec2:RevokeSecurityGroupIngress', 'the default security group'],
      WRITE_OWN_LOG,
    ],
  },
  'the function that empties the bucket': {
    ...customResource,
    only: 'dev',
    role: 'Custom::S3AutoDeleteObjectsCustomResourceProvider/Role',
    may: [
      ['s3:DeleteObject s3:DeleteObjectVersion', 'a file'],
      ['s3:ListBucket s3:PutBucketPolicy', 'the bucket'],
      WRITE_OWN_LOG,
    ],
  },
  'the function that makes folders': {
    ...customResource,
    role: 'FileStorage/Folders/Role',
    may: [
      ...['evidences/', 'imports/', 'control-specs/', 'dataflows/'].map((folder): Line => [
        's3:PutObject',
        `the folder ${folder}`,
      ]),
      WRITE_OWN_LOG,
    ],
  },
};

/** All that a role may do in an environment, an action and what it is on a line. */
export function specified({ may }: RoleSpecification, environment: 'dev' | 'prod'): string[] {
  return may
    .filter(([, , only = environment]) => only === environment)
    .flatMap(([actions, target]) => actions.split(' ').map((action) => `${action}: ${target}`))
    .sort();
}
