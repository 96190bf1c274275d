import { EC2, type Filter, type IpPermission, type RouteTable } from '@aws-sdk/client-ec2';
import { objects, without } from '@infra/common/values';
import { readAll } from '../aws';
import type { ComparedResource, Comparison, Properties } from './comparison';
import { differencesBetween } from './differences';

/** Filter of a list of EC2's. */
function filterBy(name: string, value: string): Filter {
  return { Name: name, Values: [value] };
}

async function readRouteTable({ environment }: ComparedResource, filter: Filter): Promise<RouteTable | undefined> {
  const pages = environment.client(EC2).paginateDescribeRouteTables({ Filters: [filter] });
  const [table] = await readAll(pages, 'RouteTables');
  return table;
}

/** An ingress rule as a template writes it, with one peer. */
interface IngressRule {
  readonly IpProtocol?: string;
  readonly FromPort?: number | string;
  readonly ToPort?: number | string;
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly SourceSecurityGroupId?: string;
  readonly Description?: string;
}

/** The same rule as EC2's API takes it. */
function permissionOf(rule: IngressRule): IpPermission {
  const { IpProtocol, CidrIp, CidrIpv6, SourceSecurityGroupId, Description } = rule;
  return {
    IpProtocol,
    FromPort: portOf(rule.FromPort),
    ToPort: portOf(rule.ToPort),
    ...(CidrIpv6 && { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(CidrIp && { IpRanges: [{ CidrIp, Description }] }),
    ...(SourceSecurityGroupId && { UserIdGroupPairs: [{ GroupId: SourceSecurityGroupId, Description }] }),
  };
}

function portOf(port: number | string | undefined): number | undefined {
  return port === undefined ? undefined : Number(port);
}

/** Ingress rules of a security group, one for each peer, as a template writes them. */
async function readIngressRules({ environment }: ComparedResource, groupId: string): Promise<IngressRule[]> {
  const pages = environment.client(EC2).paginateDescribeSecurityGroups({ GroupIds: [groupId] });
  const groups = await readAll(pages, 'SecurityGroups');
  return groups.flatMap(({ IpPermissions = [] }) => IpPermissions).flatMap(rulesOf);
}

function rulesOf({ IpProtocol, FromPort, ToPort, ...peers }: IpPermission): IngressRule[] {
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] } = peers;
  const ports = { IpProtocol, FromPort, ToPort };
  return [
    ...IpRanges.map(({ CidrIp }) => ({ ...ports, CidrIp })),
    ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ ...ports, CidrIpv6 })),
    ...UserIdGroupPairs.map(({ GroupId }) => ({ ...ports, SourceSecurityGroupId: GroupId })),
  ];
}

/** True if a rule of a group is the template's, whatever its description says. */
function isSameRule(expected: Properties, actual: IngressRule): boolean {
  return differencesBetween(without(expected, 'GroupId', 'Description'), actual).length === 0;
}

/** Comparisons of routes, gateways, endpoints, and of security groups' rules that are resources of their own. */
export const NETWORK: Readonly<Record<string, Comparison>> = {
  // The attachment comes before the routes that lead to the gateway.
  'AWS::EC2::VPCGatewayAttachment': {
    expects: ['InternetGatewayId'],
    read: async ({ environment, properties: { VpcId } }) => {
      const Filters = [filterBy('attachment.vpc-id', VpcId)];
      const pages = environment.client(EC2).paginateDescribeInternetGateways({ Filters });
      const [gateway] = await readAll(pages, 'InternetGateways');
      return gateway;
    },
    fix: ({ properties: { InternetGatewayId, VpcId } }) => [
      'ec2 attach-internet-gateway',
      { InternetGatewayId, VpcId },
    ],
  },

  'AWS::EC2::Route': {
    expects: ['GatewayId'],
    read: async (compared) => {
      const { RouteTableId, DestinationCidrBlock } = compared.properties;
      const table = await readRouteTable(compared, filterBy('route-table-id', RouteTableId));
      return table?.Routes?.find((route) => route.DestinationCidrBlock === DestinationCidrBlock);
    },
    fix: ({ properties: { RouteTableId, DestinationCidrBlock, GatewayId } }, actual) => [
      actual ? 'ec2 replace-route' : 'ec2 create-route',
      { RouteTableId, DestinationCidrBlock, GatewayId },
    ],
  },

  'AWS::EC2::SubnetRouteTableAssociation': {
    expects: ['RouteTableId'],
    read: async (compared) => {
      const { SubnetId } = compared.properties;
      const table = await readRouteTable(compared, filterBy('association.subnet-id', SubnetId));
      return table?.Associations?.find((association) => association.SubnetId === SubnetId);
    },
    fix: ({ properties: { RouteTableId, SubnetId } }, actual) => {
      if (!actual) return ['ec2 associate-route-table', { RouteTableId, SubnetId }];
      const AssociationId = actual['RouteTableAssociationId'];
      return ['ec2 replace-route-table-association', { AssociationId, RouteTableId }];
    },
  },

  'AWS::EC2::SecurityGroupIngress': {
    expects: [],
    read: async (compared) => {
      const rules = await readIngressRules(compared, compared.properties.GroupId);
      return rules.find((rule) => isSameRule(compared.properties, rule));
    },
    fix: ({ properties }) => [
      'ec2 authorize-security-group-ingress',
      { GroupId: properties.GroupId, IpPermissions: [permissionOf(properties as IngressRule)] },
    ],
  },

  // CloudFormation compares the rest of a group, and its rules only if the template writes them within the group.
  'AWS::EC2::SecurityGroup': {
    expects: () => ({ Ingress: [] }),
    read: async (compared) => {
      if ('SecurityGroupIngress' in compared.properties) return { Ingress: [] };
      const groupId = compared.physicalId;
      const expected = compared.stackResources.filter(
        ({ type, properties }) => type === 'AWS::EC2::SecurityGroupIngress' && properties['GroupId'] === groupId,
      );
      const rules = await readIngressRules(compared, groupId);
      const isExpected = (rule: IngressRule) => expected.some(({ properties }) => isSameRule(properties, rule));
      return { Ingress: rules.filter((rule) => !isExpected(rule)) };
    },
    fix: ({ physicalId }, actual = {}) => [
      'ec2 revoke-security-group-ingress',
      { GroupId: physicalId, IpPermissions: objects(actual['Ingress']).map(permissionOf) },
    ],
  },

  'AWS::EC2::VPCEndpoint': {
    expects: ['RouteTableIds'],
    read: async ({ environment, properties: { VpcId, ServiceName } }) => {
      const Filters = [filterBy('vpc-id', VpcId), filterBy('service-name', ServiceName)];
      const pages = environment.client(EC2).paginateDescribeVpcEndpoints({ Filters });
      const endpoints = await readAll(pages, 'VpcEndpoints');
      return endpoints.find(({ State = '' }) => !/^delet/i.test(State));
    },
    fix: ({ properties: { VpcId, ServiceName, RouteTableIds } }, actual) => {
      if (!actual) return ['ec2 create-vpc-endpoint', { VpcId, ServiceName, RouteTableIds }];
      const actualIds = [actual['RouteTableIds']].flat();
      return [
        'ec2 modify-vpc-endpoint',
        {
          VpcEndpointId: actual['VpcEndpointId'],
          AddRouteTableIds: RouteTableIds.filter((id) => !actualIds.includes(id)),
          RemoveRouteTableIds: actualIds.filter((id) => !RouteTableIds.includes(id as string)),
        },
      ];
    },
  },
};
