import { dev } from '../../support/configs';
import { brokenWith, refuses, takes } from '../../support/config';

const PUBLIC = 'network.publicSubnets';
const PRIVATE = 'network.privateSubnets';
const ZONES = 'network.availabilityZones';
const subnets = (...cidrs: string[]) => cidrs.map((cidr) => ({ cidr }));

/** A /16 and its subnets. */
const network = (net: string) => ({
  ...dev.network,
  cidr: `${net}.0.0/16`,
  publicSubnets: subnets(`${net}.0.0/24`, `${net}.1.0/27`),
  privateSubnets: subnets(`${net}.1.32/28`, `${net}.255.0/24`),
});

refuses('EC2 refuses the subnets, or RDS and the load balancer find no second zone', dev, [
  // Texts that are no ranges: test/config/ip-range.test.ts.
  {
    field: 'network.cidr',
    values: ['10.0.0.1/16', 'fd00::/16', '10.0.0.0/８'],
    says: "is not an IPv4 range; write the network's first address",
  },
  { field: 'network.cidr', values: ['10.0.0.0/15', '10.0.0.0/29'], says: 'is not between /16 and /28' },
  {
    field: 'network.cidr',
    values: ['52.0.0.0/16'],
    says: 'is not a private range; write one inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16',
  },
  {
    field: `${PUBLIC}[1].cidr`,
    values: ['10.0.2.0/28'],
    says: 'is too small; write a /27 or larger, in which a load balancer finds its addresses',
  },
  { field: `${PRIVATE}[0].cidr`, values: ['10.0.11.0/29'], says: 'is not between /16' },
  { field: PUBLIC, values: [subnets('10.0.1.0/24')], says: '1 for 2 availability zones' },
  { field: PRIVATE, values: [[]], says: '0 for 2 availability zones' },
  { breaksMore: true, field: ZONES, values: [['ap-northeast-1a']], says: 'ap-northeast-1a is fewer than two zones' },
  {
    breaksMore: true,
    field: ZONES,
    values: [['ap-northeast-1a', 'ap-northeast-1a']],
    says: 'ap-northeast-1a, ap-northeast-1a is fewer than two zones; write two, which load balancer',
  },
  { field: `${ZONES}[1]`, values: ['ap-northeast-1b'], says: 'is closed to accounts that do not use it' },
  {
    field: `${ZONES}[1]`,
    values: ['ap-northeast-11a', 'ap-northeast-1A', 'us-east-1a', 'ap-northeast-1'],
    says: 'is not a zone of ap-northeast-1',
  },
  { breaksMore: true, field: `${ZONES}[1]`, values: ['ap-northeast-1a'], says: 'is listed twice' },
]);

const nets = ['10.0', '10.255', '172.16', '172.31', '192.168'].map(network);
takes('every private range, and subnets up to its last address', dev, [{ field: 'network', values: nets }]);

const inZones = (region: string, letters: string) =>
  brokenWith(dev, { region, [ZONES]: letters.split('').map((letter) => `${region}${letter}`) });

test.each([
  { region: 'ap-northeast-1', zones: 'ae', letters: 'a, c, d' },
  { region: 'ap-northeast-3', zones: 'ad', letters: 'a, b, c' },
])('a zone that $region does not have is refused: EC2 makes no subnet in it', ({ region, zones, letters }) => {
  expect(inZones(region, zones)).toEqual([
    `dev: ${ZONES}[1]: ${region}${zones.slice(-1)} is not a zone of ${region}; write the region and one of ${letters}`,
  ]);
});

test.each([
  { region: 'ap-northeast-1', zones: 'cd' },
  { region: 'ap-northeast-2', zones: 'ad' },
  { region: 'ca-central-1', zones: 'ad' },
  { region: 'us-east-1', zones: 'af' },
  { region: 'us-west-2', zones: 'bd' },
  { region: 'me-west-1', zones: 'ac' },
])('zones that $region has are allowed', ({ region, zones }) => {
  expect(inZones(region, zones)).toEqual([]);
});
