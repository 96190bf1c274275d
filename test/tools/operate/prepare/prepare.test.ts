import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { dev } from '../../../support/configs';
import { type LocalAws, localEnvironment, startLocalAws } from '@infra/local-aws';
import { runPrepare } from '../../../../tools/operate/prepare/prepare';
import { outcomeOf } from '@infra/common/outcome';
import { prooflink } from '../../support/prooflink';
import { answerCommands } from '../../support/answer-commands';
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

  const serviceLinkedRoles = async () => {
    const { Roles = [] } = await iam.listRoles({ PathPrefix: '/aws-service-role/' });
    return Roles.map(({ Path }) => Path).sort();
  };

  const narrow = 'arn:aws:iam::aws:policy/PowerUserAccess';
  const toolkit = async () => {
    const { Stacks = [] } = await new CloudFormation({}).describeStacks({ StackName: 'CDKToolkit' });
    const policies = Stacks[0]?.Parameters?.find(({ ParameterKey: it }) => it === 'CloudFormationExecutionPolicies');
    return [Stacks[0]?.StackStatus, policies?.ParameterValue];
  };

  it('makes every service-linked role of a new account and bootstraps it, with narrower rights on request', async () => {
    const { exitCode, stdout } = await prooflink(aws.env, 'prepare', '--execution-policies', narrow);
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
    expect(await toolkit()).toEqual(['CREATE_COMPLETE', narrow]);
  }, 120_000);

  it('leaves what is there, narrower rights too, and makes what is not', async () => {
    const all = await serviceLinkedRoles();
    const { Roles = [] } = await iam.listRoles({ PathPrefix: '/aws-service-role/rds' });
    await iam.deleteServiceLinkedRole({ RoleName: Roles[0]?.RoleName });
    const { exitCode, stdout } = await prooflink(aws.env, 'prepare');
    expect(exitCode).toBe(0);
    expect(stdout.match(/\S+ +made$/gm)).toEqual([expect.stringMatching(/^AWSServiceRoleForRDS /)]);
    expect(stdout.match(/was there$/gm)).toHaveLength(5);
    expect([await serviceLinkedRoles(), await toolkit()]).toEqual([all, ['CREATE_COMPLETE', narrow]]);
  }, 120_000);

  it('says what cdk bootstrap says where it fails; where no role was made, nobody has to wait', async () => {
    const { exitCode, stdout } = await prooflink(aws.env, 'prepare', '--execution-policies', 'nonsense');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CDKToolkit in ap-northeast-1                        not made: cdk bootstrap says\n');
    expect(stdout).toContain('Not prepared.');
    expect(stdout).not.toContain('wait five minutes');
  }, 120_000);

  it('touches no account that no environment belongs in', async () => {
    const elsewhere = { dev: { ...dev, account: '210987654321' } };
    const { exitCode, stderr } = await outcomeOf(() => runPrepare({}, elsewhere));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'account 123456789012, in which lib/config has no environment: dev in 210987654321.\nSign in to one of these',
    );
  });
});

describe('npm run prooflink -- prepare refuses with words', () => {
  const directory = temporaryFolder('prepare-');

  it('where there are no credentials', async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...env } = localEnvironment(
      process.env,
      'http://127.0.0.1:9',
      directory,
    );
    expect([AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY]).toEqual(['local', 'local']);
    const { exitCode, stdout, stderr } = await prooflink(env, 'prepare');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^There are no credentials \(CredentialsProviderError: .*\)\.\nSign in as for the AWS CLI/);
  }, 60_000);

  it.each([
    ['the credentials are not valid any more', 'GetCallerIdentity', 'ExpiredToken', 2],
    ['the credentials may not make a role, and bootstraps nothing', 'CreateServiceLinkedRole', 'AccessDenied', 1],
  ])('where %s', async (_case, refused, name, expected) => {
    const answers = { GetCallerIdentity: { Account: '123456789012' }, CreateServiceLinkedRole: {} };
    const asked = answerCommands({ ...answers, [refused]: Object.assign(new Error('No way'), { name }) });
    const { exitCode, stdout, stderr } = await outcomeOf(() => runPrepare({}));
    jest.restoreAllMocks();
    expect(exitCode).toBe(expected);
    expect(`${stdout}${stderr}`).toContain(`${name}: No way`);
    expect(Object.keys(asked)).toEqual([...new Set(['GetCallerIdentity', refused])]);
  });

  it('where a role could not be made: the report says that the bootstrap of each region was not begun', async () => {
    answerCommands({
      GetCallerIdentity: { Account: '123456789012' },
      CreateServiceLinkedRole: Object.assign(new Error('No way'), { name: 'AccessDenied' }),
    });
    const { stdout } = await outcomeOf(() => runPrepare({}, { dev, osaka: { ...dev, region: 'ap-northeast-3' } }));
    jest.restoreAllMocks();
    expect(stdout.match(/^ {2}CDKToolkit .*$/gm)).toEqual([
      expect.stringMatching(/^ {2}CDKToolkit in ap-northeast-1 +not begun, since a role above could not be made$/),
      expect.stringMatching(/^ {2}CDKToolkit in ap-northeast-3 +not begun, since a role above could not be made$/),
    ]);
    expect(stdout).toContain('Not prepared. Once the reason is fixed, call this again.');
  });
});
