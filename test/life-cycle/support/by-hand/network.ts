import type { IpPermission, ResourceType } from '@aws-sdk/client-ec2';
import { sdk } from '../sdk';

export interface Network {
  readonly vpc: string;
  readonly publicSubnets: string[];
  readonly privateSubnets: string[];
  /** The guide's security groups: their names have no environment in them. */
  readonly groups: Readonly<Record<'alb' | 'ecs' | 'rds' | 'batch', string>>;
}

const ZONES = ['ap-northeast-1a', 'ap-northeast-1c'];

/** Steps 1, 2 and 12-2 of the guide. */
export async function makeNetwork(environment: 'dev' | 'prod'): Promise<Network> {
  const { ec2 } = sdk;
  const tagged = (ResourceType: ResourceType, name: string) => ({
    TagSpecifications: [{ ResourceType, Tags: [{ Key: 'Name', Value: `prooflink-${environment}-${name}` }] }],
  });
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16', ...tagged('vpc', 'vpc') });
  const VpcId = Vpc?.VpcId ?? '';
  // The console's “VPC and more” does it unasked.
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
  const { InternetGateway } = await ec2.createInternetGateway(tagged('internet-gateway', 'igw'));
  const GatewayId = InternetGateway?.InternetGatewayId;
  await ec2.attachInternetGateway({ InternetGatewayId: GatewayId, VpcId });

  async function subnets(kind: 'public' | 'private', first: number): Promise<string[]> {
    const { RouteTable } = await ec2.createRouteTable({ VpcId });
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    if (kind === 'public') await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId });
    const ServiceName = 'com.amazonaws.ap-northeast-1.s3';
    await ec2.createVpcEndpoint({ VpcId, ServiceName, RouteTableIds: [RouteTableId] });
    return await Promise.all(
      ZONES.map(async (AvailabilityZone, index) => {
        const name = tagged('subnet', `subnet-${kind}${index + 1}-${AvailabilityZone}`);
        const CidrBlock = `10.0.${first + index}.0/24`;
        const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZone, ...name });
        await ec2.associateRouteTable({ RouteTableId, SubnetId: Subnet?.SubnetId });
        return Subnet?.SubnetId ?? '';
      }),
    );
  }

  async function group(name: string, Description: string, ...inbound: IpPermission[]): Promise<string> {
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: `prooflink-${name}-sg`, Description, VpcId });
    if (inbound.length > 0) await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: inbound });
    return GroupId;
  }
  const open = environment === 'dev' ? [80, 443] : [443];
  const alb = await group('alb', 'Security group for ALB', ...open.map((port) => from(port, '0.0.0.0/0')));
  const ecs = await group('ecs', 'Security group for ECS tasks', from(3000, alb));
  const batch = await group('batch', 'Security group for AWS Batch');
  const rds = await group('rds', 'Security group for RDS PostgreSQL', from(5432, ecs), from(5432, batch));
  return {
    vpc: VpcId,
    publicSubnets: await subnets('public', 1),
    privateSubnets: await subnets('private', 11),
    groups: { alb, ecs, rds, batch },
  };
}

/** A port that is open to a range or to a group. */
function from(port: number, source: string): IpPermission {
  const who = source.startsWith('sg-')
    ? { UserIdGroupPairs: [{ GroupId: source }] }
    : { IpRanges: [{ CidrIp: source }] };
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...who };
}
