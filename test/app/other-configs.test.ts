import { dev } from '../support/configs/dev';
import type { DeliveryConfig } from '../../lib/config/delivery';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { prod } from '../support/configs/prod';
import { createStacks } from '../../lib/create-stacks';
import { messages } from '../support/assembly';
import { at, Deployed } from '../support/deployed';
import { deliveredEnvironments, testDelivery } from '../support/environments';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';

const ROLE = 'AWS::IAM::Role';
const GITHUB = 'token.actions.githubusercontent.com';

/** Templates of values that neither environment has. */
function synthesized(config: EnvironmentConfig) {
  const app = newApp();
  createStacks(app, { other: config });
  const assembly = app.synth();
  const stack = assembly.getStackByName('ProoflinkOther');
  return { assembly, stack, deployed: new Deployed(stack.template as Template, { AppImageTag: 'v1' }) };
}

test('an account in the config still needs no look-up: synth would fail without credentials', () => {
  const { assembly, stack, deployed } = synthesized({ ...dev, account: '123456789012' });
  expect(stack.environment.account).toBe('123456789012');
  expect(assembly.manifest.missing ?? []).toEqual([]);
  const zones = deployed.all('AWS::EC2::Subnet').map(({ properties }) => properties['AvailabilityZone']);
  expect([...new Set(zones)]).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
});

test('with an account, the bucket’s name is plain text: CloudFormation imports nothing under a name that it has to work out', () => {
  const { stack } = synthesized({ ...prod, account: '123456789012' });
  const { Resources } = stack.template as Template;
  const buckets = Object.values(Resources).filter(({ Type }) => Type === 'AWS::S3::Bucket');
  expect(buckets.map(({ Properties }) => Properties?.['BucketName'])).toEqual(['prooflink-other-files-123456789012']);
});

test('placeholders are told by an info each synth, not a warning: CI synthesizes with --strict', () => {
  expect([...messages('dev'), ...messages('prod')].filter(({ level }) => level !== 'info')).toEqual([]);
  const told = (environment: 'dev' | 'prod') =>
    messages(environment).filter(({ text }) => text.startsWith('Only examples yet: '));
  expect(told('dev')).toEqual([]);
  expect(told('prod').map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /: loadBalancer\.domain\.domainName \(prooflink\.example\.com\), .*, alarms\.email \(ops@example\.com\)\. Set your own in lib\/config\/prod\.ts/,
    ),
  ]);
});

test('office hours need not begin on the hour: what waits for the database waits from there', () => {
  if (!dev.officeHours) throw new Error('dev has office hours');
  const { deployed } = synthesized({
    ...dev,
    officeHours: { ...dev.officeHours, start: '08:50', stop: '22:57' },
  });
  const times = deployed.all('AWS::Scheduler::Schedule').map(({ properties }) => properties['ScheduleExpression']);
  expect(times.sort()).toEqual([
    'cron(2 23 * * ? *)',
    'cron(5 9 * * ? *)',
    'cron(50 8 * * ? *)',
    'cron(57 22 * * ? *)',
  ]);
});

test('only the allowed ranges come in, on each open port: a rule for everyone beside them would let all in', () => {
  const { deployed } = synthesized({
    ...dev,
    loadBalancer: { ...dev.loadBalancer, allowedRanges: ['203.0.113.0/24', '198.51.100.7/32'] },
  });
  const { properties } = deployed.one('AWS::EC2::SecurityGroup', 'prooflink-other-alb-sg');
  const rules = properties['SecurityGroupIngress'] as { CidrIp: string; FromPort: number; ToPort: number }[];
  expect(rules.map(({ CidrIp, FromPort, ToPort }) => [CidrIp, FromPort, ToPort])).toEqual([
    ['203.0.113.0/24', 80, 80],
    ['198.51.100.7/32', 80, 80],
    ['203.0.113.0/24', 443, 443],
    ['198.51.100.7/32', 443, 443],
  ]);
});

