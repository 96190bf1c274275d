import type { EnvironmentConfig } from '../../lib/config/environment';
import { stackId } from '../../lib/config/names';

/** Account of the tests' environments. */
export const ACCOUNT = '123456789012';

/** By role and by resource policy: who assumes it, and all that it allows. */
type Specification = Readonly<Record<string, readonly string[]>>;

const PULL = 'ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer';
const LOGIN = 'ecr:GetAuthorizationToken on *';
const READ_SECRETS = 'secretsmanager:DescribeSecret secretsmanager:GetSecretValue';
const WRITE_LOG = 'logs:CreateLogStream logs:PutLogEvents';
const SECURE = 'if aws:SecureTransport Bool false';
const EXECUTE_COMMAND =
  'ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel ' +
  'ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel on *';
const CLOSE_SECURITY_GROUP =
  'ec2:AuthorizeSecurityGroupEgress ec2:AuthorizeSecurityGroupIngress ' +
  'ec2:RevokeSecurityGroupEgress ec2:RevokeSecurityGroupIngress';
/** Documents of Systems Manager that start and stop the database, in both forms of their ARNs. */
const DATABASE_DOCUMENTS = [
  'automation-definition/AWS-StartRdsInstance:*',
  'automation-definition/AWS-StopRdsInstance:*',
  'document/AWS-StartRdsInstance',
  'document/AWS-StopRdsInstance',
];

