import { sentenceOf } from '../../src/changed-by-hand/changed-by-hand';
import { DELETED, drift, findingsOn, IN_SYNC, REVERT } from './findings';

const BUCKET = { Bucket: { Type: 'AWS::S3::Bucket' } };
const RIGHTS = {
  Rights: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: ['role'], PolicyDocument: {} } },
};

describe('what CloudFormation could not compare is said, with the reason', () => {
  it.each([
    {
      title: 'a resource that it could not read',
      aws: drift({ StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'no right to read it' }),
      reason: /^no right to read it$/,
    },
    {
      title: 'an error, such as in a state of the stack in which it refuses to compare',
      aws: { DetectStackResourceDrift: new Error('cannot be performed on stack [ProoflinkProd] in DELETE_FAILED') },
      reason: /cannot be performed .* in DELETE_FAILED$/,
    },
  ])('$title', async ({ aws, reason }) => {
    const { changes, failures } = await findingsOn(BUCKET, aws);
    expect(changes).toEqual([]);
    expect(failures).toMatchObject([{ logicalId: 'Bucket', reason: expect.stringMatching(reason) as string }]);
  });
});

test('a right that is missing hides no other resource', async () => {
  const { changes, failures } = await findingsOn({ ...RIGHTS, ...BUCKET }, DELETED);
  expect(changes.map(({ logicalId }) => logicalId)).toEqual(['Bucket']);
  expect(failures).toMatchObject([
    { logicalId: 'Rights', reason: expect.stringMatching(/^Error: AccessDenied: GetRolePolicy/) as string },
  ]);
});

describe('a type that a team has added', () => {
  const QUEUE = { Queue: { Type: 'AWS::SQS::Queue' } };

  it('is compared by CloudFormation, which may know it', async () => {
    const { changes } = await findingsOn(QUEUE, DELETED);
    expect(changes.map(sentenceOf)).toEqual(['deleted by hand']);
  });

  it('is no failure where CloudFormation does not support it', async () => {
    const refusal = new Error('Drift detection is not supported for resource types [AWS::SQS::Queue]');
    const { failures, neverCompared } = await findingsOn(QUEUE, { DetectStackResourceDrift: refusal });
    expect(failures).toEqual([]);
    expect(neverCompared).toMatchObject([{ logicalId: 'Queue' }]);
  });
});

test('a policy with a part that only AWS knows is not compared: a command would put back half of it', async () => {
  const document = { Statement: [{ Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Database', 'DbiResourceId'] } }] };
  const rights = { Type: 'AWS::IAM::Policy', Properties: { ...RIGHTS.Rights.Properties, PolicyDocument: document } };
  const { changes, neverCompared } = await findingsOn({ Rights: rights }, {});
  expect(changes).toEqual([]);
  expect(neverCompared).toMatchObject([{ logicalId: 'Rights' }]);
});

test('a storage that grew is written down before a deployment, which would shrink it: RDS refuses that', async () => {
  const { changes } = await findingsOn(
    { Database: { Type: 'AWS::RDS::DBInstance' } },
    drift({
      ResourceType: 'AWS::RDS::DBInstance',
      StackResourceDriftStatus: 'MODIFIED',
      ExpectedProperties: '{"AllocatedStorage":"20","MaxAllocatedStorage":500,"BackupRetentionPeriod":7}',
      ActualProperties: '{"AllocatedStorage":"200","MaxAllocatedStorage":500,"BackupRetentionPeriod":0}',
      PropertyDifferences: [
        { PropertyPath: '/AllocatedStorage', ExpectedValue: '20', ActualValue: '200' },
        { PropertyPath: '/BackupRetentionPeriod', ExpectedValue: '7', ActualValue: '0' },
      ],
    }),
  );
  const fix = `set database.allocatedStorage in lib/config to 200 GiB, to which it has grown, deploy that, then: ${REVERT}`;
  expect(changes).toMatchObject([{ property: 'BackupRetentionPeriod', fix }]);
});

describe('a value that was changed', () => {
  const shown = async (PropertyPath: string, ActualValue: string, properties: object) => {
    const { changes } = await findingsOn(
      { Function: { Type: 'AWS::Lambda::Function' } },
      drift({
        StackResourceDriftStatus: 'MODIFIED',
        ActualProperties: JSON.stringify(properties),
        PropertyDifferences: [{ PropertyPath, ActualValue }],
      }),
    );
    return changes.map(({ actual }) => actual);
  };

  it('is shown; its path escapes a slash and a tilde', async () => {
    expect(await shown('/Variables/a~1b~0', 'debug', { Variables: { 'a/b~': 'debug' } })).toEqual(['debug']);
  });

  it.each([
    {
      title: 'a variable with the name of a secret',
      path: '/Variables/API_KEY',
      properties: { Variables: { API_KEY: 'hunter2-correct-horse' } },
    },
    {
      title: 'one that the properties lack, so that its name is unknown',
      path: '/Environment/3/Value',
      properties: {},
    },
  ])('stays hidden if it may be a secret: $title', async ({ path, properties }) => {
    expect(await shown(path, 'hunter2-correct-horse', properties)).toEqual(['(hidden value 1)']);
  });
});

test('a route that leads elsewhere is replaced: EC2 refuses to create a second one for the same addresses', async () => {
  const route = { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' };
  const { changes } = await findingsOn(
    { Route: { Type: 'AWS::EC2::Route', Properties: route } },
    { DescribeRouteTables: { RouteTables: [{ Routes: [{ ...route, GatewayId: 'igw-2' }] }] } },
  );
  expect(changes.map(({ fix }) => fix)).toEqual([
    expect.stringMatching(/^aws ec2 replace-route .*--gateway-id igw-1$/),
  ]);
});

test('a VPC endpoint that is being deleted counts as deleted: EC2 lists it for a while, and modifies it no more', async () => {
  const endpoint = { VpcId: 'vpc-1', ServiceName: 's3', RouteTableIds: ['rtb-1'] };
  const { changes } = await findingsOn(
    { Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: endpoint } },
    { DescribeVpcEndpoints: { VpcEndpoints: [{ ...endpoint, VpcEndpointId: 'vpce-1', State: 'deleting' }] } },
  );
  expect(changes.map(({ fix }) => fix)).toEqual([expect.stringMatching(/^aws ec2 create-vpc-endpoint /)]);
});

test('rules that a template declares within a security group are left to CloudFormation: a command would revoke them', async () => {
  const ports = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
  const rule = { ...ports, CidrIp: '0.0.0.0/0' };
  const { changes } = await findingsOn(
    { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [rule] } } },
    {
      ...IN_SYNC,
      DescribeSecurityGroups: {
        SecurityGroups: [{ IpPermissions: [{ ...ports, IpRanges: [{ CidrIp: rule.CidrIp }] }] }],
      },
    },
  );
  expect(changes).toEqual([]);
});

test('no more than five resources are asked for at a time: CloudFormation refuses more', async () => {
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
  const { failures } = await findingsOn(Object.fromEntries(names.map((name) => [name, BUCKET.Bucket])), aws);
  expect(failures.map(({ logicalId }) => logicalId)).toEqual(names);
  expect(mostAsked).toBe(5);
});
