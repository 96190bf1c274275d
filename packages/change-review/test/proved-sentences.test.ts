import { allow, policy, resource, reviewResource, reviewStack, securityGroup, tcp } from './support/assemblies';

/** A change of one resource, with what is said of it and what would be false. */
interface Pair {
  readonly title: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly says: string;
  readonly not?: string;
}

function testPairs(pairs: readonly Pair[]) {
  it.each(pairs)('$title', ({ before, after, says, not }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain(says);
    if (not !== undefined) expect(stdout).not.toContain(not);
  });
}

describe('a secret', () => {
  const secret = (properties: object) => resource('AWS::SecretsManager::Secret', properties);
  const reference = ['{{resolve:secretsmanager:', { Ref: 'Master' }, ':SecretString:password::}}'];
  const url = (mode: string) => ({
    'Fn::Join': ['', ['postgresql://app:', ...reference, `@db.example.com:5432/app?sslmode=${mode}`]],
  });

  testPairs([
    {
      title: 'is set by the template, which generates nothing',
      before: secret({ SecretString: url('require') }),
      after: secret({ SecretString: url('verify-full') }),
      says: 'The template sets another value.',
      not: 'is generated',
    },
    {
      title: 'is no longer generated',
      before: secret({ GenerateSecretString: { PasswordLength: 30 } }),
      after: secret({ SecretString: url('require') }),
      says: 'Its value is no longer generated.',
      not: 'A new value is generated',
    },
  ]);
});

describe('a deletion', () => {
  testPairs([
    {
      title: 'of a queue of AWS Batch ends its jobs',
      before: resource('AWS::Batch::JobQueue'),
      after: undefined,
      says: 'the jobs in it are terminated',
      not: 'all of its data is lost',
    },
    {
      title: 'of a key waits',
      before: resource('AWS::KMS::Key'),
      after: undefined,
      says: 'deleted after its waiting period',
      not: 'all of its data is lost',
    },
    {
      title: 'of an instance in a cluster leaves the data in the cluster',
      before: resource('AWS::RDS::DBInstance', { DBClusterIdentifier: 'c' }),
      after: undefined,
      says: 'Removed.',
      not: 'all of its data is lost',
    },
  ]);
});

describe('a name is still in use', () => {
  const taken = 'is still in use';
  const queueBy = (name: unknown, description: string) => ({
    Group: resource('AWS::EC2::SecurityGroup', { GroupDescription: description, VpcId: 'v' }),
    Queue: resource('AWS::Batch::JobQueue', { JobQueueName: name, Tags: { Version: description } }),
  });
  const sub = { 'Fn::Sub': 'jobs-${Group}' };

  it('not if it holds a reference to something that is replaced', () => {
    const { stdout } = reviewStack({ resources: queueBy(sub, 'a') }, { resources: queueBy(sub, 'b') });
    expect(stdout).toContain('**`Queue` (`AWS::Batch::JobQueue`)**: Replaced');
    expect(stdout).not.toContain(taken);
  });

  it('if a parameter gives it, whose value stays', () => {
    const template = { Parameters: { Name: { Type: 'String', Default: 'jobs' } } };
    const stack = (description: string) => ({ template, resources: queueBy({ Ref: 'Name' }, description) });
    expect(reviewStack(stack('a'), stack('b')).stdout).toContain(taken);
  });

  it('not by a resource under another condition, such as one for each stage', () => {
    const bucket = (Condition: string) => resource('AWS::S3::Bucket', { BucketName: 'files' }, { Condition });
    const { stdout } = reviewStack(
      { resources: { Dev: bucket('IsDev') } },
      { resources: { Dev: bucket('IsDev'), Prod: bucket('IsProd') } },
    );
    expect(stdout).not.toContain(taken);
  });
});

it('the handler of a custom resource gets Update if it stays, and Delete if it is removed', () => {
  const bucket = resource('AWS::S3::Bucket');
  const emptied = (reference: object) => resource('Custom::S3AutoDeleteObjects', { ServiceToken: 'f', ...reference });
  const base = { resources: { Files: bucket, Thing: emptied({ Bucket: { Ref: 'Files' } }) } };
  const updated = reviewStack(base, { resources: { Files: bucket, Thing: emptied({}) } });
  expect(updated.stdout).toContain('CloudFormation sends Update to the handler of this custom resource');
  expect(updated.stdout).not.toContain('sends Delete');
  // The handler of the CDK answers with another physical ID, and empties the bucket.
  expect(updated.exitCode).toBe(1);
  const removed = reviewStack(base, { resources: { Files: bucket } });
  expect(removed.stdout).toContain('CloudFormation sends Delete to the handler of this custom resource');
});

