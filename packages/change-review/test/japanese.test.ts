import {
  allow,
  policy,
  resource,
  reviewResource,
  reviewStack,
  roleWith,
  securityGroup,
  tcp,
} from './support/assemblies';

const JAPANESE = { language: 'ja' } as const;

/** The comment without what is a value: code, and the output of `cdk diff`. */
function ownWords(stdout: string): string {
  const [findings = ''] = stdout.split('<details><summary><code>cdk diff');
  return findings.replace(/<code>.*?<\/code>|`[^`\n]*`|<[^>]*>|\[!\w+\]/g, '');
}

const topic = (name: string) => resource('AWS::SNS::Topic', { DisplayName: name });
/** A stack whose load balancer accepts HTTP from some ranges. */
const webStack = (...ranges: string[]) => ({
  resources: {
    Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
    Igw: { Type: 'AWS::EC2::InternetGateway' },
    Subnet: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24' }),
    Table: resource('AWS::EC2::RouteTable', { VpcId: { Ref: 'Vpc' } }),
    Route: resource('AWS::EC2::Route', {
      RouteTableId: { Ref: 'Table' },
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: { Ref: 'Igw' },
    }),
    Association: resource('AWS::EC2::SubnetRouteTableAssociation', {
      RouteTableId: { Ref: 'Table' },
      SubnetId: { Ref: 'Subnet' },
    }),
    Group: securityGroup(...ranges.map((range) => tcp(80, range))),
    Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Subnets: [{ Ref: 'Subnet' }],
      SecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
    }),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: { Ref: 'Balancer' }, Port: 80 }),
  },
});
describe('a review in Japanese has no English', () => {
  it.each([
    {
      title: 'in a cut value',
      before: topic('a'.repeat(500)),
      after: topic('b'.repeat(500)),
      says: '(全500文字)',
    },
    {
      title: 'in a managed policy',
      before: roleWith([]),
      after: roleWith([], ['arn:aws:iam::aws:policy/ReadOnlyAccess']),
      says: 'マネージドポリシー `arn:aws:iam::aws:policy/ReadOnlyAccess` のすべて',
    },
    {
      title: 'in a rule of a security group',
      before: securityGroup({ IpProtocol: '-1', CidrIp: '10.0.0.0/16' }),
      after: securityGroup({ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }),
      says: 'すべてのポートとプロトコル',
    },
    {
      title: 'in a list of exceptions',
      before: undefined,
      after: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      says: '`iam:*` 以外のすべて',
    },
  ])('$title', ({ before, after, says }) => {
    const { stdout } = reviewResource(before, after, JAPANESE);
    expect(stdout).toContain(says);
    expect(ownWords(stdout)).not.toMatch(/[a-z]{4,} [a-z]{2,}/);
  });

  it('in a problem of the network', () => {
    const vpc = resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
    const restriction = resource('Custom::VpcRestrictDefaultSG', { Group: { Ref: 'Vpc' } });
    const gateway = resource('AWS::EC2::VPNGateway');
    const base = { resources: { Vpc: vpc, Restriction: restriction } };
    const head = { resources: { ...base.resources, Gateway: gateway } };
    const { stdout } = reviewStack(base, head, JAPANESE);
    expect(stdout).toContain('`Gateway` (`AWS::EC2::VPNGateway`) はこのレビューの対象外です');
    expect(ownWords(stdout)).not.toContain('understood');
  });
});

it('Japanese has its own commas, and no space behind a full stop', () => {
  const { stdout } = reviewResource(undefined, policy(allow(['sqs:*', 'sns:*'])), JAPANESE);
  expect(stdout).toContain('`sqs:*`、`sns:*`');
  expect(ownWords(stdout)).not.toMatch(/。 |, /);
});

it('a network path in Japanese has no English', () => {
  const { stdout } = reviewStack(webStack('10.0.0.0/16'), webStack('0.0.0.0/0'), JAPANESE);
  expect(stdout).toContain('⚠️ **インターネット → ロードバランサー**: 新たに到達可能: `tcp 80`(経路 `Igw`、`Group` が');
  expect(stdout).toContain('`0.0.0.0/0` からのアクセスを許可(`tcp 80`))');
  expect(stdout).not.toMatch(/internet|load balancer|admits/);
});

it('a long name is cut in Japanese in a terminal, too', () => {
  const stack = (name: string) => ({ resources: { ['Topic'.repeat(60)]: topic(name) } });
  const { stdout } = reviewStack(stack('a'), stack('b'), { ...JAPANESE, markdown: false });
  expect(stdout).toContain('(全300文字)');
  expect(stdout).not.toContain('characters');
});

it('of many actions twenty are named, and still the resource and the condition', () => {
  const actions = Array.from({ length: 100 }, (_, index) => `ce:Action${index}`);
  const { stdout } = reviewResource(
    undefined,
    policy({ Effect: 'Deny', Action: actions, Resource: '*', Condition: { Bool: { 'aws:x': 'true' } } }),
  );
  expect(stdout).toContain('`ce:Action19`, 80 more on `*`, if `Bool aws:x` `true`.');
});
