import { type Pair, tcp } from './pair';

export const NETWORK_2: readonly Pair[] = [
  [
    'a list of rules by a condition',
    'weaker',
    'from `0.0.0.0/0` (everyone)',
    (s) =>
      s.set('SecurityGroups/Rds', {
        SecurityGroupIngress: {
          'Fn::If': ['HasAppImage', [tcp(5432, { CidrIp: '0.0.0.0/0' })], { Ref: 'AWS::NoValue' }],
        },
      }),
  ],
  [
    'requests to somewhere else',
    'weaker',
    'AliasTarget',
    (s) => s.set('LoadBalancer/Domain/Alias', { AliasTarget: { DNSName: 'evil.example.com', HostedZoneId: 'Z' } }),
  ],
  [
    'a function with a URL',
    'weaker',
    'can no longer be told',
    (s) => s.add('Url', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'x' }),
  ],
  [
    'a bastion',
    'weaker',
    'can no longer be told',
    (s) => s.add('Bastion', 'AWS::EC2::Instance', { SubnetId: { Ref: s.id('Network/Vpc/PublicSubnet1/Subnet') } }),
  ],
  [
    'public addresses in a subnet',
    'weaker',
    'MapPublicIpOnLaunch',
    (s) => s.set('Network/Vpc/PublicSubnet1/Subnet', { MapPublicIpOnLaunch: true }),
  ],
];
