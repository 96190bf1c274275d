import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListHostedZonesCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { all, type Asked, ids } from './ask';

/** The network and its entrance. */
export function askNetwork(): Asked {
  const ec2 = new EC2Client({});
  const elb = new ElasticLoadBalancingV2Client({});
  return {
    'AWS::EC2::VPC': ids(ec2.send(new DescribeVpcsCommand({})), ({ Vpcs }) => Vpcs?.map(({ VpcId }) => VpcId)),
    'AWS::EC2::Subnet': ids(ec2.send(new DescribeSubnetsCommand({})), ({ Subnets }) =>
      Subnets?.map(({ SubnetId }) => SubnetId),
    ),
    'AWS::EC2::RouteTable': ids(ec2.send(new DescribeRouteTablesCommand({})), ({ RouteTables }) =>
      RouteTables?.map(({ RouteTableId }) => RouteTableId),
    ),
    'AWS::EC2::InternetGateway': ids(ec2.send(new DescribeInternetGatewaysCommand({})), ({ InternetGateways }) =>
      InternetGateways?.map(({ InternetGatewayId }) => InternetGatewayId),
    ),
    'AWS::EC2::SecurityGroup': ids(ec2.send(new DescribeSecurityGroupsCommand({})), ({ SecurityGroups }) =>
      SecurityGroups?.map(({ GroupId }) => GroupId),
    ),
    'AWS::EC2::VPCEndpoint': ids(ec2.send(new DescribeVpcEndpointsCommand({})), ({ VpcEndpoints }) =>
      VpcEndpoints?.filter(({ State }) => String(State) !== 'deleted').map(({ VpcEndpointId }) => VpcEndpointId),
    ),
    'AWS::EC2::NatGateway': ids(ec2.send(new DescribeNatGatewaysCommand({})), ({ NatGateways }) =>
      NatGateways?.map(({ NatGatewayId }) => NatGatewayId),
    ),
    'AWS::EC2::NetworkInterface': ids(ec2.send(new DescribeNetworkInterfacesCommand({})), ({ NetworkInterfaces }) =>
      NetworkInterfaces?.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    ),
    'AWS::EC2::EIP': ids(ec2.send(new DescribeAddressesCommand({})), ({ Addresses }) =>
      Addresses?.map(({ AllocationId }) => AllocationId),
    ),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': ids(elb.send(new DescribeLoadBalancersCommand({})), (answer) =>
      answer.LoadBalancers?.map(({ LoadBalancerArn }) => LoadBalancerArn),
    ),
    'AWS::ElasticLoadBalancingV2::TargetGroup': ids(elb.send(new DescribeTargetGroupsCommand({})), (answer) =>
      answer.TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn),
    ),
    'AWS::CertificateManager::Certificate': ids(new ACMClient({}).send(new ListCertificatesCommand({})), (answer) =>
      answer.CertificateSummaryList?.map(({ CertificateArn }) => CertificateArn),
    ),
    'AWS::Route53::RecordSet': records(),
  };
}

async function records(): Promise<string[]> {
  const route53 = new Route53Client({});
  const zones = await ids(route53.send(new ListHostedZonesCommand({})), ({ HostedZones }) =>
    HostedZones?.map(({ Id }) => Id),
  );
  return all(
    zones.map((HostedZoneId) =>
      ids(route53.send(new ListResourceRecordSetsCommand({ HostedZoneId })), ({ ResourceRecordSets }) =>
        ResourceRecordSets?.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA').map(({ Name }) =>
          Name?.replace(/\.$/, ''),
        ),
      ),
    ),
  );
}