/** The roles and policies of an environment, as its config asks for them. */
export function specification(name: string, config: EnvironmentConfig): Specification {
  const { region, userImport, jobs = [], workers = [], officeHours, alarms, webService } = config;
  const { restoreTest } = config.database.backups;
  const own = `prooflink-${name}`;
  const bucket = `${own}-files-${ACCOUNT}`;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
  const service = (principal: string) =>
    `${principal}.amazonaws.com: sts:AssumeRole if aws:SourceAccount StringEquals ${ACCOUNT}`;
  const folders = ['control-specs', 'dataflows', 'evidences', 'imports'].map((folder) => `${bucket}/${folder}/`);
  const files = [`s3:DeleteObject s3:GetObject s3:PutObject on ${bucket}/*`, `s3:ListBucket on ${bucket}`];
  const databaseDocuments = DATABASE_DOCUMENTS.map((document) => `arn:aws:ssm:${region}::${document}`);
  const databaseAutomations = [arn('ssm', 'automation-execution/*'), ...databaseDocuments];
  const settings = (names: object | undefined) => (names ? ' Settings/Secret' : '');
  const submitTo = (queue: string, job: string) => {
    const jobDefinition = arn('batch', `job-definition/${own}-${job}`);
    return `batch:SubmitJob on ${jobDefinition} ${jobDefinition}:* ${own}-${queue}`;
  };
  const submit = submitTo('job-queue', 'user-import');
  const taskRole = (log: string) => [service('ecs-tasks'), ...files, `${WRITE_LOG} on ${log}`];
  const executionRole = (image: string, log: string, secrets: string) => [
    service('ecs-tasks'),
    LOGIN,
    `${PULL} on ${arn('ecr', `repository/${own}-${image}`)}`,
    `${WRITE_LOG} on ${log}`,
    `${READ_SECRETS} on Database/ConnectionUrl${secrets}`,
  ];
  const webLog = `/ecs/${own}-app`;
  /** Jobs and workers read the settings of the web tasks, too. */
  const secretsBesideWeb = (further: object | undefined) =>
    `${settings(webService.settings ?? further)} Web/SessionSecret`;
  const execute = webService.executeCommand ? [EXECUTE_COMMAND] : [];
  const services = [`${own}-service`, ...workers.map((worker) => `${own}-worker-${worker.name}`)];
  const jobRoles = jobs.map(({ name: job, settings: jobSettings }) => {
    const log = `/aws/batch/${own}-jobs-${job}`;
    return {
      [`Jobs/${job}/Roles/TaskRole`]: taskRole(log),
      [`Jobs/${job}/Roles/ExecutionRole`]: executionRole('app', log, secretsBesideWeb(jobSettings)),
      [`Jobs/${job}/SchedulerRole`]: [service('scheduler'), submitTo('jobs-queue', `jobs-${job}`)],
    };
  });
  const workerRoles = workers.map(({ name: worker, settings: workerSettings }) => ({
    [`Worker-${worker}/Roles/TaskRole`]: [...taskRole(webLog), ...execute],
    [`Worker-${worker}/Roles/ExecutionRole`]: executionRole('app', webLog, secretsBesideWeb(workerSettings)),
  }));
  // A function runs with a role of its own account only.
  const customResource = [
    'lambda.amazonaws.com: sts:AssumeRole',
    `${WRITE_LOG} on /aws/lambda/${own}-custom-resources`,
  ];
  const emptier = 'Custom::S3AutoDeleteObjectsCustomResourceProvider/Role';
  const isEmptied = typeof config.keepData === 'object';
  const mail = [service('events'), 'sns:Publish on Alarms/Topic'];
  return {
    'Web/Roles/TaskRole': [...taskRole(webLog), ...(userImport ? [submit] : []), ...execute],
    'Web/Roles/ExecutionRole': executionRole('app', webLog, secretsBesideWeb(undefined)),
    ...(userImport && {
      'UserImport/Roles/TaskRole': taskRole(`/aws/batch/${own}`),
      'UserImport/Roles/ExecutionRole': executionRole('batch', `/aws/batch/${own}`, settings(userImport.settings)),
    }),
    ...(Object.assign({}, ...jobRoles, ...workerRoles) as Specification),
    ...(userImport?.schedule && { 'UserImport/SchedulerRole': [service('scheduler'), submit] }),
    ...(officeHours && {
      'OfficeHours/ServiceSchedulerRole': [service('scheduler'), `ecs:UpdateService on ${services.join(' ')}`],
      'OfficeHours/DatabaseSchedulerRole': [
        service('scheduler'),
        'iam:PassRole on OfficeHours/AutomationRole if iam:PassedToService StringEquals ssm.amazonaws.com',
        `ssm:StartAutomationExecution on ${databaseAutomations.join(' ')}`,
      ],
      'OfficeHours/AutomationRole': [
        service('ssm'),
        `rds:DescribeDBInstances rds:StartDBInstance rds:StopDBInstance on ${arn('rds', `db:${own}-db`)}`,
      ],
    }),
    ...(restoreTest && {
      'RestoreTest/Role': [
        service('backup'),
        'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
        'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores',
      ],
    }),
    ...(alarms && {
      'Alarms/Topic/Policy': [
        `Deny *: sns:Publish on Alarms/Topic ${SECURE}`,
        `cloudwatch.amazonaws.com: sns:Publish on Alarms/Topic if aws:SourceAccount StringEquals ${ACCOUNT}`,
      ],
      ...(alarms.slack && {
        'Alarms/SlackRole': ['chatbot.amazonaws.com: sts:AssumeRole', 'Alarms/SlackPolicy'],
        'Alarms/SlackPolicy': ['cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* on *'],
      }),
      ...(restoreTest && { 'Alarms/FailedRestoreTests/Role': mail }),
      ...(userImport && { 'Alarms/FailedImports/Role': mail }),
      ...(jobs.length > 0 && { 'Alarms/FailedJobs/Role': mail }),
      ...(config.imageRegistry.scanOnPush === 'on' && { 'Alarms/ScanFindings/Role': mail }),
    }),
    'Custom::VpcRestrictDefaultSGCustomResourceProvider/Role': [
      ...customResource,
      `${CLOSE_SECURITY_GROUP} on ${arn('ec2', `security-group/${own}-vpc.DefaultSecurityGroup`)}`,
    ],
    'FileStorage/Folders/Role': [...customResource, `s3:PutObject on ${folders.join(' ')}`],
    ...(isEmptied && { [emptier]: customResource }),
    'FileStorage/Bucket/Policy': [
      `Deny *: s3:* on ${bucket} ${bucket}/* ${SECURE}`,
      ...(isEmptied
        ? [`${emptier}: s3:DeleteObject* s3:GetBucket* s3:List* s3:PutBucketPolicy on ${bucket} ${bucket}/*`]
        : []),
    ],
  };
}

const REPOSITORY = 'prooflink@1234/infrastructure@5678';
const APPLICATION = 'prooflink@1234/prooflink@9012';

/** A workflow of a repository on main; the claim of it is known with the repository's ids and without. */
const onMain = (repository: string, ...files: string[]) =>
  [repository, repository.replaceAll(/@\d+/g, '')]
    .flatMap((name) => files.map((file) => `${name}/.github/workflows/${file}@refs/heads/main`))
    .join(' ');

const deploying = (environment: string) => ({
  sub: `repo:${REPOSITORY}:environment:${environment}`,
  job_workflow_ref: onMain(REPOSITORY, 'deploy-stack.yml'),
  ref: 'refs/heads/main',
});
const releasing = (environment: string) => ({
  sub: `repo:${REPOSITORY}:environment:${environment}`,
  job_workflow_ref: onMain(REPOSITORY, 'release.yml'),
  ref: 'refs/heads/main',
});
const pushing = (environment: string) => ({
  sub: `repo:${APPLICATION}:environment:${environment}`,
  job_workflow_ref: onMain(APPLICATION, 'release.yml'),
  ref: 'refs/heads/main',
});

