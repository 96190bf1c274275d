import { sdk } from '../sdk';

export interface Network {
  readonly vpc: string;
  readonly publicSubnets: string[];
  readonly privateSubnets: string[];
  /** The guide's security groups: their names have no environment in them. */
  readonly groups: Readonly<Record<'alb' | 'ecs' | 'rds' | 'batch', string>>;
}

const ZONES = ['ap-northeast-1a', 'ap-northeast-1c'];

/** Steps 1, 2 and 12-2 of the guide, without routes and rules, which moving in does not touch. */
export async function makeNetwork(): Promise<Network> {
  const { ec2 } = sdk;
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const VpcId = Vpc?.VpcId ?? '';
  // The console's “VPC and more” does it unasked.
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
  const subnets = (first: number) =>
    Promise.all(
      ZONES.map(async (AvailabilityZone, index) => {
        const CidrBlock = `10.0.${first + index}.0/24`;
        return (await ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZone })).Subnet?.SubnetId ?? '';
      }),
    );
  const group = async (name: string) => {
    const made = { GroupName: `prooflink-${name}-sg`, Description: `Security group of ${name}`, VpcId };
    return (await ec2.createSecurityGroup(made)).GroupId ?? '';
  };
  return {
    vpc: VpcId,
    publicSubnets: await subnets(1),
    privateSubnets: await subnets(11),
    groups: { alb: await group('alb'), ecs: await group('ecs'), rds: await group('rds'), batch: await group('batch') },
  };
}
