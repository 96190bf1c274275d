import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { Compared } from './standing';

const ec2 = () => new EC2Client({});

/** Changes by hand of the network that CloudFormation compares. */
export const COMPARED_NETWORK_BY_HAND: readonly Compared[] = [
  [
    'AWS::EC2::SecurityGroup',
    'Alb',
    (GroupId) => {
      const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      return ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
    },
    'changed by hand: security group ingress `not set` → `{"CidrIp":"0.0.0.0/0","FromPort":22,"IpProtocol":"tcp","ToPort":22}`',
  ],
  [
    'AWS::EC2::Subnet',
    'PublicSubnet1',
    (SubnetId) => ec2().send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } })),
    'changed by hand: map public ip on launch `false` → `true`',
  ],
  [
    'AWS::EC2::VPC',
    '',
    (VpcId) => ec2().send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: false } })),
    'changed by hand: enable dns support `true` → `false`',
  ],
  [
    'AWS::EC2::InternetGateway',
    '',
    (id) => ec2().send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: 'other' }] })),
    'changed by hand: tags Name `prooflink-prod-igw` → `other`',
  ],
  [
    'AWS::EC2::RouteTable',
    'PublicSubnet1',
    (id) => ec2().send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: 'other' }] })),
    'changed by hand: tags Name `prooflink-prod-rtb-public1-ap-northeast-1a` → `other`',
  ],
];
