import { stackId } from '../../lib/config/names';
import { ACCOUNT, REGION } from '../support/iam';
import { type Probe, probe } from './probes';

/** A token shown to AWS: issuer, audience, subject. */
export interface Token {
  readonly provider: string;
  readonly audience: string;
  readonly subject: string;
}

const iam = `arn:aws:iam::${ACCOUNT}`;
const REPOSITORY = 'prooflink@1234/infrastructure@5678';
const APPLICATION = 'prooflink@1234/prooflink@9012';
const GITHUB = `${iam}:oidc-provider/token.actions.githubusercontent.com`;
const token = (subject: string, change: Partial<Token> = {}): Token => ({
  provider: GITHUB,
  audience: 'sts.amazonaws.com',
  subject: `repo:${subject}`,
  ...change,
});

/** Subjects and the role that each may assume. A fork's pull request has the first subject too, but gets no token. */
export const taken: Readonly<Record<string, Token>> = {
  Diff: token(`${REPOSITORY}:pull_request`),
  Drift: token(`${REPOSITORY}:ref:refs/heads/main`),
  DeployDev: token(`${REPOSITORY}:environment:dev`),
  DeployProd: token(`${REPOSITORY}:environment:prod`),
  PushDev: token(`${APPLICATION}:environment:dev`),
  PushProd: token(`${APPLICATION}:environment:prod`),
};

const WHO = ['pull_request', 'ref:refs/heads/main', 'environment:dev', 'environment:prod'];
const everybody = (repository: string) =>
  Object.fromEntries(WHO.map((who) => [`${repository}:${who}`, token(`${repository}:${who}`)]));

/** Callers that may assume no role, by a readable name. */
export const strangers: Readonly<Record<string, Token>> = {
  ...everybody('prooflink@1234/website@6789'),
  ...everybody('mallory@666/infrastructure@777'),
  ...everybody('prooflink@1234/infrastructure-evil@5678'),
  ...everybody('prooflink@1234/evil-infrastructure@5678'),
  ...everybody('prooflink-evil@1234/infrastructure@5678'),
  // A new owner of a deleted repository's names has other ids, and a token without ids belongs to another one.
  ...everybody('prooflink@4321/infrastructure@8765'),
  ...everybody('prooflink/infrastructure'),
  ...everybody('Prooflink@1234/Infrastructure@5678'),
  ...everybody('prooflink@1234/*'),
  ...Object.fromEntries(
    ['pull_request', 'ref:refs/heads/main', 'environment:staging', 'environment:dev-evil'].map((who) => [
      `the application’s ${who}`,
      token(`${APPLICATION}:${who}`),
    ]),
  ),
  'another branch': token(`${REPOSITORY}:ref:refs/heads/feature`),
  'a branch that begins like main': token(`${REPOSITORY}:ref:refs/heads/main-evil`),
  'a branch below main': token(`${REPOSITORY}:ref:refs/heads/main/evil`),
  'a tag called main': token(`${REPOSITORY}:ref:refs/tags/main`),
  'a release’s tag': token(`${REPOSITORY}:ref:refs/tags/v1.0.0`),
  'another environment': token(`${REPOSITORY}:environment:staging`),
  'an environment that begins like prod': token(`${REPOSITORY}:environment:prod-evil`),
  'an environment in capitals': token(`${REPOSITORY}:environment:Prod`),
  'a subject with something behind it': token(`${REPOSITORY}:pull_request:evil`),
  'the whole repository': token(REPOSITORY),
  'nobody in particular': token('', { subject: '' }),
  ...Object.fromEntries(
    WHO.flatMap((who) => [
      [
        `${who} for GitHub’s default audience`,
        token(`${REPOSITORY}:${who}`, { audience: 'https://github.com/prooflink' }),
      ],
      [`${who} for no audience`, token(`${REPOSITORY}:${who}`, { audience: '' })],
      [`${who} of another provider`, token(`${REPOSITORY}:${who}`, { provider: `${iam}:oidc-provider/gitlab.com` })],
      [`${who} of an enterprise’s own GitHub`, token(`${REPOSITORY}:${who}`, { provider: `${GITHUB}/enterprise` })],
      [
        `${who} of another account’s provider`,
        token(`${REPOSITORY}:${who}`, { provider: GITHUB.replace(ACCOUNT, '210987654321') }),
      ],
    ]),
  ),
};

const PUSH =
  'ecr:BatchCheckLayerAvailability ecr:InitiateLayerUpload ecr:UploadLayerPart ecr:CompleteLayerUpload ecr:PutImage';

const bootstrap = (kind: string, { qualifier = 'hnb659fds', account = ACCOUNT, region = REGION } = {}) =>
  `arn:aws:iam::${account}:role/cdk-${qualifier}-${kind}-${account}-${region}`;
