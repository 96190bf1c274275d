import type { Json } from '../support/template';
import { ABSENT, ALL, COUNT, type Row, type Table } from './table';

const HTTP = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 80, ToPort: 80, Description: 'HTTP' };
const HTTPS = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS' };

/** Steps 1 and 2: VPC and security groups. AWS takes ASCII only in rules' descriptions, hence English ones. */
export const network: readonly Table[] = [
  {
    chapter: '1-1',
    part: 'vpc',
    rows: [
      { item: '名前タグの自動生成', path: 'Tags.Name.Value', both: 'prooflink-{env}-vpc' },
      { item: 'IPv4 CIDRブロック', path: 'CidrBlock', both: '10.0.0.0/16' },
      { item: 'テナンシー', path: 'InstanceTenancy', both: 'default' },
    ],
  },
  {
    chapter: '1-1',
    type: 'AWS::EC2::VPCCidrBlock',
    rows: [{ item: 'IPv6 CIDRブロック: なし', path: COUNT, both: 0 }],
  },
  {
    chapter: '1-1',
    type: 'AWS::EC2::NatGateway',
    rows: [{ item: 'NATゲートウェイ: なし', path: COUNT, both: 0 }],
  },
  {
    chapter: '1-1',
    type: 'AWS::EC2::Subnet',
    within: 'Network/',
    rows: [{ item: 'サブネットの数', path: COUNT, both: 4 }],
  },
  subnet('public1', 'a', '10.0.1.0/24'),
  subnet('public2', 'c', '10.0.2.0/24'),
  subnet('private1', 'a', '10.0.11.0/24'),
  subnet('private2', 'c', '10.0.12.0/24'),
  {
    chapter: '1-1',
    part: 'internetGateway',
    rows: [{ item: 'インターネットゲートウェイ', path: 'Tags.Name.Value', both: 'prooflink-{env}-igw' }],
  },
  {
    chapter: '1-1',
    part: 's3Endpoint',
    within: 'Network/',
    rows: [
      { item: 'VPCエンドポイントの数', path: COUNT, both: 1 },
      { item: 'VPCエンドポイント', path: 'ServiceName', both: 'com.amazonaws.ap-northeast-1.s3' },
      { item: 'ゲートウェイ', path: 'VpcEndpointType', both: 'Gateway' },
    ],
  },
  {
    chapter: '2-1',
    type: 'AWS::EC2::SecurityGroup',
    called: 'prooflink-{env}-alb-sg',
    rows: securityGroup({
      description: 'Security group for ALB',
      outbound: 'Allow all outbound',
      inbound: { dev: [HTTP, HTTPS], prod: [HTTPS] },
    }),
  },
  {
    chapter: '2-2',
    type: 'AWS::EC2::SecurityGroup',
    called: 'prooflink-{env}-ecs-sg',
    rows: securityGroup({ description: 'Security group for ECS tasks', outbound: 'External APIs and ECR pulls' }),
  },
  {
    chapter: '2-3',
    type: 'AWS::EC2::SecurityGroup',
    called: 'prooflink-{env}-rds-sg',
    rows: securityGroup({ description: 'Security group for RDS PostgreSQL', outbound: 'Allow all outbound' }),
  },
  {
    chapter: '12-2',
    type: 'AWS::EC2::SecurityGroup',
    called: 'prooflink-{env}-batch-sg',
    rows: securityGroup({
      description: 'Security group for AWS Batch',
      outbound: 'ECR pulls, S3 access and external APIs',
    }),
  },
  {
    chapter: '2-2, 2-3, 12-3',
    type: 'AWS::EC2::SecurityGroupIngress',
    within: 'SecurityGroups/',
    rows: [
      {
        item: 'インバウンドルール',
        path: ALL,
        both: [
          betweenGroups({ from: 'alb', to: 'ecs', port: 3000, description: 'Only from the ALB' }),
          betweenGroups({ from: 'ecs', to: 'rds', port: 5432, description: 'Only from ECS' }),
          betweenGroups({ from: 'batch', to: 'rds', port: 5432, description: 'From Batch' }),
        ],
      },
    ],
  },
];

function subnet(name: string, zone: string, cidr: string): Table {
  return {
    chapter: '1-1',
    type: 'AWS::EC2::Subnet',
    called: `prooflink-{env}-subnet-${name}-ap-northeast-1${zone}`,
    rows: [
      { item: 'IPv4 CIDRブロック', path: 'CidrBlock', both: cidr },
      { item: 'アベイラビリティゾーン', path: 'AvailabilityZone', both: `ap-northeast-1${zone}` },
      { item: 'IPv6 CIDRブロック: なし', path: 'Ipv6CidrBlock', both: ABSENT },
    ],
  };
}

/** A security group of the guide. */
interface SecurityGroup {
  readonly description: string;
  /** Description of the rule that opens it to everything outbound. */
  readonly outbound: string;
  /** Rules that name ranges. Those that name other groups are in a table of their own. */
  readonly inbound?: { readonly dev: Json; readonly prod: Json };
}

function securityGroup({ description, outbound, inbound }: SecurityGroup): Row[] {
  const anywhere = { CidrIp: '0.0.0.0/0', IpProtocol: '-1', Description: outbound };
  return [
    { item: '説明', path: 'GroupDescription', both: description },
    { item: 'VPC', path: 'VpcId', both: 'prooflink-{env}-vpc' },
    { item: 'インバウンドルール', path: 'SecurityGroupIngress', dev: inbound?.dev, prod: inbound?.prod },
    { item: 'アウトバウンドルール', path: 'SecurityGroupEgress', both: [anywhere] },
  ];
}

/** A rule that opens a port of a group to another group. */
interface RuleBetweenGroups {
  readonly from: 'alb' | 'ecs' | 'batch';
  readonly to: 'ecs' | 'rds';
  readonly port: number;
  readonly description: string;
}

function betweenGroups({ from, to, port, description }: RuleBetweenGroups): Json {
  return {
    GroupId: `prooflink-{env}-${to}-sg`,
    SourceSecurityGroupId: `prooflink-{env}-${from}-sg`,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    Description: description,
  };
}
