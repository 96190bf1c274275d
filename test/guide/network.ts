import { ABSENT, ALL, COUNT, type Table } from './table';

const ANYWHERE = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp' };

/** An outbound rule that allows everything. */
const allOutbound = (Description: string) => [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1', Description }];

/** Steps 1 and 2: VPC and security groups. AWS takes ASCII only in rules' descriptions, hence English ones. */
export const network: Table[] = [
  {
    chapter: '1-1',
    resource: ['AWS::EC2::VPC'],
    rows: [
      ['名前タグの自動生成', 'Tags.Name.Value', 'prooflink-{env}-vpc'],
      ['IPv4 CIDRブロック', 'CidrBlock', '10.0.0.0/16'],
      ['テナンシー', 'InstanceTenancy', 'default'],
    ],
  },
  { chapter: '1-1', resource: ['AWS::EC2::VPCCidrBlock'], rows: [['IPv6 CIDRブロック: なし', COUNT, 0]] },
  { chapter: '1-1', resource: ['AWS::EC2::NatGateway'], rows: [['NATゲートウェイ: なし', COUNT, 0]] },
  { chapter: '1-1', resource: ['AWS::EC2::Subnet'], rows: [['サブネットの数', COUNT, 4]] },
  ...(
    [
      ['public1', 'a', '10.0.1.0/24'],
      ['public2', 'c', '10.0.2.0/24'],
      ['private1', 'a', '10.0.11.0/24'],
      ['private2', 'c', '10.0.12.0/24'],
    ] as const
  ).map(([subnet, zone, cidr]): Table => ({
    chapter: '1-1',
    resource: ['AWS::EC2::Subnet', `prooflink-{env}-subnet-${subnet}-ap-northeast-1${zone}`],
    rows: [
      ['IPv4 CIDRブロック', 'CidrBlock', cidr],
      ['アベイラビリティゾーン', 'AvailabilityZone', `ap-northeast-1${zone}`],
      ['IPv6 CIDRブロック: なし', 'Ipv6CidrBlock', ABSENT],
    ],
  })),
  {
    chapter: '1-1',
    resource: ['AWS::EC2::InternetGateway'],
    rows: [['インターネットゲートウェイ', 'Tags.Name.Value', 'prooflink-{env}-igw']],
  },
  {
    chapter: '1-1',
    resource: ['AWS::EC2::VPCEndpoint'],
    rows: [
      ['VPCエンドポイントの数', COUNT, 1],
      ['VPCエンドポイント', 'ServiceName', 'com.amazonaws.ap-northeast-1.s3'],
      ['ゲートウェイ', 'VpcEndpointType', 'Gateway'],
    ],
  },
  {
    chapter: '2-1',
    resource: ['AWS::EC2::SecurityGroup', 'prooflink-{env}-alb-sg'],
    rows: [
      ['説明', 'GroupDescription', 'Security group for ALB'],
      ['VPC', 'VpcId', 'prooflink-{env}-vpc'],
      [
        'インバウンドルール',
        'SecurityGroupIngress',
        [
          { ...ANYWHERE, FromPort: 80, ToPort: 80, Description: 'HTTP' },
          { ...ANYWHERE, FromPort: 443, ToPort: 443, Description: 'HTTPS' },
        ],
        [{ ...ANYWHERE, FromPort: 443, ToPort: 443, Description: 'HTTPS' }],
      ],
      ['アウトバウンドルール', 'SecurityGroupEgress', allOutbound('Allow all outbound')],
    ],
  },
  {
    chapter: '2-2',
    resource: ['AWS::EC2::SecurityGroup', 'prooflink-{env}-ecs-sg'],
    rows: [
      ['説明', 'GroupDescription', 'Security group for ECS tasks'],
      ['VPC', 'VpcId', 'prooflink-{env}-vpc'],
      ['インバウンドルール (下表のみ)', 'SecurityGroupIngress', ABSENT],
      ['アウトバウンドルール', 'SecurityGroupEgress', allOutbound('External APIs and ECR pulls')],
    ],
  },
  {
    chapter: '2-3',
    resource: ['AWS::EC2::SecurityGroup', 'prooflink-{env}-rds-sg'],
    rows: [
      ['説明', 'GroupDescription', 'Security group for RDS PostgreSQL'],
      ['VPC', 'VpcId', 'prooflink-{env}-vpc'],
      ['インバウンドルール (下表のみ)', 'SecurityGroupIngress', ABSENT],
      ['アウトバウンドルール', 'SecurityGroupEgress', allOutbound('Allow all outbound')],
    ],
  },
  {
    chapter: '12-2',
    resource: ['AWS::EC2::SecurityGroup', 'prooflink-{env}-batch-sg'],
    rows: [
      ['説明', 'GroupDescription', 'Security group for AWS Batch'],
      ['VPC', 'VpcId', 'prooflink-{env}-vpc'],
      ['インバウンドルール: 不要', 'SecurityGroupIngress', ABSENT],
      ['アウトバウンドルール', 'SecurityGroupEgress', allOutbound('ECR pulls, S3 access and external APIs')],
    ],
  },
  {
    chapter: '2-2, 2-3, 12-3',
    resource: ['AWS::EC2::SecurityGroupIngress'],
    rows: [
      [
        'インバウンドルール',
        ALL,
        [
          between('alb', 'ecs', 3000, 'Only from the ALB'),
          between('ecs', 'rds', 5432, 'Only from ECS'),
          between('batch', 'rds', 5432, 'From Batch'),
        ],
      ],
    ],
  },
];

function between(from: string, to: string, port: number, Description: string) {
  const group = (name: string) => `prooflink-{env}-${name}-sg`;
  const ports = { IpProtocol: 'tcp', FromPort: port, ToPort: port };
  return { GroupId: group(to), SourceSecurityGroupId: group(from), ...ports, Description };
}
