import { DB, type Pair } from './pair';

export const DATA_2: readonly Pair[] = [
  [
    'a parameter without a default',
    'risk',
    'has no default',
    (s) => (s.template.Parameters = { ...s.template.Parameters, X: { Type: 'String' } }),
  ],
  [
    'a condition that the database stands on',
    'risk',
    'it is removed',
    (s) => {
      s.at(DB).Condition = 'HasAppImage';
    },
  ],
  [
    'the folders through another function',
    'risk',
    'refuses another `ServiceToken`',
    (s) =>
      s.set('FileStorage/Folders/imports', { ServiceToken: 'arn:aws:lambda:ap-northeast-1:123456789012:function:x' }),
  ],
  [
    'a subnet in a range that is taken',
    'risk',
    'the deployment would fail',
    (s) => s.set('Network/Vpc/PublicSubnet1/Subnet', { CidrBlock: '10.0.2.0/24' }),
  ],
  [
    'subnets that swap their zones',
    'risk',
    'its own predecessor',
    (s) => {
      s.set('Network/Vpc/PublicSubnet1/Subnet', { AvailabilityZone: 'ap-northeast-1c' });
      s.set('Network/Vpc/PublicSubnet2/Subnet', { AvailabilityZone: 'ap-northeast-1a' });
    },
  ],
  [
    'a renamed subnet',
    'risk',
    'still taken, by `Network/Vpc/PublicSubnet1/Subnet`',
    (s) => s.rename('Network/Vpc/PublicSubnet1/Subnet', 'Renamed'),
  ],
  [
    'two listeners on a port',
    'risk',
    'the deployment would fail',
    (s) => s.set('LoadBalancer/Resource/Http', { Port: 443 }),
  ],
  [
    'two alarms of a name',
    'risk',
    'the deployment would fail',
    (s) => s.add('Copy', 'AWS::CloudWatch::Alarm', s.of('Alarms/import-failed')),
  ],
  ['another network', 'risk', 'Replaced', (s) => s.set('Network/Vpc', { CidrBlock: '10.1.0.0/16' })],
];
