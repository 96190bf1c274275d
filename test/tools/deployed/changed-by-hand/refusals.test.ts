import type { Template } from '@infra/common/template';
import { isRecord } from '@infra/common/values';
import type { ComparedResource } from '../../../../tools/deployed/changed-by-hand/comparison';
import { differencesBetween, UNRESOLVED } from '../../../../tools/deployed/changed-by-hand/differences';
import { normalizePolicy } from '../../../../tools/deployed/changed-by-hand/policy-document';
import { COMPARED_BY_CLOUDFORMATION } from '../../../../tools/deployed/changed-by-hand/cloudformation-drift';
import { readableName } from '../../../../tools/deployed/changed-by-hand/property-name';
import { findChangesByHand, COMPARISONS, sentenceOf } from '../../../../tools/deployed/changed-by-hand/changed-by-hand';
import { type Answers, whileAwsAnswers } from '../../support/answer-commands';
import { template } from '../../../support/assembly';
import { environmentWith } from '../../operate/health/aws-answers';

/** Paths of the values in a template; one that CloudFormation resolves is a value. */
function leaves(value: unknown, path = ''): string[] {
  const isResolved = isRecord(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (typeof value !== 'object' || value === null || isResolved) return [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}/${key}`));
}

const Statement = [{ Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Database', 'DbiResourceId'] } }];
const RESOURCES = {
  Rights: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: ['r'], PolicyDocument: { Statement } } },
  Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  Database: { Type: 'AWS::RDS::DBInstance' },
  Bucket: { Type: 'AWS::S3::Bucket' },
};

/** Findings on these resources with these answers of AWS. */
const found = (wanted: readonly string[], answers: Answers, Resources: Template['Resources'] = RESOURCES) => {
  const physicalIds = new Map(Object.keys(Resources).map((logicalId) => [logicalId, logicalId.toLowerCase()]));
  const { environment } = environmentWith({ resources: { template: { Resources }, physicalIds } })();
  // The target group is as AWS makes one where the template is silent.
  const healthCheck = { DescribeTargetGroups: { TargetGroups: [{}] } };
  return whileAwsAnswers({ ...healthCheck, ...answers }, () =>
    findChangesByHand(environment, ({ logicalId, type }) => wanted.includes(logicalId) || wanted.includes(type)),
  );
};
const drift = (StackResourceDrift: object) => ({ DetectStackResourceDrift: { StackResourceDrift } });

test('a storage that was grown beyond its maximum is written down first, too: RDS refuses the deploy that shrinks it', async () => {
  const { changes } = await found(
    ['AWS::RDS::DBInstance'],
    drift({
      ResourceType: 'AWS::RDS::DBInstance',
      StackResourceDriftStatus: 'MODIFIED',
      ExpectedProperties: '{"AllocatedStorage":"20","MaxAllocatedStorage":100}',
      ActualProperties: '{"AllocatedStorage":"200","MaxAllocatedStorage":100}',
      PropertyDifferences: [
        { PropertyPath: '/AllocatedStorage', ExpectedValue: '20', ActualValue: '200', DifferenceType: 'NOT_EQUAL' },
      ],
    }),
  );
  expect(changes.map(({ actual, fix }) => [actual, fix])).toEqual([
    ['200', expect.stringMatching(/^set database\.allocatedStorage in lib\/config to 200 GiB, .* --revert-drift/)],
  ]);
});

describe('what cannot be compared is said, with the reason', () => {
  it.each([
    ['a type that CloudFormation refuses', {}, /AccessDenied: DetectStackResourceDrift/],
    [
      'a resource that it could not read',
      drift({ StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'no' }),
      /no/,
    ],
    ['a resource that it did not check', drift({ StackResourceDriftStatus: 'NOT_CHECKED' }), /answers NOT_CHECKED/],
    ['no answer', { DetectStackResourceDrift: {} }, /answers nothing/],
  ])('%s', async (_, answers, reason) => {
    const { changes, notCompared } = await found(['Targets'], answers);
    expect(changes).toEqual([]);
    expect(notCompared.map(({ logicalId, property, reason: said }) => [logicalId, property, said])).toEqual([
      ['Targets', '', expect.stringMatching(reason)],
    ]);
  });

  it('a part of the template that only AWS knows', async () => {
    const document = { Statement: [{ Effect: 'Deny', Resource: 'db-1' }] };
    const { changes, notCompared } = await found(['Rights'], {
      GetRolePolicy: { PolicyDocument: encodeURIComponent(JSON.stringify(document)) },
    });
    expect(notCompared.map(({ property, reason }) => [property, reason])).toEqual([
      ['policy document statement resource', 'only AWS knows what the template says'],
    ]);
    expect(changes.map(sentenceOf)).toEqual(['changed by hand: policy document statement effect `Allow` → `Deny`']);
    expect(changes[0]?.fix).toMatch(/^aws cloudformation get-template /);
  });

  it('a right that is missing hides no other resource', async () => {
    const gone = drift({ StackResourceDriftStatus: 'DELETED' });
    const { changes, notCompared } = await found(['Rights', 'Targets'], gone);
    expect(changes.map(sentenceOf)).toEqual(['deleted by hand: AWS::ElasticLoadBalancingV2::TargetGroup']);
    expect(notCompared.map(({ logicalId, reason }) => [logicalId, reason])).toEqual([
      ['Rights', expect.stringMatching(/^Error: AccessDenied: GetRolePolicy/)],
    ]);
  });
});

describe('a type that a team has added', () => {
  const QUEUE = { Queue: { Type: 'AWS::SQS::Queue' } };

  it('is compared by CloudFormation, which may know it', async () => {
    const { changes } = await found(['Queue'], drift({ StackResourceDriftStatus: 'DELETED' }), QUEUE);
    expect(changes.map(sentenceOf)).toEqual(['deleted by hand: AWS::SQS::Queue']);
  });

  it('is named where CloudFormation does not support it', async () => {
    const refusal = new Error('Drift detection is not supported for resource types [AWS::SQS::Queue]');
    const { notCompared } = await found(['Queue'], { DetectStackResourceDrift: refusal }, QUEUE);
    expect(notCompared).toMatchObject([{ logicalId: 'Queue', cause: 'unsupported' }]);
  });
});

test('fixes come in the order in which they work: deploys first', async () => {
  const gone = Object.assign(new Error(), { name: 'NoSuchEntityException' });
  const { changes } = await found(['Rights', 'Targets'], {
    ...drift({ StackResourceDriftStatus: 'DELETED' }),
    GetRolePolicy: gone,
  });
  expect(changes.map(({ logicalId }) => logicalId)).toEqual(['Targets', 'Rights']);
});

const REDEPLOY = 'npx cdk deploy ProoflinkProd --revert-drift';
const IN_SYNC = drift({ StackResourceDriftStatus: 'IN_SYNC' });

describe('a role', () => {
  const ROLE = { Role: { Type: 'AWS::IAM::Role' } };
  const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

  it('that was deleted is created again by a deployment', async () => {
    const { changes } = await found(
      ['Role'],
      {
        ...drift({ StackResourceDriftStatus: 'DELETED' }),
        ListRolePolicies: Object.assign(new Error(), { name: 'NoSuchEntityException' }),
      },
      ROLE,
    );
    expect(changes).toMatchObject([{ property: '', fix: REDEPLOY }]);
  });

  it('has a command for each policy that was added', async () => {
    const { changes } = await found(
      ['Role'],
      {
        ...IN_SYNC,
        ListRolePolicies: { PolicyNames: ['first', 'second'] },
        ListAttachedRolePolicies: { AttachedPolicies: [{ PolicyArn: ADMINISTRATOR }] },
      },
      ROLE,
    );
    const region = '--region ap-northeast-1';
    expect(changes.map(({ actual, fix }) => ({ actual, fix }))).toEqual([
      { actual: 'first', fix: `aws iam delete-role-policy ${region} --role-name role --policy-name first` },
      { actual: 'second', fix: `aws iam delete-role-policy ${region} --role-name role --policy-name second` },
      {
        actual: ADMINISTRATOR,
        fix: `aws iam detach-role-policy ${region} --role-name role --policy-arn ${ADMINISTRATOR}`,
      },
    ]);
  });

  it('without a policy that was added is as deployed', async () => {
    const { changes } = await found(['Role'], { ...IN_SYNC, ListRolePolicies: {}, ListAttachedRolePolicies: {} }, ROLE);
    expect(changes).toEqual([]);
  });

  it('whose policies are not known gets no command without a policy', () => {
    const { fix } = COMPARISONS['AWS::IAM::Role'] ?? {};
    const change = { actual: undefined, difference: undefined };
    expect(fix?.({ physicalId: 'role' } as ComparedResource, change)).toBeUndefined();
  });
});

describe('a security group', () => {
  const GROUP = { Group: { Type: 'AWS::EC2::SecurityGroup' } };

  it('that was deleted is reported once, and created again by a deployment', async () => {
    const { changes } = await found(
      ['Group'],
      {
        ...drift({ StackResourceDriftStatus: 'DELETED' }),
        DescribeSecurityGroups: Object.assign(new Error(), { name: 'InvalidGroup.NotFound' }),
      },
      GROUP,
    );
    expect(changes).toMatchObject([{ property: '', fix: REDEPLOY }]);
  });

  it('that CloudFormation could not compare is known to be deleted, too', async () => {
    const { changes, notCompared } = await found(
      ['Group'],
      { DescribeSecurityGroups: Object.assign(new Error(), { name: 'InvalidGroup.NotFound' }) },
      GROUP,
    );
    expect(changes).toMatchObject([{ property: '', fix: REDEPLOY }]);
    expect(notCompared).toMatchObject([{ logicalId: 'Group', cause: 'failed' }]);
  });

  it.each([
    { title: 'IPv4 addresses', sources: { IpRanges: [{ CidrIp: '0.0.0.0/0' }] } },
    { title: 'IPv6 addresses', sources: { Ipv6Ranges: [{ CidrIpv6: '::/0' }] } },
    { title: 'another group', sources: { UserIdGroupPairs: [{ GroupId: 'sg-2' }] } },
    { title: 'a prefix list', sources: { PrefixListIds: [{ PrefixListId: 'pl-1' }] } },
  ])('to which a rule for $title was added: the rule is found, and revoked as it is', async ({ sources }) => {
    const permission = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, ...sources };
    const { changes } = await found(
      ['Group'],
      { ...IN_SYNC, DescribeSecurityGroups: { SecurityGroups: [{ IpPermissions: [permission] }] } },
      GROUP,
    );
    const permissions = JSON.stringify([permission]);
    expect(changes.map(({ property, fix }) => ({ property, fix }))).toEqual([
      {
        property: 'ingress',
        fix: `aws ec2 revoke-security-group-ingress --region ap-northeast-1 --group-id group --ip-permissions '${permissions}'`,
      },
    ]);
  });

  it('has the rules of the template, one for a prefix list among them', async () => {
    const ports = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    const { changes } = await found(
      ['Group', 'Rule'],
      {
        ...IN_SYNC,
        DescribeSecurityGroups: {
          SecurityGroups: [{ IpPermissions: [{ ...ports, PrefixListIds: [{ PrefixListId: 'pl-1' }] }] }],
        },
      },
      {
        ...GROUP,
        Rule: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { ...ports, GroupId: { Ref: 'Group' }, SourcePrefixListId: 'pl-1' },
        },
      },
    );
    expect(changes).toEqual([]);
  });
});

describe('the attachment of the internet gateway', () => {
  const ATTACHMENT = {
    Attachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { InternetGatewayId: 'igw-1', VpcId: 'vpc-1' },
    },
  };
  const options = (gatewayId: string) => `--region ap-northeast-1 --internet-gateway-id ${gatewayId} --vpc-id vpc-1`;

  it.each([
    {
      title: 'no gateway is attached: the own one is',
      gateways: [],
      fix: `aws ec2 attach-internet-gateway ${options('igw-1')}`,
    },
    {
      title: 'another gateway is attached: it is detached first, since EC2 refuses a second one',
      gateways: [{ InternetGatewayId: 'igw-2' }],
      fix: `aws ec2 detach-internet-gateway ${options('igw-2')}\naws ec2 attach-internet-gateway ${options('igw-1')}`,
    },
  ])('$title', async ({ gateways, fix }) => {
    const { changes } = await found(
      ['Attachment'],
      { DescribeInternetGateways: { InternetGateways: gateways } },
      ATTACHMENT,
    );
    expect(changes.map((change) => change.fix)).toEqual([fix]);
  });
});

test('no more than five resources are asked for at a time', async () => {
  let [now, most] = [0, 0];
  const names = Array.from({ length: 20 }, (_, index) => `Bucket${index}`);
  const answers = {
    DetectStackResourceDrift: async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now--;
      return {};
    },
  };
  const buckets = Object.fromEntries(names.map((name) => [name, RESOURCES.Bucket]));
  const { notCompared } = await found(['AWS::S3::Bucket'], answers, buckets);
  expect(notCompared.map(({ logicalId }) => logicalId)).toEqual(names);
  expect(most).toBe(5);
});

test.each([...COMPARED_BY_CLOUDFORMATION])('%s: each property is named, and so is its deletion', async (Type) => {
  const all = (['prod', 'dev'] as const).flatMap((name) => Object.values(template(name).Resources));
  for (const Own of all.filter((each) => each.Type === Type)) {
    const paths = leaves(Own.Properties ?? {}).filter((path) => path !== '/DesiredCount');
    const PropertyDifferences = paths.map((PropertyPath) => ({ PropertyPath, ExpectedValue: '1', ActualValue: '2' }));
    const ExpectedProperties = JSON.stringify(Own.Properties);
    const modified = { ResourceType: Type, ExpectedProperties, PropertyDifferences };
    const ask = async (StackResourceDriftStatus: string) =>
      (await found([Type], drift({ ...modified, StackResourceDriftStatus }), { Own: { Type } })).changes;
    const changes = await ask('MODIFIED');
    expect(changes.map(({ fix }) => fix)).toEqual(paths.map(() => expect.stringMatching(/--revert-drift$/) as string));
    expect(changes.filter(({ property }) => property === '')).toEqual([]);
    const fix = Type === 'AWS::RDS::DBInstance' ? /docs\/moving-in\.md$/ : /--revert-drift$/;
    expect(await ask('DELETED')).toMatchObject([{ property: '', fix: expect.stringMatching(fix) as string }]);
  }
});

test('secrets are masked', async () => {
  const PropertyDifferences = [
    { PropertyPath: '/Environment/API_KEY', ExpectedValue: 'abcdefgh', ActualValue: 'ijklmnop' },
  ];
  const { changes } = await found(['Bucket'], drift({ StackResourceDriftStatus: 'MODIFIED', PropertyDifferences }));
  expect(changes.map(sentenceOf)).toEqual([
    'changed by hand: environment API_KEY `(hidden value 1)` → `(hidden value 2)`',
  ]);
});

test('policies that grant the same are the same', () => {
  const one = { Version: '2012-10-17', Statement: { Sid: '1', Action: ['a:B'], Principal: { AWS: '*' } } };
  const other = JSON.stringify({ Version: '2012-10-17', Statement: [{ Action: 'a:B', Principal: '*' }] });
  expect(normalizePolicy(one)).toEqual(normalizePolicy(other));
  expect(normalizePolicy(one)).not.toEqual(normalizePolicy(other.replace('a:B', 'a:*')));
});

test.each([
  ['names in any case of letters', { MinCapacity: '2' }, { minCapacity: 2 }, []],
  ['lists in any order', { A: ['x', { B: 1 }] }, { A: [{ b: 1, c: 2 }, 'x'] }, []],
  ['JSON as a text', { A: '{"b":1}' }, { A: { b: 1 } }, []],
  ['nothing for an empty list', { A: [] }, {}, []],
  ['what the template does not set', { A: 1 }, { A: 1, B: 2 }, []],
  ['another value', { A: { B: 1 } }, { a: { b: 2 } }, ['/A/B']],
  ['a value that is gone', { A: { B: 1 } }, {}, ['/A']],
  ['a changed item', { A: ['x', 'y'] }, { A: ['x', 'z'] }, ['/A/1']],
  ['an added item', { A: ['x'] }, { A: ['x', 'y'] }, ['/A/1']],
  ['a removed item', { A: ['x', 'y'] }, { A: ['y'] }, ['/A/0']],
  ['what is not known', { A: UNRESOLVED }, { A: 1 }, ['/A']],
])('%s', (_, expected, actual, paths) => {
  expect(differencesBetween(expected, actual).map(({ path }) => path)).toEqual(paths);
});

describe('values that mean the same are no difference', () => {
  test.each([
    {
      title: 'two JSON texts with other whitespace and another order of keys',
      expected: { A: '{"b":1,"c":[2]}' },
      actual: { A: '{\n  "c": [2],\n  "b": 1\n}' },
    },
    {
      title: 'items in another order, of which one matches two',
      expected: { A: [{ a: 1 }, { a: 1, b: 2 }] },
      actual: { A: [{ a: 1, b: 2 }, { a: 1 }] },
    },
    {
      title: 'such items with properties that only the service has',
      expected: { A: [{ a: 1 }, { a: 1, b: 2 }, { b: 2 }] },
      actual: {
        A: [
          { a: 1, b: 2, c: 3 },
          { b: 2, c: 3 },
          { a: 1, c: 3 },
        ],
      },
    },
    {
      title: 'names that differ in the case of letters only, as those of variables may',
      expected: { Variables: { Foo: '1', foo: '2' } },
      actual: { variables: { foo: '2', Foo: '1' } },
    },
  ])('$title', ({ expected, actual }) => {
    expect(differencesBetween(expected, actual)).toEqual([]);
  });
});

describe('values that only look the same are a difference', () => {
  test.each([
    {
      title: 'a key that was added to a JSON text',
      expected: { A: '{"b":1}' },
      actual: { A: '{"b":1,"c":2}' },
      paths: ['/A'],
    },
    {
      title: 'a variable that was deleted beside one of the same letters',
      expected: { Variables: { Foo: '1', foo: '1' } },
      actual: { Variables: { Foo: '1' } },
      paths: ['/Variables/foo'],
    },
    {
      title: 'one item less than match, although each of the two would match alone',
      expected: { A: [{ a: 1 }, { a: 1, b: 2 }] },
      actual: { A: [{ a: 1, b: 2 }, { a: 3 }] },
      paths: ['/A/1/a', '/A/1/b'],
    },
  ])('$title', ({ expected, actual, paths }) => {
    expect(differencesBetween(expected, actual).map(({ path }) => path)).toEqual(paths);
  });
});

test.each([
  ['/HealthCheckPath', {}, 'health check path'],
  ['/VPCSecurityGroups/0', {}, 'VPC security groups'],
  [
    '/Attributes/0/Value',
    { Attributes: [{ Key: 'stickiness.enabled', Value: 'true' }] },
    'attributes stickiness.enabled',
  ],
  [
    '/Containers/0/Environment/1/Value',
    { Containers: [{ Name: 'app', Environment: [{}, { Name: 'A' }] }] },
    'containers app environment A',
  ],
])('%s in words', (path, properties, words) => {
  expect(readableName(path, JSON.stringify(properties))).toBe(words);
});
