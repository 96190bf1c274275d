import type { Template } from '@infra/common/template';
import { isRecord } from '@infra/common/values';
import type { ComparedResource } from '../../../deployed/changed-by-hand/comparison';
import { differencesBetween, UNRESOLVED } from '../../../deployed/changed-by-hand/differences';
import { normalizePolicy } from '../../../deployed/changed-by-hand/policy-document';
import { COMPARED_BY_CLOUDFORMATION } from '../../../deployed/changed-by-hand/cloudformation-drift';
import { readableName } from '../../../deployed/changed-by-hand/property-name';
import { COMPARISONS, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import type { Answers } from '../../support/answer-commands';
import { template } from '../../../../test/support/assembly';
import { drift, findingsOn as findingsOnResources, IN_SYNC, notFound, REDEPLOY } from './findings';

/** Paths of the values in a template. A function of CloudFormation is a value, too. */
function valuePaths(value: unknown, path = ''): string[] {
  const isFunction = isRecord(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (typeof value !== 'object' || value === null || isFunction) return [path];
  return Object.entries(value).flatMap(([key, item]) => valuePaths(item, `${path}/${key}`));
}

/** A policy on a resource whose id only AWS knows. */
const POLICY_DOCUMENT = { Statement: [{ Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Database', 'DbiResourceId'] } }] };

const RESOURCES = {
  Rights: {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'p', Roles: ['r'], PolicyDocument: POLICY_DOCUMENT },
  },
  Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
  Database: { Type: 'AWS::RDS::DBInstance' },
  Bucket: { Type: 'AWS::S3::Bucket' },
};

/** Findings on resources by their logical ids, or of their types, while AWS answers. */
const findingsOn = (idsOrTypes: readonly string[], aws: Answers, resources: Template['Resources'] = RESOURCES) =>
  findingsOnResources(idsOrTypes, aws, resources);

test('a storage that was grown beyond its maximum is written down first, too: RDS refuses the deploy that shrinks it', async () => {
  const { changes } = await findingsOn(
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
  expect(changes).toHaveLength(1);
  expect(changes[0]?.actual).toBe('200');
  expect(changes[0]?.fix).toMatch(/^set database\.allocatedStorage in lib\/config to 200 GiB, .* --revert-drift/);
});

describe('what cannot be compared is said, with the reason', () => {
  it.each([
    { title: 'a type that CloudFormation refuses', aws: {}, reason: /AccessDenied: DetectStackResourceDrift/ },
    {
      title: 'a resource that CloudFormation could not read',
      aws: drift({ StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'no right to read it' }),
      reason: /no right to read it/,
    },
    {
      title: 'a resource that CloudFormation did not check',
      aws: drift({ StackResourceDriftStatus: 'NOT_CHECKED' }),
      reason: /answers NOT_CHECKED/,
    },
    { title: 'no answer', aws: { DetectStackResourceDrift: {} }, reason: /answers nothing/ },
  ])('$title', async ({ aws, reason }) => {
    const { changes, notCompared } = await findingsOn(['Targets'], aws);
    expect(changes).toEqual([]);
    expect(notCompared).toHaveLength(1);
    expect(notCompared[0]).toMatchObject({ logicalId: 'Targets', property: '' });
    expect(notCompared[0]?.reason).toMatch(reason);
  });

  it.each([
    { stackStatus: 'CREATE_FAILED' },
    { stackStatus: 'DELETE_FAILED' },
    { stackStatus: 'ROLLBACK_COMPLETE' },
    { stackStatus: 'ROLLBACK_FAILED' },
    { stackStatus: 'UPDATE_FAILED' },
  ])('a stack that is $stackStatus, in which CloudFormation refuses to compare', async ({ stackStatus }) => {
    const { changes, notCompared } = await findingsOnResources(['Bucket'], IN_SYNC, RESOURCES, { stackStatus });
    expect(changes).toEqual([]);
    expect(notCompared.map(({ reason }) => reason)).toEqual([
      `CloudFormation compares nothing while ProoflinkProd is ${stackStatus}`,
    ]);
  });

  it('but not a stack that is UPDATE_ROLLBACK_FAILED: there CloudFormation compares', async () => {
    const stackStatus = 'UPDATE_ROLLBACK_FAILED';
    const { notCompared } = await findingsOnResources(['Bucket'], IN_SYNC, RESOURCES, { stackStatus });
    expect(notCompared).toEqual([]);
  });

  it('a part of the template that only AWS knows', async () => {
    const document = { Statement: [{ Effect: 'Deny', Resource: 'db-1' }] };
    const { changes, notCompared } = await findingsOn(['Rights'], {
      GetRolePolicy: { PolicyDocument: encodeURIComponent(JSON.stringify(document)) },
    });
    expect(notCompared).toMatchObject([
      { property: 'policy document statement resource', reason: 'only AWS knows what the template says' },
    ]);
    expect(changes.map(sentenceOf)).toEqual(['changed by hand: policy document statement effect `Allow` → `Deny`']);
    expect(changes[0]?.fix).toMatch(/^aws cloudformation get-template /);
  });

  it('a right that is missing hides no other resource', async () => {
    const { changes, notCompared } = await findingsOn(
      ['Rights', 'Targets'],
      drift({ StackResourceDriftStatus: 'DELETED' }),
    );
    expect(changes.map(sentenceOf)).toEqual(['deleted by hand: AWS::ElasticLoadBalancingV2::TargetGroup']);
    expect(notCompared).toHaveLength(1);
    expect(notCompared[0]?.logicalId).toBe('Rights');
    expect(notCompared[0]?.reason).toMatch(/^Error: AccessDenied: GetRolePolicy/);
  });
});

describe('a type that a team has added', () => {
  const QUEUE = { Queue: { Type: 'AWS::SQS::Queue' } };

  it('is compared by CloudFormation, which may know it', async () => {
    const { changes } = await findingsOn(['Queue'], drift({ StackResourceDriftStatus: 'DELETED' }), QUEUE);
    expect(changes.map(sentenceOf)).toEqual(['deleted by hand: AWS::SQS::Queue']);
  });

  it('is named where CloudFormation does not support it', async () => {
    const refusal = new Error('Drift detection is not supported for resource types [AWS::SQS::Queue]');
    const { notCompared } = await findingsOn(['Queue'], { DetectStackResourceDrift: refusal }, QUEUE);
    expect(notCompared).toMatchObject([{ logicalId: 'Queue', cause: 'unsupported' }]);
  });
});

test('fixes come in the order in which they work: deploys first', async () => {
  const { changes } = await findingsOn(['Rights', 'Targets'], {
    ...drift({ StackResourceDriftStatus: 'DELETED' }),
    GetRolePolicy: notFound('NoSuchEntityException'),
  });
  expect(changes.map(({ logicalId }) => logicalId)).toEqual(['Targets', 'Rights']);
});

describe('a role', () => {
  const ROLE = { Role: { Type: 'AWS::IAM::Role' } };
  const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

  it('that was deleted is created again by a deployment', async () => {
    const { changes } = await findingsOn(
      ['Role'],
      {
        ...drift({ StackResourceDriftStatus: 'DELETED' }),
        ListRolePolicies: notFound('NoSuchEntityException'),
      },
      ROLE,
    );
    expect(changes).toMatchObject([{ property: '', fix: REDEPLOY }]);
  });

  it('has a command for each policy that was added', async () => {
    const { changes } = await findingsOn(
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
    const { changes } = await findingsOn(
      ['Role'],
      { ...IN_SYNC, ListRolePolicies: {}, ListAttachedRolePolicies: {} },
      ROLE,
    );
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
    const { changes } = await findingsOn(
      ['Group'],
      {
        ...drift({ StackResourceDriftStatus: 'DELETED' }),
        DescribeSecurityGroups: notFound('InvalidGroup.NotFound'),
      },
      GROUP,
    );
    expect(changes).toMatchObject([{ property: '', fix: REDEPLOY }]);
  });

  it('that CloudFormation could not compare is known to be deleted, too', async () => {
    const { changes, notCompared } = await findingsOn(
      ['Group'],
      { DescribeSecurityGroups: notFound('InvalidGroup.NotFound') },
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
    const { changes } = await findingsOn(
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
    const { changes } = await findingsOn(
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
    const { changes } = await findingsOn(
      ['Attachment'],
      { DescribeInternetGateways: { InternetGateways: gateways } },
      ATTACHMENT,
    );
    expect(changes.map((change) => change.fix)).toEqual([fix]);
  });
});

test('no more than five resources are asked for at a time', async () => {
  let askedNow = 0;
  let mostAsked = 0;
  const aws = {
    DetectStackResourceDrift: async () => {
      askedNow += 1;
      mostAsked = Math.max(mostAsked, askedNow);
      await new Promise((resolve) => setTimeout(resolve, 1));
      askedNow -= 1;
      return {};
    },
  };
  const names = Array.from({ length: 20 }, (_, index) => `Bucket${index}`);
  const buckets = Object.fromEntries(names.map((name) => [name, RESOURCES.Bucket]));
  const { notCompared } = await findingsOn(['AWS::S3::Bucket'], aws, buckets);
  expect(notCompared.map(({ logicalId }) => logicalId)).toEqual(names);
  expect(mostAsked).toBe(5);
});

describe.each([...COMPARED_BY_CLOUDFORMATION])('CloudFormation compares %s', (type) => {
  /** Resources of the type in prod and in dev. */
  const resourcesOfType = () =>
    (['prod', 'dev'] as const)
      .flatMap((name) => Object.values(template(name).Resources))
      .filter(({ Type }) => Type === type);

  it('each property that was changed is named, and a deployment takes it back', async () => {
    for (const { Properties = {} } of resourcesOfType()) {
      // Scaling and office hours change the number of tasks.
      const paths = valuePaths(Properties).filter((path) => path !== '/DesiredCount');
      const aws = drift({
        StackResourceDriftStatus: 'MODIFIED',
        ResourceType: type,
        ExpectedProperties: JSON.stringify(Properties),
        PropertyDifferences: paths.map((PropertyPath) => ({ PropertyPath, ExpectedValue: '1', ActualValue: '2' })),
      });
      const { changes } = await findingsOn([type], aws, { Resource: { Type: type } });
      expect(changes).toHaveLength(paths.length);
      expect(changes.filter(({ property }) => property === '')).toEqual([]);
      expect(changes.filter(({ fix }) => !fix.endsWith('--revert-drift'))).toEqual([]);
    }
  });

  it('a resource that was deleted is named, with what makes it again', async () => {
    const aws = drift({ StackResourceDriftStatus: 'DELETED', ResourceType: type });
    const { changes } = await findingsOn([type], aws, { Resource: { Type: type } });
    // A deployment would make an empty database.
    const fix = type === 'AWS::RDS::DBInstance' ? /docs\/moving-in\.md$/ : /--revert-drift$/;
    expect(changes).toMatchObject([{ property: '', fix: expect.stringMatching(fix) as string }]);
  });
});

test('secrets are masked', async () => {
  const { changes } = await findingsOn(
    ['Bucket'],
    drift({
      StackResourceDriftStatus: 'MODIFIED',
      PropertyDifferences: [
        { PropertyPath: '/Environment/API_KEY', ExpectedValue: 'abcdefgh', ActualValue: 'ijklmnop' },
      ],
    }),
  );
  expect(changes.map(sentenceOf)).toEqual([
    'changed by hand: environment API_KEY `(hidden value 1)` → `(hidden value 2)`',
  ]);
});

test('policies that grant the same are the same', () => {
  const policy = { Version: '2012-10-17', Statement: { Sid: '1', Action: ['a:B'], Principal: { AWS: '*' } } };
  const samePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Action: 'a:B', Principal: '*' }] });
  expect(normalizePolicy(policy)).toEqual(normalizePolicy(samePolicy));
  expect(normalizePolicy(policy)).not.toEqual(normalizePolicy(samePolicy.replace('a:B', 'a:*')));
});

const pathsOfDifferences = (expected: object, actual: object) =>
  differencesBetween(expected, actual).map(({ path }) => path);

describe('values that mean the same are no difference', () => {
  test.each([
    {
      title: 'names in another case of letters, and a number as a text',
      expected: { MinCapacity: '2' },
      actual: { minCapacity: 2 },
    },
    {
      title: 'lists in another order',
      expected: { A: ['x', { B: 1 }] },
      actual: { A: [{ b: 1, c: 2 }, 'x'] },
    },
    { title: 'JSON as a text', expected: { A: '{"b":1}' }, actual: { A: { b: 1 } } },
    { title: 'nothing and an empty list', expected: { A: [] }, actual: {} },
    { title: 'a property that the template does not set', expected: { A: 1 }, actual: { A: 1, B: 2 } },
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
    expect(pathsOfDifferences(expected, actual)).toEqual([]);
  });
});

describe('a difference is named by its path', () => {
  test.each([
    { title: 'another value', expected: { A: { B: 1 } }, actual: { a: { b: 2 } }, paths: ['/A/B'] },
    { title: 'a value that is gone', expected: { A: { B: 1 } }, actual: {}, paths: ['/A'] },
    { title: 'a changed item', expected: { A: ['x', 'y'] }, actual: { A: ['x', 'z'] }, paths: ['/A/1'] },
    { title: 'an added item', expected: { A: ['x'] }, actual: { A: ['x', 'y'] }, paths: ['/A/1'] },
    { title: 'a removed item', expected: { A: ['x', 'y'] }, actual: { A: ['y'] }, paths: ['/A/0'] },
    { title: 'a value that only AWS knows', expected: { A: UNRESOLVED }, actual: { A: 1 }, paths: ['/A'] },
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
    expect(pathsOfDifferences(expected, actual)).toEqual(paths);
  });
});

test.each([
  { title: 'a name is split at its capitals', path: '/HealthCheckPath', words: 'health check path' },
  {
    title: 'an abbreviation stays one, and an index is left out',
    path: '/VPCSecurityGroups/0',
    words: 'VPC security groups',
  },
  {
    title: 'an item with a key is called by that',
    path: '/Attributes/0/Value',
    properties: { Attributes: [{ Key: 'stickiness.enabled', Value: 'true' }] },
    words: 'attributes stickiness.enabled',
  },
  {
    title: 'an item with a name is called by that',
    path: '/Containers/0/Environment/1/Value',
    properties: { Containers: [{ Name: 'app', Environment: [{}, { Name: 'A' }] }] },
    words: 'containers app environment A',
  },
])('a path in words: $title', ({ path, properties = {}, words }) => {
  expect(readableName(path, JSON.stringify(properties))).toBe(words);
});