/** Claims of the tokens that may assume each of the delivery's roles. */
const CLAIMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Drift: {
    sub: `repo:${REPOSITORY}:ref:refs/heads/main`,
    job_workflow_ref: onMain(REPOSITORY, 'drift-stack.yml', 'deploy-stack.yml'),
  },
  DeployDev: deploying('dev'),
  DeployProd: deploying('prod'),
  ReleaseDev: releasing('dev'),
  ReleaseProd: releasing('prod'),
  PushDev: pushing('dev'),
  PushProd: pushing('prod'),
};

const at = (service: string, resource: string, region = 'ap-northeast-1') =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
const bootstrap = (...kinds: string[]) =>
  `sts:AssumeRole on ${kinds.map((kind) => at('iam', `role/cdk-hnb659fds-${kind}-role-${ACCOUNT}-ap-northeast-1`, '')).join(' ')}`;
const stackOf = (name: string) => at('cloudformation', `stack/${stackId(name)}/*`);
const registries = (name: string) =>
  ['app', 'batch'].map((image) => at('ecr', `repository/prooflink-${name}-${image}`)).join(' ');

const deploys = (name: string) => [
  bootstrap('deploy', 'file-publishing'),
  'cloudformation:DescribeChangeSet cloudformation:DescribeStackEvents cloudformation:DescribeStacks ' +
    `cloudformation:ExecuteChangeSet cloudformation:GetTemplate on ${stackOf(name)}`,
];

function releases(name: string): string[] {
  const own = `prooflink-${name}`;
  const inCluster = `if ecs:cluster ArnEquals ${at('ecs', `cluster/${own}-cluster`)}`;
  const roles = ['execution-role', 'role'].map((one) => at('iam', `role/${own}-ecs-task-${one}`, '')).join(' ');
  return [
    `ecr:BatchGetImage ecr:DescribeImages ecr:GetDownloadUrlForLayer on ${at('ecr', `repository/${own}-*`)}`,
    `ecr:DescribeImageScanFindings on ${at('ecr', `repository/${own}-*`)}`,
    'inspector2:ListCoverage inspector2:ListFindings on *',
    'cloudformation:DescribeStackEvents cloudformation:DescribeStacks cloudformation:GetTemplate ' +
      `cloudformation:ListStackResources cloudformation:UpdateStack on ${stackOf(name)}`,
    `rds:DescribeDBInstances on ${at('rds', `db:${own}-db`)}`,
    'secretsmanager:DescribeSecret on * if aws:ResourceTag/Project StringEquals ProofLink ' +
      `if aws:ResourceTag/Environment StringEquals ${name}`,
    `ssm:GetParameters on ${at('ssm', 'parameter/cdk-bootstrap/hnb659fds/version')}`,
    `ecs:DescribeServices on ${at('ecs', `service/${own}-cluster/*`)}`,
    'elasticloadbalancing:DescribeTargetHealth on *',
    `ecs:ListTasks on * ${inCluster}`,
    `ecs:DescribeTasks ecs:StopTask on ${at('ecs', `task/${own}-cluster/*`)}`,
    `ecs:RunTask on ${at('ecs', `task-definition/${own}-migration:*`)} ${inCluster}`,
    `iam:PassRole on ${roles} if iam:PassedToService StringEquals ecs-tasks.amazonaws.com`,
    `logs:GetLogEvents on ${at('logs', `log-group:/ecs/${own}-app:log-stream:*`)}`,
  ];
}

const PUSH =
  'ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:CompleteLayerUpload ecr:InitiateLayerUpload ecr:PutImage ' +
  'ecr:UploadLayerPart';

const RIGHTS: Specification = {
  Drift: [
    bootstrap('lookup'),
    `cloudformation:DescribeStacks cloudformation:GetTemplate on ${stackOf('dev')} ${stackOf('prod')}`,
  ],
  DeployDev: deploys('dev'),
  DeployProd: deploys('prod'),
  ReleaseDev: releases('dev'),
  ReleaseProd: releases('prod'),
  PushDev: [LOGIN, `${PUSH} on ${registries('dev')}`],
  PushProd: [LOGIN, `${PUSH} on ${registries('prod')}`],
};

/** The roles of the delivery: each is assumed by tokens of GitHub's with these claims, letter by letter. */
export const deliverySpecification: Specification = Object.fromEntries(
  Object.entries(CLAIMS).map(([role, claims]) => {
    const conditions = Object.entries({ aud: 'sts.amazonaws.com', ...claims }).map(
      ([name, value]) => `if token.actions.githubusercontent.com:${name} StringEquals ${value}`,
    );
    return [role, [['GitHub: sts:AssumeRoleWithWebIdentity', ...conditions].join(' '), ...(RIGHTS[role] ?? [])]];
  }),
);
