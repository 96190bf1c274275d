import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';

const stack = deployed('dev');
const PUBLIC = ['public1-ap-northeast-1a', 'public2-ap-northeast-1c'];
const PRIVATE = ['private1-ap-northeast-1a', 'private2-ap-northeast-1c'];

function propertiesOf(type: string) {
  return stack.all(type).map(({ properties }) => properties);
}

test('public subnets reach the internet, private ones do not: the database has no way out', () => {
  expect(propertiesOf('AWS::EC2::Route')).toEqual(
    PUBLIC.map((place) => ({
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: 'prooflink-dev-igw',
      RouteTableId: `prooflink-dev-rtb-${place}`,
    })),
  );
});

test('every subnet has its own route table: none falls back to the main one', () => {
  expect(propertiesOf('AWS::EC2::SubnetRouteTableAssociation')).toEqual(
    [...PUBLIC, ...PRIVATE].map((place) => ({
      RouteTableId: `prooflink-dev-rtb-${place}`,
      SubnetId: `prooflink-dev-subnet-${place}`,
    })),
  );
});

test('S3 is reached without the internet from every subnet, and without the cost of an interface endpoint', () => {
  expect(stack.partAt(Part.s3Endpoint, 'RouteTableIds')).toHaveLength(4);
});

test('the default security group is closed: what forgets its group is not open to its neighbours', () => {
  const group = stack.partAt(Part.defaultSecurityGroup, 'DefaultSecurityGroupId');
  expect(group).toBe('prooflink-dev-vpc.DefaultSecurityGroup');
});

test('a subnet’s name is no other resource’s: its route table has its own', () => {
  const named = Object.values(stack.template.Resources).filter(({ Properties = {} }) =>
    JSON.stringify(Properties['Tags'] ?? []).includes('-subnet-'),
  );
  expect(named.map(({ Type }) => Type)).toEqual(Array(4).fill('AWS::EC2::Subnet'));
});

test.each([
  {
    part: Part.loadBalancer,
    path: 'Subnets',
    subnets: ['public1-ap-northeast-1a', 'public2-ap-northeast-1c', 'public3-ap-northeast-1d'],
  },
  {
    part: Part.webService,
    path: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
    subnets: ['public1-ap-northeast-1a', 'public2-ap-northeast-1c', 'public3-ap-northeast-1d'],
  },
  {
    part: Part.computeEnvironment,
    path: 'ComputeResources.Subnets',
    subnets: ['public1-ap-northeast-1a', 'public2-ap-northeast-1c', 'public3-ap-northeast-1d'],
  },
  {
    part: Part.databaseSubnetGroup,
    path: 'SubnetIds',
    subnets: ['private1-ap-northeast-1a', 'private2-ap-northeast-1c', 'private3-ap-northeast-1d'],
  },
])('where there are three zones, $part.path is in all of them', ({ part, path, subnets }) => {
  const names = subnets.map((subnet) => `prooflink-testlarge-subnet-${subnet}`);
  expect(deployed('testlarge').partAt(part, path)).toEqual(names);
});
