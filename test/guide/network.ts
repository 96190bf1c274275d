import type { Json } from '../support/template';
import { ABSENT, ALL, COUNT, type Row, type Tables } from './table';

const ANYWHERE = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp' };

/** Steps 1 and 2: VPC and security groups. AWS takes ASCII only in rules' descriptions, hence English ones. */
export const network: Tables = {
  '1-1 vpc': [
    ['名前タグの自動生成', 'Tags.Name.Value', 'prooflink-{env}-vpc'],
    ['IPv4 CIDRブロック', 'CidrBlock', '10.0.0.0/16'],
    ['テナンシー', 'InstanceTenancy', 'default'],
  ],
  '1-1 AWS::EC2::VPCCidrBlock': [['IPv6 CIDRブロック: なし', COUNT, 0]],
  '1-1 AWS::EC2::NatGateway': [['NATゲートウェイ: なし', COUNT, 0]],
  '1-1 AWS::EC2::Subnet': [['サブネットの数', COUNT, 4]],
  ...subnet('public1', 'a', '10.0.1.0/24'),
  ...subnet('public2', 'c', '10.0.2.0/24'),
  ...subnet('private1', 'a', '10.0.11.0/24'),
  ...subnet('private2', 'c', '10.0.12.0/24'),
  '1-1 internetGateway': [['インターネットゲートウェイ', 'Tags.Name.Value', 'prooflink-{env}-igw']],
  '1-1 s3Endpoint': [
    ['VPCエンドポイントの数', COUNT, 1],
    ['VPCエンドポイント', 'ServiceName', 'com.amazonaws.ap-northeast-1.s3'],
    ['ゲートウェイ', 'VpcEndpointType', 'Gateway'],
  ],
  '2-1 AWS::EC2::SecurityGroup prooflink-{env}-alb-sg': group(
    'Security group for ALB',
    'Allow all outbound',
    [
      { ...ANYWHERE, FromPort: 80, ToPort: 80, Description: 'HTTP' },
      { ...ANYWHERE, FromPort: 443, ToPort: 443, Description: 'HTTPS' },
    ],
    [{ ...ANYWHERE, FromPort: 443, ToPort: 443, Description: 'HTTPS' }],
  ),
  '2-2 AWS::EC2::SecurityGroup prooflink-{env}-ecs-sg': group(
    'Security group for ECS tasks',
    'External APIs and ECR pulls',
  ),
  '2-3 AWS::EC2::SecurityGroup prooflink-{env}-rds-sg': group(
    'Security group for RDS PostgreSQL',
    'Allow all outbound',
  ),
  '12-2 AWS::EC2::SecurityGroup prooflink-{env}-batch-sg': group(
    'Security group for AWS Batch',
    'ECR pulls, S3 access and external APIs',
  ),
  '2-2, 2-3, 12-3 AWS::EC2::SecurityGroupIngress': [
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
};

function subnet(name: string, zone: string, cidr: string): Tables {
  return {
    [`1-1 AWS::EC2::Subnet prooflink-{env}-subnet-${name}-ap-northeast-1${zone}`]: [
      ['IPv4 CIDRブロック', 'CidrBlock', cidr],
      ['アベイラビリティゾーン', 'AvailabilityZone', `ap-northeast-1${zone}`],
      ['IPv6 CIDRブロック: なし', 'Ipv6CidrBlock', ABSENT],
    ],
  };
}

/** A security group, open to everything outbound; `inbound` in dev and in prod: other rules name groups, in a table of their own. */
function group(description: string, outbound: string, dev: Json | undefined = ABSENT, prod = dev): Row[] {
  return [
    ['説明', 'GroupDescription', description],
    ['VPC', 'VpcId', 'prooflink-{env}-vpc'],
    ['インバウンドルール', 'SecurityGroupIngress', dev, prod],
    ['アウトバウンドルール', 'SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1', Description: outbound }]],
  ];
}

function between(from: string, to: string, port: number, Description: string) {
  const group = (name: string) => `prooflink-{env}-${name}-sg`;
  const ports = { IpProtocol: 'tcp', FromPort: port, ToPort: port };
  return { GroupId: group(to), SourceSecurityGroupId: group(from), ...ports, Description };
}
