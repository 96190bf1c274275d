import {
  allow,
  queuePolicy,
  resource,
  reviewResource,
  reviewStack,
  roleWith,
  securityGroup,
  tcp,
} from './support/assemblies';

/*
 * Changes of a template that look like everyday ones, and that send code, data or people elsewhere. A rule that takes one of
 * them for harmless would fold it away.
 */

const FOREIGN = 'arn:aws:lambda:ap-northeast-1:999999999999:function:foreign';

const FOREIGN_TARGET = 'It sends requests, calls or copies to a target that is not in this stack (';

const dashboard = (...endpoints: unknown[]) => {
  const widgets = endpoints.map((endpoint) => ({ type: 'custom', properties: { endpoint } }));
  return resource('AWS::CloudWatch::Dashboard', { DashboardBody: JSON.stringify({ widgets }) });
};
const bucket = (properties: object = {}) => resource('AWS::S3::Bucket', properties);
const replicatedTo = (destination: object) =>
  bucket({ ReplicationConfiguration: { Role: 'r', Rules: [{ Status: 'Enabled', Destination: destination }] } });
const listenerRule = (action: object) => resource('AWS::ElasticLoadBalancingV2::ListenerRule', { Actions: [action] });
const forwardTo = (target: string) => listenerRule({ Type: 'forward', TargetGroupArn: target });
const redirectTo = (host: string) => listenerRule({ Type: 'redirect', RedirectConfig: { Host: host } });
const service = (DesiredCount: number) => resource('AWS::ECS::Service', { DesiredCount });
const scaling = (MaxCapacity: number) => resource('AWS::ApplicationAutoScaling::ScalableTarget', { MaxCapacity });

it.each([
  {
    title: 'a widget that calls a function of somebody else',
    before: dashboard(),
    after: dashboard(FOREIGN),
    says: FOREIGN_TARGET,
    level: '⚠️',
  },
  {
    title: 'replication into another account',
    before: bucket(),
    after: replicatedTo({ Bucket: 'arn:aws:s3:::copies', Account: '999999999999' }),
    says: FOREIGN_TARGET,
    level: '⚠️',
  },
  {
    title: 'a new rule for the sign-in',
    before: undefined,
    after: forwardTo('foreign'),
    says: FOREIGN_TARGET,
    level: '⚠️',
  },
  {
    title: 'a redirection of the sign-in to another host',
    before: forwardTo('own'),
    after: redirectTo('login.example.net'),
    says: FOREIGN_TARGET,
    level: '⚠️',
  },
  {
    title: 'scaling up to five thousand',
    before: scaling(10),
    after: scaling(5000),
    says: 'The capacity grows a lot (`MaxCapacity`).',
    level: '👀',
  },
])('$title', ({ before, after, says, level }) => {
  const { stdout } = reviewResource(before, after);
  expect(stdout).toContain(says);
  expect(stdout).toMatch(new RegExp(`- ${level} \\*\\*.Thing`));
});

it('a widget that calls a function of the template opens nothing', () => {
  const stack = (...endpoints: unknown[]) => ({
    resources: {
      Report: resource('AWS::Lambda::Function'),
      Board: resource('AWS::CloudWatch::Dashboard', {
        DashboardBody: {
          'Fn::Join': ['', ['{"widgets":[{"properties":{"endpoint":"', ...endpoints, '"}}]}']],
        },
      }),
    },
  });
  const { stdout } = reviewStack(stack('none'), stack({ 'Fn::GetAtt': ['Report', 'Arn'] }));
  expect(stdout).not.toContain(FOREIGN_TARGET);
});

it.each([
  {
    title: 'a few tasks more',
    before: service(2),
    after: service(4),
  },
  {
    title: 'twice as many',
    before: scaling(50),
    after: scaling(100),
  },
])('an everyday step is folded: $title', ({ before, after }) => {
  expect(reviewResource(before, after).stdout).toContain('nothing is opened or weakened');
});

describe('the code of a function', () => {
  const key = (digit: string) => `${digit.repeat(64)}.zip`;
  const stack = (usedKey: string, uploadedKey: string) => ({
    resources: {
      Thing: resource('AWS::Lambda::Function', { Code: { S3Bucket: 'assets', S3Key: usedKey } }),
    },
    assets: { files: { a: { source: { path: 'a' }, destinations: { b: { objectKey: uploadedKey } } } } },
  });

  it('is folded if the assembly uploads it', () => {
    const { stdout } = reviewStack(stack(key('1'), key('1')), stack(key('2'), key('2')));
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).not.toContain('does not upload');
  });

  it('is reported if the assembly does not', () => {
    const { stdout } = reviewStack(stack(key('1'), key('1')), stack(key('3'), key('2')));
    expect(stdout).toContain(
      '👀 **`Thing` (`AWS::Lambda::Function`)**: Its code is a file that this assembly does not upload',
    );
  });
});

