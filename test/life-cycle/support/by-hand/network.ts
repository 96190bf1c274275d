import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  type IpPermission,
  type ResourceType,
} from '@aws-sdk/client-ec2';

export interface Network {
  readonly vpc: string;
  readonly publicSubnets: readonly string[];
  readonly privateSubnets: readonly string[];
  /** The guide's security groups: their names have no environment in them. */
  readonly groups: Readonly<Record<'alb' | 'ecs' | 'rds' | 'batch', string>>;
}

const ZONES = ['ap-northeast-1a', 'ap-northeast-1c'];

/** Steps 1, 2 and 12-2 of the guide. */
export async function makeNetwork(environment: 'dev' | 'prod'): Promise<Network> {
  const ec2 = new EC2Client({});
  const tagged = (ResourceType: ResourceType, name: string) => ({
    TagSpecifications: [{ ResourceType, Tags: [{ Key: 'Name', Value: `prooflink-${environment}-${name}` }] }],
  });
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', ...tagged('vpc', 'vpc') }));
  const vpc = Vpc?.VpcId ?? '';
  // The console's “VPC and more” does it unasked.
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }));
  const gateway = await ec2.send(new CreateInternetGatewayCommand(tagged('internet-gateway', 'igw')));
  const InternetGatewayId = gateway.InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpc }));

  async function subnets(kind: 'public' | 'private', range: (index: number) => string): Promise<string[]> {
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpc }));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    if (kind === 'public') {
      await ec2.send(
        new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId }),
      );
    }
    const ServiceName = 'com.amazonaws.ap-northeast-1.s3';
    await ec2.send(new CreateVpcEndpointCommand({ VpcId: vpc, ServiceName, RouteTableIds: [RouteTableId] }));
    return await Promise.all(
      ZONES.map(async (AvailabilityZone, index) => {
        const name = tagged('subnet', `subnet-${kind}${index + 1}-${AvailabilityZone}`);
        const { Subnet } = await ec2.send(
          new CreateSubnetCommand({ VpcId: vpc, CidrBlock: range(index + 1), AvailabilityZone, ...name }),
        );
        const SubnetId = Subnet?.SubnetId ?? '';
        await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
        return SubnetId;
      }),
    );
  }

  async function group(name: string, Description: string, inbound: IpPermission[] = []): Promise<string> {
    const made = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: `prooflink-${name}-sg`, Description, VpcId: vpc }),
    );
    const GroupId = made.GroupId ?? '';
    if (inbound.length > 0) {
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: inbound }));
    }
    return GroupId;
  }
  const open = environment === 'dev' ? [80, 443] : [443];
  const alb = await group(
    'alb',
    'Security group for ALB',
    open.map((port) => from(port, '0.0.0.0/0')),
  );
  const ecs = await group('ecs', 'Security group for ECS tasks', [from(3000, alb)]);
  const batch = await group('batch', 'Security group for AWS Batch');
  const rds = await group('rds', 'Security group for RDS PostgreSQL', [from(5432, ecs), from(5432, batch)]);
  return {
    vpc,
    publicSubnets: await subnets('public', (index) => `10.0.${index}.0/24`),
    privateSubnets: await subnets('private', (index) => `10.0.${10 + index}.0/24`),
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
