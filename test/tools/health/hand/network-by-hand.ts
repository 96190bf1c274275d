import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import type { Case } from './standing';

const ec2 = () => new EC2({});

/** Changes by hand of routes, gateways, rules of security groups and the database's subnets. */
export const NETWORK_BY_HAND: readonly Case[] = [
  [
    'AWS::EC2::Route',
    /^deleted by hand: AWS::EC2::Route$/,
    async (at) => {
      const RouteTableId = await at.prod.id('AWS::EC2::RouteTable', 'PublicSubnet1');
      await ec2().deleteRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
    },
  ],
  [
    'AWS::EC2::SubnetRouteTableAssociation',
    /^changed by hand: route table id `rtb-\w+` → `rtb-\w+`$/,
    async (at) => {
      const AssociationId = await at.prod.id('AWS::EC2::SubnetRouteTableAssociation', 'PublicSubnet1');
      const RouteTableId = await at.prod.id('AWS::EC2::RouteTable', 'PrivateSubnet1');
      await ec2().replaceRouteTableAssociation({ AssociationId, RouteTableId });
    },
  ],
  [
    'AWS::EC2::SubnetRouteTableAssociation',
    /^deleted by hand: AWS::EC2::SubnetRouteTableAssociation$/,
    async (at) => {
      const AssociationId = await at.prod.id('AWS::EC2::SubnetRouteTableAssociation', 'PublicSubnet2');
      await ec2().disassociateRouteTable({ AssociationId });
    },
  ],
  [
    'AWS::EC2::VPCGatewayAttachment',
    /^deleted by hand: AWS::EC2::VPCGatewayAttachment$/,
    async (at) => {
      const InternetGatewayId = await at.prod.id('AWS::EC2::InternetGateway');
      await ec2().detachInternetGateway({ InternetGatewayId, VpcId: await at.prod.id('AWS::EC2::VPC') });
    },
  ],
  [
    'AWS::EC2::SecurityGroupIngress',
    /^deleted by hand: AWS::EC2::SecurityGroupIngress$/,
    async (at) => {
      const GroupId = await at.prod.id('AWS::EC2::SecurityGroup', 'Rds');
      const SecurityGroupRuleIds = [await at.prod.id('AWS::EC2::SecurityGroupIngress', 'Rds')];
      await ec2().revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds });
    },
  ],
  [
    'AWS::EC2::SecurityGroup',
    /^changed by hand: ingress `not set` → `\{.*"CidrIp":"0.0.0.0\/0"\}`$/,
    async (at) => {
      const GroupId = await at.prod.id('AWS::EC2::SecurityGroup', 'Rds');
      const rule = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      await ec2().authorizeSecurityGroupIngress({ GroupId, IpPermissions: [rule] });
    },
  ],
  [
    'AWS::EC2::VPCEndpoint',
    /^changed by hand: route table ids/,
    async (at) => {
      const RemoveRouteTableIds = [await at.prod.id('AWS::EC2::RouteTable', 'PublicSubnet1')];
      const VpcEndpointId = await at.prod.id('AWS::EC2::VPCEndpoint');
      await ec2().modifyVpcEndpoint({ VpcEndpointId, RemoveRouteTableIds });
    },
  ],
  [
    'AWS::EC2::VPCEndpoint',
    /^deleted by hand: AWS::EC2::VPCEndpoint$/,
    async (at) => ec2().deleteVpcEndpoints({ VpcEndpointIds: [await at.prod.id('AWS::EC2::VPCEndpoint')] }),
  ],
  [
    'AWS::RDS::DBSubnetGroup',
    /^changed by hand: subnet ids/,
    async (at) => {
      const SubnetIds = await Promise.all(
        ['PrivateSubnet1Subnet', 'PrivateSubnet2Subnet', 'PublicSubnet2Subnet'].map((part) =>
          at.dev.id('AWS::EC2::Subnet', part),
        ),
      );
      const DBSubnetGroupName = await at.dev.id('AWS::RDS::DBSubnetGroup');
      await new RDS({}).modifyDBSubnetGroup({ DBSubnetGroupName, SubnetIds });
    },
  ],
];