describe('the path of a construct', () => {
  const topic = (path: string) => ({ Type: 'AWS::SNS::Topic', Metadata: { 'aws:cdk:path': path }, Properties: {} });

  it('that two resources exchange is reported: whoever looks for one by its path finds the other', () => {
    const base = { resources: { One: topic('Stack/Alarms/Resource'), Two: topic('Stack/Public/Resource') } };
    const head = { resources: { One: topic('Stack/Public/Resource'), Two: topic('Stack/Alarms/Resource') } };
    const { stdout } = reviewStack(base, head);
    expect(stdout).toContain('2 to check');
    expect(stdout).not.toContain('nothing is opened or weakened');
  });

  it('below a stack with another name is the same', () => {
    const { stdout } = reviewResource(topic('Old/Alarms/Resource'), topic('New/Alarms/Resource'));
    expect(stdout).toContain('nothing is opened or weakened');
  });
});

describe('a list that is cut begins with the worst', () => {
  it('everyone before forty accounts', () => {
    const accounts = Array.from({ length: 40 }, (_, index) => `arn:aws:iam::${100_000_000_000 + index}:root`);
    const { stdout } = reviewResource(
      undefined,
      queuePolicy(allow('sqs:SendMessage', 'queue', { Principal: { AWS: [...accounts, '*'] } })),
    );
    expect(stdout).toMatch(/\*\*: Newly allowed: `sqs:SendMessage` on `queue`. This allows everyone/);
    expect(stdout).toContain('more sentences omitted');
  });

  it('what gives rights, and what administrators may do, before thirty others', () => {
    const actions = Array.from({ length: 30 }, (_, index) => `sqs:Action${index}`);
    const arns = Array.from({ length: 30 }, (_, index) => `arn:aws:iam::aws:policy/Reads${index}`);
    const statement = allow([...actions, 'iam:PassRole'], 'arn:aws:sqs:::queue');
    const { stdout } = reviewResource(
      roleWith([]),
      roleWith([statement], [...arns, 'arn:aws:iam::aws:policy/AdministratorAccess']),
    );
    expect(stdout).toContain('Newly allowed: `iam:PassRole`, `sqs:Action0`');
    expect(stdout).toContain(
      'Newly allowed: everything in the managed policy `arn:aws:iam::aws:policy/AdministratorAccess`,',
    );
  });

  it("a database's group before thirty others", () => {
    const group = (ranges: string[]) => securityGroup(...ranges.map((range) => tcp(22, range)));
    const stack = (ranges: string[]) => {
      const others: Record<string, object> = {};
      for (let index = 0; index < 30; index += 1) others[`Group${index}`] = group(ranges);
      const database = resource('AWS::RDS::DBInstance', { VPCSecurityGroups: [{ Ref: 'Last' }] });
      return { resources: { ...others, Last: group(ranges), Database: database } };
    };
    const { stdout } = reviewStack(stack([]), stack(['0.0.0.0/0']));
    expect(stdout).toMatch(/Security group `Last`, `Group0`/);
  });

  it('a value that weakens something before forty others', () => {
    const values = (version: string) =>
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`Value${i}`, version]));
    const pool = (version: string, AllowUnauthenticatedIdentities: boolean) =>
      resource('AWS::Cognito::IdentityPool', { ...values(version), AllowUnauthenticatedIdentities });
    const { stdout } = reviewResource(pool('a', false), pool('b', true));
    expect(stdout).toMatch(/Access gets broader \(`Allow\w+`\)\..*\n {2}- `Allow\w+`: `false` → `true`\n/);
  });

  it('a new role for every resource before thirty others', () => {
    const role = (queue: string) => roleWith([allow('sqs:SendMessage', queue)]);
    const roles: Record<string, object> = {};
    for (let index = 0; index < 30; index += 1)
      roles[`Role${index}`] = role(`arn:aws:sqs:eu-west-1:123456789012:q${index}`);
    const { stdout } = reviewStack({}, { resources: { ...roles, Last: role('*') } });
    expect(stdout).toMatch(/New roles and users[^\n]*\*\*: Permissions of `Last`/);
  });

  it('a warning before what is only to check', () => {
    const signed = resource('AWS::Lambda::Function', { CodeSigningConfigArn: 'arn' });
    const unsigned = { Type: 'AWS::Lambda::Function', Condition: 'IsProd', Properties: {} };
    expect(reviewResource(signed, unsigned).stdout).toMatch(
      /- ⚠️[^\n]*A safeguard is no longer set[^\n]*If the condition/,
    );
  });

  it('a rule for everyone before forty for a network each', () => {
    const ranges = Array.from({ length: 40 }, (_, index) => `203.0.113.${index}/32`);
    const group = (addresses: readonly string[]) => securityGroup(...addresses.map((address) => tcp(22, address)));
    const { stdout } = reviewResource(group([]), group([...ranges, '0.0.0.0/0']));
    expect(stdout).toContain('**: Newly allowed: `tcp 22` from `0.0.0.0/0` (everyone).');
  });
});