const KINDS = ['deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role', 'cfn-exec-role'];
const registry = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository`;
const stack = (name: string) => `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/1`;

/** This app's, one of them with a change set or a pull request only. */
const STACKS = ['ProoflinkDev', 'ProoflinkProd', 'ProoflinkDelivery', 'ProoflinkStaging'];

/** Attempts of a hijacked workflow, beside all targets of both environments. */
export const deliveryProbes: Probe[] = [
  ...KINDS.flatMap((kind) => [
    ...probe(`the bootstrap's ${kind}`, bootstrap(kind), 'sts:AssumeRole sts:TagSession iam:PutRolePolicy'),
    ...probe(`${kind} of another region`, bootstrap(kind, { region: 'us-east-1' }), 'sts:AssumeRole'),
    ...probe(`${kind} of another account`, bootstrap(kind, { account: '210987654321' }), 'sts:AssumeRole'),
    ...probe(`${kind} of another bootstrap`, bootstrap(kind, { qualifier: 'other' }), 'sts:AssumeRole'),
  ]),
  ...probe('the role of CloudFormation', bootstrap('cfn-exec-role'), 'iam:PassRole', {
    'iam:PassedToService': 'cloudformation.amazonaws.com',
  }),
  ...['diff', 'drift', 'deploy-dev', 'deploy-prod', 'push-dev', 'push-prod'].flatMap((name) =>
    probe(
      `the role prooflink-delivery-${name}`,
      `${iam}:role/prooflink-delivery-${name}`,
      'sts:AssumeRole iam:PutRolePolicy iam:UpdateAssumeRolePolicy iam:AttachRolePolicy',
    ),
  ),
  ...probe('an administrator', `${iam}:role/administrator`, 'sts:AssumeRole'),
  ...probe('the provider', GITHUB, 'iam:AddClientIDToOpenIDConnectProvider iam:DeleteOpenIDConnectProvider'),
  ...['prooflink-dev-app', 'prooflink-dev-batch', 'prooflink-prod-app', 'prooflink-prod-batch', 'other'].flatMap(
    (name) =>
      probe(
        `images of ${name}`,
        `${registry}/${name}`,
        'ecr:DescribeImages ecr:ListImages ecr:BatchGetImage ecr:GetDownloadUrlForLayer ecr:BatchDeleteImage ' +
          'ecr:PutImageTagMutability ecr:SetRepositoryPolicy ecr:DeleteRepository ecr:PutLifecyclePolicy ' +
          PUSH,
      ),
  ),
  ...[...STACKS, 'CDKToolkit', 'Website'].flatMap((name) =>
    probe(
      `the stack ${name}`,
      stack(name),
      'cloudformation:DescribeStacks cloudformation:GetTemplate cloudformation:ListStackResources ' +
        'cloudformation:DescribeStackResources ' +
        'cloudformation:DetectStackDrift cloudformation:UpdateStack cloudformation:DeleteStack',
    ),
  ),
  ...probe(
    'the bootstrap’s bucket',
    `arn:aws:s3:::cdk-hnb659fds-assets-${ACCOUNT}-${REGION}/x`,
    's3:GetObject s3:PutObject',
  ),
];

const assume = (...kinds: string[]) => kinds.map((kind) => `sts:AssumeRole: the bootstrap's ${kind}`);
const images = (name: string, actions: string) =>
  ['app', 'batch'].flatMap((image) =>
    actions.split(' ').map((action) => `${action}: images of prooflink-${name}-${image}`),
  );
const deploys = (name: string) => [
  ...assume('deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role'),
  ...images(name, 'ecr:DescribeImages ecr:BatchGetImage ecr:GetDownloadUrlForLayer'),
  ...['DescribeStacks', 'GetTemplate', 'ListStackResources'].map(
    (action) => `cloudformation:${action}: the stack ${stackId(name)}`,
  ),
  'elasticloadbalancing:DescribeTargetHealth: any target group',
  'rds:DescribeDBInstances: the database',
  'iam:PassRole: the role Web/Roles/ExecutionRole to ECS',
  'iam:PassRole: the role Web/Roles/TaskRole to ECS',
  `ecs:RunTask: a migration of prooflink-${name}`,
  `ecs:ListTasks: what runs in prooflink-${name}`,
  `ecs:DescribeTasks: a task of prooflink-${name}`,
  `ecs:StopTask: a task of prooflink-${name}`,
  `ecs:DescribeServices: the service of prooflink-${name}`,
  `logs:GetLogEvents: the log of a migration of prooflink-${name}`,
  `secretsmanager:DescribeSecret: the settings of prooflink-${name}`,
];
const pushes = (name: string) => [
  'ecr:GetAuthorizationToken: the registry',
  ...images(name, `ecr:BatchGetImage ${PUSH}`),
];

/** All that each role may do. Whatever else is probed it may not. */
export const may: Readonly<Record<string, readonly string[]>> = {
  Diff: STACKS.flatMap((name) =>
    ['DescribeStacks', 'GetTemplate'].map((action) => `cloudformation:${action}: the stack ${name}`),
  ),
  Drift: assume('lookup-role'),
  DeployDev: deploys('dev'),
  DeployProd: deploys('prod'),
  PushDev: pushes('dev'),
  PushProd: pushes('prod'),
};
