import { reviewResource } from './support/assemblies';

const resource = (Type: string, Properties: object, attributes: object = {}) => ({ Type, ...attributes, Properties });
const attributes = (protection: string) => [{ Key: 'deletion_protection.enabled', Value: protection }];

describe('a safeguard is switched off: data at risk', () => {
  it.each([
    ['AWS::RDS::DBInstance', { DeletionProtection: 'true' }, {}, 'deletion protection'],
    ['AWS::RDS::DBInstance', {}, { BackupRetentionPeriod: '0' }, 'backups are switched off'],
  ])('%s %j → %j', (type, before, after, message) => {
    const there = reviewResource(resource(type, before), resource(type, after));
    expect(there.stdout).toContain(message);
    expect(there.exitCode).toBe(1);
    const back = reviewResource(resource(type, after), resource(type, before));
    expect(back.stdout).not.toContain(message);
    expect(back.exitCode).toBe(0);
  });

  it.each([
    ['DeletionPolicy', 'Retain', 'Snapshot'],
    ['DeletionPolicy', 'Snapshot', 'Delete'],
    ['UpdateReplacePolicy', 'Retain', undefined],
  ])('%s %s → %s', (attribute, before, after) => {
    const database = (policy: string | undefined) => resource('AWS::RDS::DBInstance', {}, { [attribute]: policy });
    const there = reviewResource(database(before), database(after));
    expect(there.stdout).toContain('It is kept less well on the day that it is ');
    expect(there.stdout).toContain(`\`${attribute}\`: \`${before}\` → \`${after ?? 'Delete'}\``);
    expect(there.exitCode).toBe(1);
    const back = reviewResource(database(after), database(before));
    expect(back.stdout).not.toContain('less well');
    expect(back.exitCode).toBe(0);
  });

  it('not where there is no data to keep', () => {
    const table = (policy: string) => resource('AWS::EC2::RouteTable', {}, { DeletionPolicy: policy });
    expect(reviewResource(table('Retain'), table('Delete')).exitCode).toBe(0);
  });

  it('a condition that may not hold', () => {
    const bucket = (Condition?: string) => resource('AWS::S3::Bucket', {}, { Condition });
    const there = reviewResource(bucket(), bucket('IsProd'));
    expect(there.stdout).toContain('Where the condition `IsProd` does not hold, it is removed.');
    expect(there.exitCode).toBe(1);
    expect(reviewResource(bucket('IsProd'), bucket()).exitCode).toBe(0);
  });
});

it.each([
  ['AWS::Logs::LogGroup', {}, { RetentionInDays: 30 }, 'Log events older'],
  [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    { LoadBalancerAttributes: attributes('true') },
    { LoadBalancerAttributes: attributes('false') },
    'deletion protection is switched off',
  ],
])('%s %j → %j is told before the rest, and is no risk', (type, before, after, message) => {
  const there = reviewResource(resource(type, before), resource(type, after));
  expect(there.stdout).toMatch(new RegExp(`⚠️ .*${message}`));
  expect(there.exitCode).toBe(0);
  const back = reviewResource(resource(type, after), resource(type, before));
  expect(back.stdout).not.toContain(message);
});

it.each([
  ['AWS::S3::Bucket', 'LifecycleConfiguration'],
  ['AWS::ECR::Repository', 'LifecyclePolicy'],
  ['AWS::X::Y', 'Anything'],
])('%s: a change of %s that no rule knows is to look at', (type, property) => {
  const { stdout } = reviewResource(
    resource(type, { [property]: { PasswordLength: 30 } }),
    resource(type, { [property]: { PasswordLength: 40 } }),
  );
  expect(stdout).toContain('**1 change to look at in `ProoflinkDev`.**');
  expect(stdout).toContain(`👀 **\`Thing\` (\`${type}\`)**:\n  - \`${property}.PasswordLength\`: \`30\` → \`40\`\n`);
});
