import { Match, Template } from 'aws-cdk-lib/assertions';
import { Network } from '../../lib/constructs/network';
import { names, newStack } from '../support/construct';

const PUBLIC = ['public1-ap-northeast-1a', 'public2-ap-northeast-1c'];
const PRIVATE = ['private1-ap-northeast-1a', 'private2-ap-northeast-1c'];

const stack = newStack();
new Network(stack, 'Network', {
  names,
  cidr: '10.1.0.0/16',
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  publicSubnets: [{ cidr: '10.1.0.0/22' }, { cidr: '10.1.4.0/22' }],
  privateSubnets: [{ cidr: '10.1.12.0/24' }, { cidr: '10.1.13.0/24' }],
});
const template = Template.fromStack(stack);

/** A reference to the only resource of a type with a `Name` tag. */
function refOf(type: string, name: string) {
  const tags = Match.arrayWith([{ Key: 'Name', Value: name }]);
  const ids = Object.keys(template.findResources(type, { Properties: { Tags: tags } }));
  expect(ids).toHaveLength(1);
  return { Ref: ids[0] };
}

const subnetOf = (place: string) => refOf('AWS::EC2::Subnet', `prooflink-test-subnet-${place}`);
const routeTableOf = (place: string) => refOf('AWS::EC2::RouteTable', `prooflink-test-rtb-${place}`);

test('only public subnets have a route to the internet', () => {
  // With one, the database's subnets would have a way out.
  const routes = Object.values(template.findResources('AWS::EC2::Route')).map(({ Properties }) => Properties as object);
  const gateway = refOf('AWS::EC2::InternetGateway', 'prooflink-test-igw');
  expect(routes).toEqual(
    PUBLIC.map((place) => ({
      RouteTableId: routeTableOf(place),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: gateway,
    })),
  );
});

test('every subnet has its own route table', () => {
  // Without one it uses the VPC's main table, whose routes nobody states here.
  for (const place of [...PUBLIC, ...PRIVATE]) {
    template.hasResourceProperties('AWS::EC2::SubnetRouteTableAssociation', {
      RouteTableId: routeTableOf(place),
      SubnetId: subnetOf(place),
    });
  }
});

test('every subnet reaches S3 through the free gateway endpoint', () => {
  // Requests through the internet would fail in private subnets.
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Gateway',
    RouteTableIds: [...PUBLIC, ...PRIVATE].map(routeTableOf),
  });
});

test('the default security group is closed', () => {
  // A resource that names no group gets this one, and would be open to its neighbours.
  const vpc = refOf('AWS::EC2::VPC', 'prooflink-test-vpc').Ref;
  template.hasResourceProperties('Custom::VpcRestrictDefaultSG', {
    DefaultSecurityGroupId: { 'Fn::GetAtt': [vpc, 'DefaultSecurityGroup'] },
  });
});
