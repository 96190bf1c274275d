import { testRules } from '../../support/config';

const subnets = (...cidrs: string[]) => cidrs.map((cidr) => ({ cidr }));

testRules('network: EC2 refuses the subnets, or RDS and the load balancer find no second zone', [
  ['network.cidr', '10.0.0.0', 'network.cidr: 10.0.0.0 is no IPv4 range'],
  ['network.cidr', '10.0.0.0/33', 'network.cidr: 10.0.0.0/33 is no IPv4 range'],
  ['network.cidr', '10.0.0.256/16', 'network.cidr: 10.0.0.256/16 is no IPv4 range'],
  ['network.cidr', '10.0.0.1/16', "network.cidr: 10.0.0.1/16 is no IPv4 range; write the network's first address"],
  ['network.cidr', '10.0.0.0/８', 'network.cidr: "10.0.0.0/８" is no IPv4 range'],
  ['network.cidr', '10.0.0.0/8', 'network.cidr: 10.0.0.0/8 is not between /16 and /28'],
  ['network.cidr', '52.0.0.0/16', 'network.cidr: 52.0.0.0/16 is no private range'],
  [
    'network.publicSubnets[1].cidr',
    '10.1.2.0/24',
    'dev: network.publicSubnets[1].cidr: 10.1.2.0/24 lies outside 10.0.0.0/16',
  ],
  [
    'network.privateSubnets[0].cidr',
    '10.0.2.128/25',
    'network.privateSubnets[0].cidr: 10.0.2.128/25 overlaps 10.0.2.0/24 of network.publicSubnets[1].cidr',
  ],
  ['network.privateSubnets[0].cidr', '10.0.11.0/29', 'network.privateSubnets[0].cidr: 10.0.11.0/29 is not between /16'],
  ['network.publicSubnets', subnets('10.0.1.0/24'), 'network.publicSubnets: 1 for 2 availability zones'],
  ['network.privateSubnets', subnets(), 'network.privateSubnets: 0 for 2 availability zones'],
  [
    'network.availabilityZones',
    ['ap-northeast-1a'],
    'network.availabilityZones: ap-northeast-1a: fewer than two zones',
  ],
  [
    'network.availabilityZones[1]',
    'us-east-1a',
    'network.availabilityZones[1]: us-east-1a is no zone of ap-northeast-1',
  ],
  [
    'network.availabilityZones[1]',
    'a\nprod: name: x',
    'network.availabilityZones[1]: "a\\nprod: name: x" is no zone of ap-northeast-1; a zone',
  ],
  ['network.availabilityZones[1]', 'ap-northeast-1', 'network.availabilityZones[1]: ap-northeast-1 is no zone of'],
  [
    'network.availabilityZones[1]',
    'ap-northeast-1a',
    'network.availabilityZones[1]: ap-northeast-1a stands here twice',
  ],
]);
