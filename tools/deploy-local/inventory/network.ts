import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type IpPermission,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { ResourceNames } from '../../../lib/config/names';
import type { Section } from '../table';
import { nameOf, only } from './ask';

/** The VPC with its subnets, and the security groups. */
export async function network(names: ResourceNames): Promise<Section[]> {
  const ec2 = new EC2Client({});
  const named = [{ Name: 'tag:Name', Values: [`${names.prefix}-vpc`] }];
  const vpc = only((await ec2.send(new DescribeVpcsCommand({ Filters: named }))).Vpcs, 'VPC');
  const here = { Filters: [{ Name: 'vpc-id', Values: [vpc.VpcId ?? ''] }] };
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(here));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand(here));
  const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand(here));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand(here));

  const subnets = Subnets.map((subnet): [string, string] => {
    const table = RouteTables.find(({ Associations }) => Associations?.some((one) => one.SubnetId === subnet.SubnetId));
    const open = table?.Routes?.some(({ GatewayId }) => GatewayId?.startsWith('igw-'));
    const reach = open ? 'routed to the internet' : 'no route to the internet';
    return [nameOf(subnet.Tags), `${subnet.CidrBlock ?? ''}, ${subnet.AvailabilityZone ?? ''}, ${reach}`];
  });
  return [
    {
      title: 'Network',
      rows: [
        [nameOf(vpc.Tags), vpc.CidrBlock ?? ''],
        ...subnets.sort(([one], [other]) => one.localeCompare(other)),
        ...VpcEndpoints.map((endpoint): [string, string] => [
          `${endpoint.VpcEndpointType?.toLowerCase() ?? ''} endpoint`,
          `${endpoint.ServiceName ?? ''}, in ${endpoint.RouteTableIds?.length ?? 0} route tables`,
        ]),
      ],
    },
    { title: 'Security groups', rows: SecurityGroups.flatMap((group) => groupRows(group, SecurityGroups)) },
  ];
}

function groupRows(group: SecurityGroup, all: readonly SecurityGroup[]): [string, string][] {
  const lines = [
    ...(group.IpPermissions ?? []).flatMap((rule) => ruleLines('in', rule, all)),
    ...(group.IpPermissionsEgress ?? []).flatMap((rule) => ruleLines('out', rule, all)),
  ];
  return [[group.GroupName ?? '', lines.join('\n') || 'closed']];
}

function ruleLines(direction: string, rule: IpPermission, all: readonly SecurityGroup[]): string[] {
  const ports = rule.IpProtocol === '-1' ? 'all traffic' : `${rule.IpProtocol ?? ''} ${portsOf(rule)}`;
  const peers = [
    ...(rule.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(rule.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(rule.UserIdGroupPairs ?? []).map(({ GroupId }) => all.find((group) => group.GroupId === GroupId)?.GroupName),
  ];
  return peers.map((peer) => `${direction}: ${ports} ${direction === 'in' ? 'from' : 'to'} ${peer ?? '(unknown)'}`);
}

function portsOf({ FromPort, ToPort }: IpPermission): string {
  return FromPort === ToPort ? String(FromPort) : `${FromPort ?? ''}-${ToPort ?? ''}`;
}
