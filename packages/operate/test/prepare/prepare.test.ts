import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { dev } from '@infra/testing/configs';
import { type LocalAws, localEnvironment, startLocalAws } from '@infra/local-aws';
import { runPrepare } from '../../src/prepare/prepare';
import { outcomeOf } from '@infra/common/outcome';
import { prooflink } from '@infra/testing/prooflink';
import type { Ended } from '@infra/commands/test/support/call';
import { answerCommands } from '../support/answer-commands';
import { temporaryFolder } from '@infra/common/testing';

const before = { ...process.env };

describe('npm run prooflink -- prepare, with the real cdk bootstrap', () => {
  let aws: LocalAws;
  let iam: IAM;

  beforeAll(async () => {
    aws = await startLocalAws();
    process.env = { ...aws.env };
    iam = new IAM({});
  }, 240_000);

  afterAll(async () => {
    process.env = before;
    await aws.stop();
  });

  /** Paths of the account's service-linked roles, each of which names a service. */
  async function serviceLinkedRoles(): Promise<(string | undefined)[]> {
    const { Roles = [] } = await iam.listRoles({ PathPrefix: '/aws-service-role/' });
    return Roles.map(({ Path }) => Path).sort();
  }

  /** Status of the stack of `cdk bootstrap`, and the policies that limit CloudFormation in the account. */
  async function readToolkit() {
    const { Stacks = [] } = await new CloudFormation({}).describeStacks({ StackName: 'CDKToolkit' });
    const [toolkit] = Stacks;
    const policies = toolkit?.Parameters?.find((parameter) => {
      return parameter.ParameterKey === 'CloudFormationExecutionPolicies';
    });
    return { status: toolkit?.StackStatus, executionPolicies: policies?.ParameterValue };
  }

  /** A policy that is narrower than AdministratorAccess, which `cdk bootstrap` gives by default. */
  const NARROW_POLICY = 'arn:aws:iam::aws:policy/PowerUserAccess';
  const NARROW_TOOLKIT = { status: 'CREATE_COMPLETE', executionPolicies: NARROW_POLICY };

  it('creates each service-linked role without which a first deploy fails, and bootstraps with the policy that is named', async () => {
    const { exitCode, stdout } = await prooflink(aws.env, 'prepare', '--execution-policies', NARROW_POLICY);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: [
        'Account 123456789012:',
        '  AWSServiceRoleForECS                                made',
        '  AWSServiceRoleForRDS                                made',
        '  AWSServiceRoleForBatch                              made',
        '  AWSServiceRoleForElasticLoadBalancing               made',
        '  AWSServiceRoleForApplicationAutoScaling_ECSService  made',
        '  CDKToolkit in ap-northeast-1                        made, or brought up to date',
        'A role is not in force at once: wait five minutes before the first deploy.',
        // The local AWS has no plan, and a machine may have no AWS CLI that asks for it.
        'Its plan is not known. Ask AWS: aws freetier get-account-plan-state --region us-east-1',
        'On the Free plan prod cannot be deployed: docs/first-deploy.md.',
        '',
      ].join('\n'),
    });
    expect(await serviceLinkedRoles()).toEqual([
      '/aws-service-role/batch.amazonaws.com/',
      '/aws-service-role/ecs.amazonaws.com/',
      '/aws-service-role/ecs.application-autoscaling.amazonaws.com/',
      '/aws-service-role/elasticloadbalancing.amazonaws.com/',
      '/aws-service-role/rds.amazonaws.com/',
    ]);
    expect(await readToolkit()).toEqual(NARROW_TOOLKIT);
  }, 120_000);

  describe('called again, without --execution-policies, after a role was deleted', () => {
    let rolesBefore: (string | undefined)[];
    let ended: Ended;

    beforeAll(async () => {
      rolesBefore = await serviceLinkedRoles();
      const { Roles = [] } = await iam.listRoles({ PathPrefix: '/aws-service-role/rds' });
      await iam.deleteServiceLinkedRole({ RoleName: Roles[0]?.RoleName });
      ended = await prooflink(aws.env, 'prepare');
    }, 120_000);

    it('creates the role that is missing, and leaves the others', async () => {
      expect(ended.exitCode).toBe(0);
      expect(ended.stdout.match(/\S+ +made$/gm)).toEqual([expect.stringMatching(/^AWSServiceRoleForRDS /)]);
      expect(ended.stdout.match(/was there$/gm)).toHaveLength(5);
      expect(await serviceLinkedRoles()).toEqual(rolesBefore);
    });

    it('keeps the narrower policy: with the default, CloudFormation would have AdministratorAccess again', async () => {
      expect(await readToolkit()).toEqual(NARROW_TOOLKIT);
    });
  });

  it('reports the error of cdk bootstrap, and asks no one to wait for roles that were there before', async () => {
    const { exitCode, stdout } = await prooflink(aws.env, 'prepare', '--execution-policies', 'nonsense');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CDKToolkit in ap-northeast-1                        not made: cdk bootstrap says\n');
    expect(stdout).toContain('Not prepared.');
    expect(stdout).not.toContain('wait five minutes');
  }, 120_000);

  it('refuses an account in which no environment is deployed: its roles and its bootstrap would be for nothing', async () => {
    const elsewhere = { dev: { ...dev, account: '210987654321' } };
    const { exitCode, stderr } = await outcomeOf(() => runPrepare({}, elsewhere));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'account 123456789012, in which lib/config has no environment: dev in 210987654321.\nSign in to one of these',
    );
  });
});