describe('a right that becomes narrower', () => {
  const FILES = 'arn:aws:s3:::files/*';

  testPairs([
    {
      title: 'says which action remains',
      before: policy(allow('s3:*', FILES)),
      after: policy(allow('s3:GetObject', FILES)),
      says: `No longer allowed: \`s3:*\` on \`${FILES}\`. Still allowed of it: \`s3:GetObject\` on \`${FILES}\`.`,
    },
  ]);

  it('of a policy on a role that is known only to AWS is a permission: nobody uses the policy', () => {
    const imported = { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::ImportValue': 'RoleArn' }] }] };
    const onImported = (action: string) =>
      resource('AWS::IAM::Policy', {
        Roles: [imported],
        PolicyDocument: { Statement: [allow(action, FILES)] },
      });
    const { stdout } = reviewResource(onImported('s3:GetObject'), onImported('s3:PutObject'));
    expect(stdout).toContain('**Permissions in `Thing`**');
    expect(stdout).not.toContain('Who may use');
  });
});

describe('a renamed resource', () => {
  const renamed = (thing: object) => reviewStack({ resources: { One: thing } }, { resources: { Two: thing } }).stdout;

  it.each([
    {
      title: 'an alarm',
      thing: resource('AWS::CloudWatch::Alarm', { AlarmActions: ['topic'] }),
      not: 'Its actions no longer',
    },
  ])('goes on: $title', ({ thing, not }) => {
    const stdout = renamed(thing);
    expect(stdout).toContain('Renamed: it is created again as `Two`.');
    expect(stdout).not.toContain(not);
  });
});

describe('an alarm', () => {
  const alarm = (properties: object) => resource('AWS::CloudWatch::Alarm', properties);
  const silent = 'The alarm has no action any more: it notifies nobody.';
  testPairs([
    {
      title: 'is not silent while an action remains',
      before: alarm({ AlarmActions: ['topic', 'other'] }),
      after: alarm({ AlarmActions: ['topic'] }),
      says: '1 to check',
      not: silent,
    },
    {
      title: 'has the same condition under another label',
      before: alarm({ Metrics: [{ Id: 'm1', Label: 'CPU', Expression: 'a' }] }),
      after: alarm({ Metrics: [{ Id: 'm1', Label: 'CPU average', Expression: 'a' }] }),
      says: 'nothing is opened or weakened',
      not: 'The condition of the alarm changes',
    },
  ]);
});

it('an entrance that is closed to all but an office is reported, and what is still let in', () => {
  const group = (range: string) => ({ resources: { Group: securityGroup(tcp(443, range)) } });
  const { stdout } = reviewStack(group('0.0.0.0/0'), group('203.0.113.0/24'));
  expect(stdout).toContain(
    '👀 **Security group `Group`**: No longer allowed: `tcp 443` from `0.0.0.0/0` (everyone). ' +
      'Still allowed of it: `tcp 443` from `203.0.113.0/24`.',
  );
  expect(stdout).not.toContain('nothing is opened or weakened');
});

describe('a sentence on a value says no more than the value', () => {
  const listener = (properties: object) => resource('AWS::ElasticLoadBalancingV2::Listener', properties);
  testPairs([
    {
      title: 'a public address is no broader access, which groups and subnets decide',
      before: resource('AWS::AutoScaling::LaunchConfiguration', { AssociatePublicIpAddress: false }),
      after: resource('AWS::AutoScaling::LaunchConfiguration', { AssociatePublicIpAddress: true }),
      says: 'New workloads here can get public IP addresses.',
      not: 'Access gets broader',
    },
    {
      title: 'a cluster needs no permission for a major version by its template',
      before: resource('AWS::RDS::DBCluster', { EngineVersion: '15.4' }),
      after: resource('AWS::RDS::DBCluster', { EngineVersion: '16.1' }),
      says: 'The engine version changes.',
      not: 'AllowMajorVersionUpgrade',
    },
    {
      title: 'a listener of UDP was not encrypted before',
      before: listener({ Protocol: 'UDP' }),
      after: listener({ Protocol: 'TCP' }),
      says: '`Protocol`: `UDP` → `TCP`',
      not: 'no longer encrypted',
    },
    {
      title: 'an old policy of TLS that was accepted before opens nothing',
      before: listener({ SslPolicy: 'ELBSecurityPolicy-TLS-1-0-2015-04' }),
      after: listener({ SslPolicy: 'ELBSecurityPolicy-TLS-1-1-2017-01' }),
      says: 'TLS versions and cipher suites change.',
      not: 'are accepted',
    },
  ]);
});
