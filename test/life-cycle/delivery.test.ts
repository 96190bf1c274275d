import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { bootstrap, deploy, destroy, type LocalAws, startLocalAws } from '@infra/local-aws';
import { deliverySpecification, sessionHours, SUBJECTS } from '../rights/specification';
import { assembly, template } from '../support/assembly';
import { Deployed } from '../support/deployed';
import { review } from '@infra/change-review/testing';
import { fetchFrom } from '../tools/review/support/fetch-deployed';

const STACK = 'ProoflinkDelivery';
const GITHUB = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${GITHUB}`;

interface Document {
  readonly Statement: readonly {
    readonly Action: string;
    readonly Resource?: string | string[];
    readonly Principal?: object;
    readonly Condition?: object;
  }[];
}

let aws: LocalAws;
let iam: IAMClient;
let outputs: Record<string, string>;

beforeAll(async () => {
  aws = await startLocalAws();
  iam = new IAMClient({
    endpoint: aws.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await bootstrap({ aws });
  outputs = await deploy({ aws, app: assembly }, STACK);
}, 300_000);

afterAll(async () => {
  iam.destroy();
  await aws.stop();
});

test('the stack is the first one in a new account: bootstrap and nothing else comes before it', () => {
  expect(outputs).toEqual({
    DiffRoleArn: 'arn:aws:iam::123456789012:role/prooflink-delivery-diff',
    DriftRoleArn: 'arn:aws:iam::123456789012:role/prooflink-delivery-drift',
    DeployRoleArnDev: 'arn:aws:iam::123456789012:role/prooflink-delivery-deploy-dev',
    DeployRoleArnProd: 'arn:aws:iam::123456789012:role/prooflink-delivery-deploy-prod',
    PushRoleArnDev: 'arn:aws:iam::123456789012:role/prooflink-delivery-push-dev',
    PushRoleArnProd: 'arn:aws:iam::123456789012:role/prooflink-delivery-push-prod',
  });
});

test('IAM has GitHub’s provider, for the audience that AWS’s action asks for', async () => {
  const provider = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: PROVIDER }));
  expect(provider).toMatchObject({
    Url: expect.stringContaining(GITHUB) as string,
    ClientIDList: ['sts.amazonaws.com'],
  });
});

test.each(Object.entries(SUBJECTS))(
  '%s stands in IAM with its trust, for its time, and the roles that it assumes exist',
  async (path, subject) => {
    const RoleName = new Deployed(template('delivery')).one('AWS::IAM::Role', path).name;
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role?.MaxSessionDuration).toBe(sessionHours(path) * 3600);
    expect(read(Role?.AssumeRolePolicyDocument).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: PROVIDER },
        Condition: { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subject } },
      },
    ]);
    expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([]);

    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    expect(PolicyNames).toHaveLength(1);
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: PolicyNames[0] }));
    const assumed = read(PolicyDocument)
      .Statement.filter(({ Action }) => Action === 'sts:AssumeRole')
      .flatMap(({ Resource = [] }) => Resource);
    expect(assumed).toHaveLength(deliverySpecification[path]?.join().match(/role\/cdk-/g)?.length ?? 0);
    for (const arn of assumed) {
      // A name that `cdk bootstrap` does not know would be found in the first deployment only.
      const found = await iam.send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) }));
      expect(found.Role?.Arn).toBe(arn);
    }
  },
);

test('a review reads it back as it was deployed, and that the environments are not', async () => {
  const { exitCode, stdout, file } = await fetchFrom(aws.endpoint, assembly);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining(['ProoflinkDelivery: fetched', 'ProoflinkDev: not deployed yet']),
  );
  const compared = review(assembly, assembly, '--markdown', '--deployed', file);
  expect(compared.stdout).toContain('`ProoflinkDelivery` against what is deployed: no change\n');
  expect(compared.exitCode).toBe(0);
});

test('destroyed, it leaves nothing behind: no role that somebody takes, no provider', async () => {
  await destroy({ aws, app: assembly }, STACK);
  const { Roles = [] } = await iam.send(new ListRolesCommand());
  expect(Roles.map(({ RoleName = '' }) => RoleName).filter((name) => !name.startsWith('cdk-'))).toEqual([]);
  expect((await iam.send(new ListOpenIDConnectProvidersCommand())).OpenIDConnectProviderList).toEqual([]);
}, 120_000);

function read(document: string | undefined): Document {
  return JSON.parse(decodeURIComponent(document ?? '')) as Document;
}
