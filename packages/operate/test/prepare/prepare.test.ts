import { InvalidInputException } from '@aws-sdk/client-iam';
import { dev } from '@infra/testing/configs';
import { localEnvironment } from '@infra/local-aws';
import { runCdk } from '@infra/commands/cdk-cli';
import { runPrepare } from '../../src/prepare/prepare';
import { outcomeOf } from '@infra/common/outcome';
import { prooflink } from '@infra/testing/prooflink';
import { answerCommands } from '../support/answer-commands';
import { temporaryFolder } from '@infra/common/testing';

jest.mock('@infra/commands/cdk-cli');

/** Answers of AWS that refuse nothing. */
const ALLOWED = { GetCallerIdentity: { Account: '123456789012' }, CreateServiceLinkedRole: {} };

afterEach(() => jest.restoreAllMocks());

// The real IAM and the real cdk bootstrap of the local AWS are those of each life, and of deploy:local.
test('prepare creates each service-linked role without which a first deploy fails, leaves those that are there, and bootstraps', async () => {
  const roleIsThere = new InvalidInputException({ message: 'has been taken in this account', $metadata: {} });
  const asked = answerCommands({
    ...ALLOWED,
    CreateServiceLinkedRole: ({ AWSServiceName }: { readonly AWSServiceName: string }) =>
      AWSServiceName === 'rds.amazonaws.com' ? roleIsThere : {},
  });
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  jest.mocked(runCdk).mockResolvedValue({ exitCode: 0, output: '' });
  const { exitCode, stdout } = await outcomeOf(() => runPrepare({}, { dev }));
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'Account 123456789012:',
    '  AWSServiceRoleForECS                                made',
    '  AWSServiceRoleForRDS                                was there',
    '  AWSServiceRoleForBatch                              made',
    '  AWSServiceRoleForElasticLoadBalancing               made',
    '  AWSServiceRoleForApplicationAutoScaling_ECSService  made',
    '  CDKToolkit in ap-northeast-1                        made, or brought up to date',
    'A role is not in force at once: wait five minutes before the first deploy.',
    'On the Free plan, AWS refuses prod. The plan: aws freetier get-account-plan-state --region us-east-1',
    'What follows from it: docs/first-deploy.md.',
    '',
  ]);
  expect(asked['CreateServiceLinkedRole']).toEqual([
    { AWSServiceName: 'ecs.amazonaws.com' },
    { AWSServiceName: 'rds.amazonaws.com' },
    { AWSServiceName: 'batch.amazonaws.com' },
    { AWSServiceName: 'elasticloadbalancing.amazonaws.com' },
    { AWSServiceName: 'ecs.application-autoscaling.amazonaws.com' },
  ]);
  expect(runCdk).toHaveBeenCalledWith(
    ['bootstrap', 'aws://123456789012/ap-northeast-1', '--no-color'],
    expect.anything(),
  );
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
    expect(stderr).toMatch(/^There are no credentials, .* \(CredentialsProviderError: .*\)\.\nSign in as for /);
  }, 60_000);

  /** Error of AWS with a name, as the SDK throws it. */
  const errorNamed = (name: string) => Object.assign(new Error('No way'), { name });

  it('an account in which no environment is deployed: its roles and its bootstrap would be for nothing', async () => {
    answerCommands(ALLOWED);
    const { exitCode, stderr } = await outcomeOf(() => runPrepare({}, { dev: { ...dev, account: '210987654321' } }));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'account 123456789012, in which lib/config has no environment: dev in 210987654321.\nSign in to one of these',
    );
  });

  it('with a bootstrap that fails, and what the CDK CLI says', async () => {
    answerCommands(ALLOWED);
    jest.mocked(runCdk).mockResolvedValue({ exitCode: 1, output: 'no right to CDKToolkit' });
    const { exitCode, stdout } = await outcomeOf(() => runPrepare({}));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /CDKToolkit in ap-northeast-1 +not made: cdk bootstrap says\nno right to CDKToolkit\nNot prepared/,
    );
  });

  describe('with credentials that may not create a role', () => {
    const REFUSED = { ...ALLOWED, CreateServiceLinkedRole: errorNamed('AccessDenied') };

    it('shows the error of IAM, and bootstraps nothing', async () => {
      const asked = answerCommands(REFUSED);
      const { exitCode, stdout } = await outcomeOf(() => runPrepare({}));
      expect(exitCode).toBe(1);
      expect(stdout).toContain('AccessDenied: No way');
      expect(stdout).toContain('Not prepared. Once the reason is fixed, call this again.');
      expect(Object.keys(asked)).toEqual(['GetCallerIdentity', 'CreateServiceLinkedRole']);
    });

    it('says which zone of this account CloudFront does not reach: the load balancer would fail there', async () => {
      const zone = { ZoneName: 'ap-northeast-1a', ZoneId: 'apne1-az3' };
      answerCommands({ ...REFUSED, DescribeAvailabilityZones: { AvailabilityZones: [zone] } });
      const behindCloudFront = { ...dev, loadBalancer: { ...dev.loadBalancer, edge: 'cloudfront' as const } };
      const { stdout } = await outcomeOf(() => runPrepare({}, { dev: behindCloudFront }));
      expect(stdout).toMatch(/^ {2}Zones of dev, for CloudFront +CloudFront .* ap-northeast-1a \(apne1-az3\):/m);
    });
  });
});