test('images for ARM64 run on it, in web tasks and in import jobs: on another processor no program in them starts', () => {
  const { deployed } = synthesized({ ...dev, cpuArchitecture: 'ARM64' });
  const task = deployed.one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties;
  const job = deployed.one('AWS::Batch::JobDefinition').properties;
  expect([at(task, 'RuntimePlatform'), at(job, 'ContainerProperties.RuntimePlatform')]).toEqual(
    Array(2).fill({ CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' }),
  );
});

test('where tasks rest at night, nobody is told that none is healthy', () => {
  const { deployed } = synthesized({
    ...dev,
    // Dev's class takes fewer connections.
    alarms: prod.alarms && { ...prod.alarms, databaseConnections: 80 },
  });
  const { properties } = deployed.one('AWS::CloudWatch::Alarm', 'prooflink-other-no-healthy-target');
  expect(properties['TreatMissingData']).toBe('notBreaching');
});

describe('the delivery', () => {
  /** Synthesizes the delivery alone, with the environments' names and regions. */
  const delivered = (
    change: Partial<DeliveryConfig>,
    prodConfig: EnvironmentConfig = deliveredEnvironments.prod,
    app = newApp(),
  ) => {
    const stacks = createStacks(app, { ...deliveredEnvironments, prod: prodConfig }, { ...testDelivery, ...change });
    for (const { node } of stacks) app.node.tryRemoveChild(node.id);
    return new Deployed(app.synth().getStackByName('ProoflinkDelivery').template as Template);
  };

  test('is not there without a repository: nobody is let in by a default', () => {
    const app = newApp();
    createStacks(app, { dev, prod }, { ...testDelivery, repository: undefined, applicationRepository: undefined });
    expect(app.node.children.map(({ node }) => node.id)).toEqual(['ProoflinkDev', 'ProoflinkProd']);
  });

  test('trusts a provider that the account has already, and makes no second one: AWS allows one', () => {
    const arn = `arn:aws:iam::123456789012:oidc-provider/${GITHUB}` as const;
    const imported = delivered({ existingProviders: [arn] });
    expect(imported.all('AWS::IAM::OIDCProvider')).toEqual([]);
    const trusts = imported
      .all(ROLE)
      .map(({ properties }) => at(properties, 'AssumeRolePolicyDocument.Statement.0.Principal'));
    expect(trusts).toEqual(Array(6).fill({ Federated: arn }));
  });

  test('has no role for an environment that is not named', () => {
    const names = delivered({ environments: { dev: true, prod: false } })
      .all(ROLE)
      .map(({ name }) => name);
    expect(names.sort()).toEqual([
      'prooflink-delivery-deploy-dev',
      'prooflink-delivery-diff',
      'prooflink-delivery-drift',
      'prooflink-delivery-push-dev',
    ]);
  });

  test('is the same without an application’s repository, but for the roles that push', () => {
    const whole = delivered({}).template;
    const without = delivered({ applicationRepository: undefined }).template;
    const others = (all: object | undefined) =>
      Object.fromEntries(Object.entries(all ?? {}).filter(([id]) => !id.startsWith('Push')));
    expect(Object.keys(whole.Resources).filter((id) => id.startsWith('Push'))).toHaveLength(2);
    expect({ ...whole, Resources: others(whole.Resources), Outputs: others(whole.Outputs) }).toEqual(without);
  });

  test('assumes roles under the qualifier that the account was bootstrapped with', () => {
    const app = newApp();
    app.node.setContext('@aws-cdk/core:bootstrapQualifier', 'team1');
    const { template } = delivered({}, deliveredEnvironments.prod, app);
    expect([...new Set(JSON.stringify(template.Resources).match(/cdk-\w+-/g))]).toEqual(['cdk-team1-']);
  });

  test('reaches each environment in its region, where the bootstrap made other roles', () => {
    const osaka = {
      ...deliveredEnvironments.prod,
      region: 'ap-northeast-3',
      network: { ...prod.network, availabilityZones: ['ap-northeast-3a', 'ap-northeast-3c'] },
    };
    const twoRegions = delivered({}, osaka);
    const regions = (name: string) => {
      const policies = twoRegions.one(ROLE, name).properties['Policies'];
      return [...new Set(JSON.stringify(policies).match(/ap-northeast-\d/g))].sort();
    };
    expect(regions('prooflink-delivery-deploy-dev')).toEqual(['ap-northeast-1']);
    expect(regions('prooflink-delivery-deploy-prod')).toEqual(['ap-northeast-3']);
  });
});
