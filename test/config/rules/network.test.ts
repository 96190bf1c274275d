import { dev } from '../../support/configs/dev';
import { testAccepted, testRules } from '../../support/config';

const subnets = (...cidrs: string[]) => cidrs.map((cidr) => ({ cidr }));

/** A /16 and its subnets. */
const network = (net: string) => ({
  ...dev.network,
  cidr: `${net}.0.0/16`,
  publicSubnets: subnets(`${net}.0.0/24`, `${net}.1.0/27`),
  privateSubnets: subnets(`${net}.1.32/28`, `${net}.255.0/24`),
});

testRules('network: EC2 refuses the subnets, or RDS and the load balancer find no second zone', [
  ['network.cidr', '10.0.0.0', '10.0.0.0 is not an IPv4 range'],
  ['network.cidr', '10.0.0.0/33', '10.0.0.0/33 is not an IPv4 range'],
  ['network.cidr', '10.0.0.256/16', '10.0.0.256/16 is not an IPv4 range'],
  ['network.cidr', '10.0.0.1/16', "10.0.0.1/16 is not an IPv4 range; write the network's first address"],
  ['network.cidr', '10.0.256.0/24', '10.0.256.0/24 is not an IPv4 range'],
  ['network.cidr', '010.0.0.0/16', '010.0.0.0/16 is not an IPv4 range'],
  ['network.cidr', '10.0.0.0/116', '10.0.0.0/116 is not an IPv4 range'],
  ['network.cidr', '10.0.0.0/160', '10.0.0.0/160 is not an IPv4 range'],
  ['network.cidr', 'fd00::/16', 'fd00::/16 is not an IPv4 range'],
  ['network.cidr', '10.0.0.0/15', '10.0.0.0/15 is not between /16 and /28'],
  ['network.cidr', '10.0.0.0/29', '10.0.0.0/29 is not between /16 and /28'],
  ['network.cidr', '10.0.0.0/32', '10.0.0.0/32 is not between /16 and /28'],
  ['network.cidr', '10.0.0.0/８', '"10.0.0.0/８" is not an IPv4 range'],
  ['network.cidr', '10.0.0.0/8', '10.0.0.0/8 is not between /16 and /28'],
  [
    'network.cidr',
    '52.0.0.0/16',
    '52.0.0.0/16 is not a private range; write one inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16',
  ],
  ...['9.255', '11.0', '172.15', '172.32', '192.167', '192.169'].map((net): [string, unknown, string] => [
    'network',
    network(net),
    `${net}.0.0/16 is not a private range`,
  ]),
  [
    'network.publicSubnets[0].cidr',
    '10.0.1.0',
    "10.0.1.0 is not an IPv4 range; write the network's first address and its length",
  ],
  [
    'network.publicSubnets[1].cidr',
    '10.0.2.0/28',
    '10.0.2.0/28 is too small; write a /27 or larger, in which a load balancer finds its addresses',
  ],
  ['network.publicSubnets[1].cidr', '10.1.2.0/24', '10.1.2.0/24 lies outside network.cidr, 10.0.0.0/16'],
  [
    'network.privateSubnets[0].cidr',
    '10.0.2.128/25',
    '10.0.2.128/25 overlaps 10.0.2.0/24 of network.publicSubnets[1].cidr; write ranges that share no address',
  ],
  [
    'network.privateSubnets[0].cidr',
    '10.0.0.0/22',
    '10.0.0.0/22 overlaps 10.0.1.0/24 of network.publicSubnets[0].cidr',
  ],
  [
    'network.privateSubnets[1].cidr',
    '10.0.11.0/24',
    '10.0.11.0/24 overlaps 10.0.11.0/24 of network.privateSubnets[0].cidr',
  ],
  ['network.privateSubnets[0].cidr', '10.0.11.0/29', '10.0.11.0/29 is not between /16'],
  ['network.publicSubnets', subnets('10.0.1.0/24'), '1 for 2 availability zones'],
  ['network.privateSubnets', subnets(), '0 for 2 availability zones'],
  ['network.availabilityZones', ['ap-northeast-1a'], 'ap-northeast-1a is fewer than two zones'],
  [
    'network.availabilityZones',
    ['ap-northeast-1a', 'ap-northeast-1a'],
    'ap-northeast-1a, ap-northeast-1a is fewer than two zones; write two, which load balancer',
  ],
  ['network.availabilityZones[1]', 'ap-northeast-1b', 'ap-northeast-1b is closed to accounts that do not use it'],
  ...['ap-northeast-11a', 'ap-northeast-1ab', 'ap-northeast-1z', 'ap-northeast-1A'].map(
    (zone): [string, string, string] => [
      'network.availabilityZones[1]',
      zone,
      `${zone} is not a zone of ap-northeast-1`,
    ],
  ),
  ['network.availabilityZones[1]', 'us-east-1a', 'us-east-1a is not a zone of ap-northeast-1'],
  [
    'network.availabilityZones[1]',
    'a\nprod: name: x',
    '"a\\nprod: name: x" is not a zone of ap-northeast-1; write the region and',
  ],
  ['network.availabilityZones[1]', 'ap-northeast-1', 'ap-northeast-1 is not a zone of'],
  ['network.availabilityZones[1]', 'ap-northeast-1a', 'ap-northeast-1a is listed twice'],
]);

testAccepted(
  'network: every private range, and subnets up to its last address',
  ['10.0', '10.255', '172.16', '172.31', '192.168'].map((net) => ['network', network(net)]),
);
