import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { ROOT } from '@infra/testing/prooflink';
import { bootstrap, deploy, LOCAL_ACCOUNT } from '@infra/local-aws';
import { assembly } from '@infra/testing/assembly';
import { apps } from './support/apps';
import { Caller } from './support/callers';
import { Life } from './support/life';
import { live } from './support/live';
import { type Statement, superfluousRows, unneededRights, type UnmetRights } from './support/rights';
import { sdk } from './support/sdk';
import { push } from './support/steps';

/** Dev, which each role of people and workflows takes through its part of a life; and prod, for who looks at it. */
const life = new Life('dev');
const CDK_CLI = join(ROOT, 'node_modules/.bin/cdk');
const LOOKUP_ROLE = `cdk-hnb659fds-lookup-role-${LOCAL_ACCOUNT}-ap-northeast-1`;
const DECISION = 'docs/decisions/0018-who-sees-a-change-by-hand.md';
let drift: Caller;

const assuming = (roleName: string) => Caller.assuming(life, roleName);

function statementsOf(document: string): Statement[] {
  return (JSON.parse(document) as { Statement: Statement[] }).Statement;
}

const readOnly = statementsOf(readFileSync(join(ROOT, 'docs/read-only-policy.json'), 'utf8'));

/** Rights that the page names for `revert-drift`, beside those to read. */
function revertingStatement(): Statement {
  const page = readFileSync(join(ROOT, DECISION), 'utf8');
  const [sentence = ''] = /Its caller needs .*/.exec(page) ?? [];
  const actions = sentence.match(/(?<=`)[\w-]+:\w+(?=`)/g) ?? [];
  return { Effect: 'Allow', Action: [...actions], Resource: '*' };
}

/** Policy that docs/application gives to developers, with the values of dev. */
function developersPolicy(): Statement[] {
  const page = readFileSync(join(ROOT, 'docs/application.md'), 'utf8');
  const [policy = ''] = /(?<=```json\n)\{\n {2}"Version"[^]*?(?=```)/.exec(page) ?? [];
  return statementsOf(policy.replace('<ConnectionUrlArn>', life.outputs['ConnectionUrlArn'] ?? ''));
}

/** Creates a person's role. */
async function createRole(RoleName: string, statements: readonly Statement[]): Promise<void> {
  const documentOf = (Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: LOCAL_ACCOUNT } };
  await sdk.iam.createRole({ RoleName, AssumeRolePolicyDocument: documentOf([trust]) });
  await sdk.iam.putRolePolicy({ RoleName, PolicyName: 'rights', PolicyDocument: documentOf(statements) });
}

/** Statements of a role of the delivery stack. */
async function rightsOf(RoleName: string): Promise<Statement[]> {
  const PolicyName = 'ProoflinkDelivery';
  const { PolicyDocument = '' } = await sdk.iam.getRolePolicy({ RoleName, PolicyName });
  return statementsOf(decodeURIComponent(PolicyDocument));
}

/** Rights that no step here needs: each stays for the case beside it. */
const UNMET: Readonly<Record<'deploy' | 'drift' | 'release' | 'reader' | 'reverter', UnmetRights>> = {
  deploy: { 'cloudformation:DescribeStackEvents': 'a deployment that fails names its resources' },
  drift: {},
  release: {
    'ecr:GetDownloadUrlForLayer': 'the processor of an image that is no index is in a blob',
    'ecr:DescribeImageScanFindings': 'imageRegistry.refuse, which dev does not have',
    // docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-iam.html
    'inspector2:ListCoverage': 'ECR reads findings by it where the registry has enhanced scanning',
    'inspector2:ListFindings': 'ECR reads findings by it where the registry has enhanced scanning',
    'secretsmanager:DescribeSecret': 'webService.settings.secrets, which dev does not have',
    'ecs:StopTask': 'a migration that does not end in time, or that a person interrupts',
  },
  reader: {
    'budgets:ViewBudget': 'a monthly budget, which neither config has',
    'ecr:GetDownloadUrlForLayer': 'the processor of an image that is no index is in a blob',
    'logs:GetLogEvents': 'last lines of tasks that ended',
    'route53:GetHostedZone': 'delegation by public DNS, which is asked of the real AWS alone',
    'servicequotas:GetServiceQuota': 'the quota of vCPUs, which is asked of the real AWS alone',
    'wafv2:ListResourcesForWebACL': 'a firewall',
    'elasticloadbalancing:DescribeWebACLAssociation': 'a firewall',
    'backup:GetRestoreTestingPlan': 'restore tests, which neither config has',
    'backup:ListRestoreJobs': 'restore tests, which neither config has',
  },
  reverter: { 'cloudformation:DeleteChangeSet': 'a change set that a person refuses, or that would lose something' },
};

/** Expects that each right of a role is needed by one of its calls here, or by a case of UNMET. */
function expectNeeded(roleNames: readonly string[], statements: readonly Statement[], unmet: UnmetRights): void {
  const calls = life.aws
    .judgedCalls()
    .filter(({ role, decision }) => roleNames.includes(role) && decision === 'allowed');
  expect(unneededRights(statements, calls, unmet)).toEqual([]);
  expect(superfluousRows(statements, calls, unmet)).toEqual([]);
}

/** Calls of these roles that no right allows, except for those of values that nobody who only looks may see. */
function deniedCalls(...roleNames: readonly string[]): string[] {
  const calls = life.aws
    .judgedCalls()
    .filter(({ role, decision }) => roleNames.includes(role) && decision !== 'allowed');
  return calls
    .filter(({ action }) => action !== 'secretsmanager:GetSecretValue')
    .map(({ action, resource, decision }) => `${action} on ${String(resource)}: ${decision}`);
}

