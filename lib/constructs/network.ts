import {
  type AllocateCidrRequest,
  GatewayVpcEndpointAwsService,
  type IIpAddresses,
  type ISubnet,
  type IVpc,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { NetworkConfig, SubnetConfig } from '../config/sections/network';
import type { ResourceNames } from '../config/names';

export interface NetworkProps extends NetworkConfig {
  readonly names: ResourceNames;
}

/** Gives the L2 `Vpc` exactly the configured ranges, where its own allocators would calculate some. */
class ConfiguredIpAddresses implements IIpAddresses {
  constructor(
    private readonly cidrBlock: string,
    private readonly subnets: Readonly<Partial<Record<SubnetType, readonly SubnetConfig[]>>>,
  ) {}

  allocateVpcCidr() {
    return { cidrBlock: this.cidrBlock };
  }

  /** The L2 asks for each kind of subnet in the order of the zones. */
  allocateSubnetsCidr({ requestedSubnets }: AllocateCidrRequest) {
    return {
      allocatedSubnets: requestedSubnets.map(({ configuration: { subnetType } }, position) => {
        const index = requestedSubnets
          .slice(0, position)
          .filter((one) => one.configuration.subnetType === subnetType).length;
        return { cidr: this.subnets[subnetType]?.[index]?.cidr ?? '' };
      }),
    };
  }
}

/**
 * The VPC with public subnets for what needs the internet, isolated ones for the database, and a free S3 gateway
 * endpoint; no NAT gateway, no interface endpoint (guide 1-1). The default security group is closed.
 */
export class Network extends Construct {
  public readonly vpc: IVpc;
  public readonly publicSubnets: ISubnet[];
  public readonly privateSubnets: ISubnet[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { prefix } = props.names;

    const vpc = new Vpc(this, 'Vpc', {
      vpcName: `${prefix}-vpc`,
      ipAddresses: new ConfiguredIpAddresses(props.cidr, {
        [SubnetType.PUBLIC]: props.publicSubnets,
        [SubnetType.PRIVATE_ISOLATED]: props.privateSubnets,
      }),
      availabilityZones: [...props.availabilityZones],
      natGateways: 0,
      subnetConfiguration: [
        // Tasks and jobs ask for their public address themselves; nothing else in these subnets gets one.
        { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
      restrictDefaultSecurityGroup: true,
    });
    this.vpc = vpc;
    this.publicSubnets = vpc.publicSubnets;
    this.privateSubnets = vpc.isolatedSubnets;

    nameSubnets(prefix, 'public', this.publicSubnets);
    nameSubnets(prefix, 'private', this.privateSubnets);
    Tags.of(vpc.node.findChild('IGW')).add('Name', `${prefix}-igw`);

    acknowledge(vpc, {
      'CloudFormation-Validate::W3010': 'The zones are fixed on purpose: the guide names 1a and 1c (1-1).',
      'AwsSolutions-VPC7':
        'Flow logs cost more than a small environment, and the guide asks for none; the runbook says how to add them.',
    });
  }
}

/** Names subnets and their route tables as the console does, e.g. `prooflink-dev-subnet-public1-ap-northeast-1a`. */
function nameSubnets(prefix: string, kind: 'public' | 'private', subnets: ISubnet[]): void {
  for (const [index, subnet] of subnets.entries()) {
    const place = `${kind}${index + 1}-${subnet.availabilityZone}`;
    Tags.of(subnet).add('Name', `${prefix}-subnet-${place}`, { includeResourceTypes: ['AWS::EC2::Subnet'] });
    Tags.of(subnet).add('Name', `${prefix}-rtb-${place}`, { includeResourceTypes: ['AWS::EC2::RouteTable'] });
  }
}