describe('npm run prooflink -- prepare refuses with the reason', () => {
  const directory = temporaryFolder('prepare-');

  it('without credentials, before anything is asked', async () => {
    const addressWithoutServer = 'http://127.0.0.1:9';
    const env = localEnvironment(process.env, addressWithoutServer, directory);
    delete env['AWS_ACCESS_KEY_ID'];
    delete env['AWS_SECRET_ACCESS_KEY'];
    const { exitCode, stdout, stderr } = await prooflink(env, 'prepare');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^There are no credentials \(CredentialsProviderError: .*\)\.\nSign in as for the AWS CLI/);
  }, 60_000);

  /** Answers of AWS that refuse nothing. */
  const ALLOWED = { GetCallerIdentity: { Account: '123456789012' }, CreateServiceLinkedRole: {} };

  /** Error of AWS with a name, as the SDK throws it. */
  const errorNamed = (name: string) => Object.assign(new Error('No way'), { name });

  afterEach(() => jest.restoreAllMocks());

  describe('with credentials that may not create a role', () => {
    const REFUSED = { ...ALLOWED, CreateServiceLinkedRole: errorNamed('AccessDenied') };

    it('shows the error of IAM, and bootstraps nothing', async () => {
      const asked = answerCommands(REFUSED);
      const { exitCode, stdout } = await outcomeOf(() => runPrepare({}));
      expect(exitCode).toBe(1);
      expect(stdout).toContain('AccessDenied: No way');
      expect(Object.keys(asked)).toEqual(['GetCallerIdentity', 'CreateServiceLinkedRole']);
    });

    it('says which zone of this account CloudFront does not reach: the load balancer would fail there', async () => {
      const zone = { ZoneName: 'ap-northeast-1a', ZoneId: 'apne1-az3' };
      answerCommands({ ...REFUSED, DescribeAvailabilityZones: { AvailabilityZones: [zone] } });
      const behindCloudFront = { ...dev, loadBalancer: { ...dev.loadBalancer, edge: 'cloudfront' as const } };
      const { stdout } = await outcomeOf(() => runPrepare({}, { dev: behindCloudFront }));
      expect(stdout).toMatch(
        /^ {2}Zones of dev, for CloudFront +CloudFront reaches no .* ap-northeast-1a \(apne1-az3\):/m,
      );
    });

    it('lists the bootstrap of each region as not begun, and says to call it again', async () => {
      answerCommands(REFUSED);
      const { stdout } = await outcomeOf(() => runPrepare({}, { dev, osaka: { ...dev, region: 'ap-northeast-3' } }));
      expect(stdout.match(/^ {2}CDKToolkit .*$/gm)).toEqual([
        expect.stringMatching(/in ap-northeast-1 +not begun, since a role above could not be made$/),
        expect.stringMatching(/in ap-northeast-3 +not begun, since a role above could not be made$/),
      ]);
      expect(stdout).toContain('Not prepared. Once the reason is fixed, call this again.');
    });
  });
});
