import { deployed } from '../support/deployed';

const stack = deployed('dev');

test('public subnets reach the internet, private ones do not: the database has no way out', () => {
  const routes = stack.all('AWS::EC2::Route').map(({ properties }) => properties);
  expect(routes).toEqual([
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'prooflink-dev-igw', RouteTableId: table('public1', 'a') },
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'prooflink-dev-igw', RouteTableId: table('public2', 'c') },
  ]);
});

test('every subnet has its own route table: none falls back to the main one', () => {
  const associations = stack.all('AWS::EC2::SubnetRouteTableAssociation').map(({ properties }) => properties);
  expect(associations).toEqual(
    [table('public1', 'a'), table('public2', 'c'), table('private1', 'a'), table('private2', 'c')].map((name) => ({
      RouteTableId: name,
      SubnetId: name.replace('-rtb-', '-subnet-'),
    })),
  );
});

test('S3 is reached without the internet from every subnet, and without the cost of an interface endpoint', () => {
  expect(stack.one('AWS::EC2::VPCEndpoint').properties['RouteTableIds']).toHaveLength(4);
});

test('the default security group is closed: what forgets its group is not open to its neighbours', () => {
  expect(stack.one('Custom::VpcRestrictDefaultSG').properties).toMatchObject({
    DefaultSecurityGroupId: 'prooflink-dev-vpc.DefaultSecurityGroup',
  });
});

test('a subnet’s name is no other resource’s: its route table has its own', () => {
  const named = Object.values(stack.template.Resources).filter(({ Properties = {} }) =>
    JSON.stringify(Properties['Tags'] ?? []).includes('-subnet-'),
  );
  expect(named.map(({ Type }) => Type)).toEqual(Array(4).fill('AWS::EC2::Subnet'));
});

function table(place: string, zone: string): string {
  return `prooflink-dev-rtb-${place}-ap-northeast-1${zone}`;
}