/** Expects that a workflow's role has the rights that it needs, and no other ones. */
async function expectOwnRights(roleName: string, unmet: UnmetRights): Promise<void> {
  expectNeeded([roleName], await rightsOf(roleName), unmet);
  expect(deniedCalls(roleName)).toEqual([]);
}

live(life, [
  {
    name: 'an account is prepared, and has the roles of GitHub’s workflows',
    calls: [
      () => life.start({ usedBefore: true, zones: new Life('prod').zones }),
      () => bootstrap({ aws: life.aws }),
      () => deploy({ aws: life.aws, app: assembly }, 'ProoflinkDelivery'),
    ],
  },
  {
    name: 'the role that deploys deploys dev: by the roles of the bootstrap, and by its own rights for the change set',
    calls: [
      async () =>
        (await assuming('prooflink-delivery-deploy-dev')).script('deploy.sh', life.stack, apps.written, CDK_CLI),
    ],
    prints: 'ProoflinkDev is CREATE_COMPLETE',
    status: 'CREATE_COMPLETE',
    check: () => expectOwnRights('prooflink-delivery-deploy-dev', UNMET.deploy),
  },
  {
    name: 'the role that looks for drift fetches what is deployed, and goes on to the lookup role',
    calls: [
      async () => {
        drift = await assuming('prooflink-delivery-drift');
        return drift.script('deployed.sh', life.stack, apps.written, join(life.aws.directory, 'deployed'));
      },
      async () => (await Caller.assuming(life, LOOKUP_ROLE, drift)).prooflink('drift', life.stack),
    ],
    prints: 'as deployed',
    check: async () => {
      const roleName = 'prooflink-delivery-drift';
      const ofDev = (await rightsOf(roleName)).map((statement) => ({
        ...statement,
        Resource: [statement.Resource].flat().filter((resource) => !resource.includes('ProoflinkProd')),
      }));
      expectNeeded([roleName], ofDev, UNMET.drift);
      expect(deniedCalls(roleName, LOOKUP_ROLE)).toEqual([]);
    },
  },
  {
    name: 'the role that releases migrates, and releases v1',
    calls: [
      push(life, 'v1'),
      async () =>
        (await assuming('prooflink-delivery-release-dev')).prooflink('release', 'dev', '--app', 'v1', '--batch', 'v1'),
    ],
    prints: 'dev is released',
    check: () => expectOwnRights('prooflink-delivery-release-dev', UNMET.release),
  },
  {
    name: 'whoever has docs/read-only-policy.json alone looks at dev and prod with status, doctor and drift',
    calls: [
      () => deploy({ aws: life.aws, app: apps.written }, 'ProoflinkProd'),
      () => createRole('reader', readOnly),
      async () => {
        const reader = await assuming('reader');
        const looks = [
          ['status', 'dev'],
          ['doctor', 'dev'],
          ['doctor', 'prod'],
          ['drift', 'ProoflinkProd'],
        ];
        const printed = [];
        for (const look of looks) printed.push(await reader.prooflink(...look));
        return printed.join('\n');
      },
    ],
    check: () => {
      // The second one is CloudFormation's, which compares in the local AWS by itself: operate's tests hold it against
      // the types' schemas.
      const [ofCommands] = readOnly;
      expectNeeded(['reader'], ofCommands ? [ofCommands] : [], UNMET.reader);
      expect(deniedCalls('reader')).toEqual([]);
    },
  },
  {
    name: `whoever has these rights, and those that ${DECISION} names, takes a change by hand back`,
    calls: [
      () => createRole('reverter', [...readOnly, revertingStatement()]),
      async () => {
        const { TargetGroups: [group] = [] } = await sdk.elb.describeTargetGroups({});
        await sdk.elb.modifyTargetGroup({ TargetGroupArn: group?.TargetGroupArn, HealthCheckPath: '/by-hand' });
        return (await assuming('reverter')).prooflink('revert-drift', 'dev', '--yes');
      },
    ],
    check: () => {
      expectNeeded(['reverter'], [revertingStatement()], UNMET.reverter);
      expect(deniedCalls('reverter')).toEqual([]);
    },
  },
  {
    name: 'whoever has the policy of docs/application works with dev’s files and database, and not with prod’s files',
    calls: [
      () => life.readOutputs(),
      () => createRole('developer', developersPolicy()),
      async () => {
        const { env } = await assuming('developer');
        const credentials = {
          accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
          secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
          sessionToken: env['AWS_SESSION_TOKEN'],
        };
        const s3 = new S3({ credentials, forcePathStyle: true });
        const Bucket = life.outputs['BucketName'];
        const file = { Bucket, Key: 'evidences/laptop.txt' };
        await new CloudFormation({ credentials }).describeStacks({ StackName: life.stack });
        await s3.putObject({ ...file, Body: 'from a laptop' });
        await s3.getObject(file);
        await s3.listObjectsV2({ Bucket });
        await s3.deleteObject(file);
        await new SecretsManager({ credentials }).getSecretValue({ SecretId: life.outputs['ConnectionUrlArn'] });
        const cluster = 'prooflink-dev-cluster';
        const { taskArns = [] } = await new ECS({ credentials }).listTasks({ cluster });
        await new ECS({ credentials }).describeTasks({ cluster, tasks: taskArns });
        const ofProd = { Bucket: Bucket?.replace('-dev-', '-prod-'), Key: 'laptop.txt', Body: 'no' };
        await expect(s3.putObject(ofProd)).rejects.toMatchObject({ name: 'AccessDenied' });
      },
    ],
  },
]);
