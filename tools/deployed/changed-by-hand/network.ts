import { EC2, type IpPermission } from '@aws-sdk/client-ec2';
import { objects, without } from '@infra/common/values';
import { readAll } from '../aws';
import { differences } from './compare';
import type { Asked, Properties, Row } from './row';

const where = (Name: string, Value: string) => ({ Name, Values: [Value] });

async function tableOf({ environment }: Asked, filter: string, id: string) {
  const Filters = [where(filter, id)];
  return (await readAll(environment.client(EC2).paginateDescribeRouteTables({ Filters }), 'RouteTables'))[0];
}

/** A rule of the template's as EC2 nests it. */
function permission(rule: Properties): IpPermission {
  const { IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, SourceSecurityGroupId, Description } = rule as Record<
    string,
    string
  >;
  return {
    IpProtocol,
    FromPort: FromPort === undefined ? undefined : Number(FromPort),
    ToPort: ToPort === undefined ? undefined : Number(ToPort),
    ...(CidrIpv6 && { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(CidrIp && { IpRanges: [{ CidrIp, Description }] }),
    ...(SourceSecurityGroupId && { UserIdGroupPairs: [{ GroupId: SourceSecurityGroupId, Description }] }),
  };
}

/** The rules that let traffic into a group, one for each peer, as a template writes them. */
async function rulesOf({ environment }: Asked, GroupId: string): Promise<Properties[]> {
  const pages = environment.client(EC2).paginateDescribeSecurityGroups({ GroupIds: [GroupId] });
  const rules = (await readAll(pages, 'SecurityGroups')).flatMap(({ IpPermissions = [] }) => IpPermissions);
  return rules.flatMap(({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] }) =>
    [
      ...IpRanges.map(({ CidrIp }) => ({ CidrIp })),
      ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ CidrIpv6 })),
      ...UserIdGroupPairs.map(({ GroupId }) => ({ SourceSecurityGroupId: GroupId })),
    ].map((peer) => ({ IpProtocol, FromPort, ToPort, ...peer })),
  );
}

const isRule = (wanted: Properties) => (rule: object) =>
  differences(without(wanted, 'GroupId', 'Description'), rule).length === 0;

/** Routes, gateways and the rules of security groups that are resources of their own. */
export const NETWORK: Readonly<Record<string, Row>> = {
  // Before the routes that lead to it.
  'AWS::EC2::VPCGatewayAttachment': {
    expects: ['InternetGatewayId'],
    read: async ({ environment, properties: { VpcId } }) => {
      const Filters = [where('attachment.vpc-id', VpcId)];
      return (
        await readAll(environment.client(EC2).paginateDescribeInternetGateways({ Filters }), 'InternetGateways')
      )[0];
    },
    fix: ({ properties: { InternetGatewayId, VpcId } }) => [
      'ec2 attach-internet-gateway',
      { InternetGatewayId, VpcId },
    ],
  },
  'AWS::EC2::Route': {
    expects: ['GatewayId'],
    read: async (asked) => {
      const { RouteTableId, DestinationCidrBlock } = asked.properties;
      const table = await tableOf(asked, 'route-table-id', RouteTableId);
      return table?.Routes?.find((route) => route.DestinationCidrBlock === DestinationCidrBlock);
    },
    fix: ({ properties: { RouteTableId, DestinationCidrBlock, GatewayId } }, actual) => [
      `ec2 ${actual ? 'replace' : 'create'}-route`,
      { RouteTableId, DestinationCidrBlock, GatewayId },
    ],
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    expects: ['RouteTableId'],
    read: async (asked) => {
      const { SubnetId } = asked.properties;
      const table = await tableOf(asked, 'association.subnet-id', SubnetId);
      return table?.Associations?.find((each) => each.SubnetId === SubnetId);
    },
    fix: ({ properties: { RouteTableId, SubnetId } }, actual) =>
      actual
        ? ['ec2 replace-route-table-association', { AssociationId: actual['RouteTableAssociationId'], RouteTableId }]
        : ['ec2 associate-route-table', { RouteTableId, SubnetId }],
  },
  'AWS::EC2::SecurityGroupIngress': {
    expects: [],
    read: async (asked) => (await rulesOf(asked, asked.properties.GroupId)).find(isRule(asked.properties)),
    fix: ({ properties }) => [
      'ec2 authorize-security-group-ingress',
      { GroupId: properties.GroupId, IpPermissions: [permission(properties)] },
    ],
  },
  // CloudFormation compares the rest of a group, and its rules only where they are written within it.
  'AWS::EC2::SecurityGroup': {
    expects: () => ({ Ingress: [] }),
    read: async (asked) => {
      if ('SecurityGroupIngress' in asked.properties) return { Ingress: [] };
      const own = asked.all.filter(
        ({ type, properties: { GroupId } }) => type === 'AWS::EC2::SecurityGroupIngress' && GroupId === asked.id,
      );
      const rules = await rulesOf(asked, asked.id);
      return { Ingress: rules.filter((rule) => !own.some(({ properties }) => isRule(properties)(rule))) };
    },
    fix: ({ id: GroupId }, { Ingress } = {}) => [
      'ec2 revoke-security-group-ingress',
      { GroupId, IpPermissions: objects(Ingress).map(permission) },
    ],
  },
  'AWS::EC2::VPCEndpoint': {
    expects: ['RouteTableIds'],
    read: async ({ environment, properties: { VpcId, ServiceName } }) => {
      const Filters = [where('vpc-id', VpcId), where('service-name', ServiceName)];
      const found = await readAll(environment.client(EC2).paginateDescribeVpcEndpoints({ Filters }), 'VpcEndpoints');
      return found.find(({ State }) => !/^delet/i.test(State ?? ''));
    },
    fix: ({ properties: { VpcId, ServiceName, RouteTableIds } }, actual) => {
      if (!actual) return ['ec2 create-vpc-endpoint', { VpcId, ServiceName, RouteTableIds }];
      const there = [actual['RouteTableIds']].flat();
      const AddRouteTableIds = RouteTableIds.filter((id) => !there.includes(id));
      const RemoveRouteTableIds = there.filter((id) => !RouteTableIds.includes(id as string));
      const { VpcEndpointId } = actual;
      return ['ec2 modify-vpc-endpoint', { VpcEndpointId, AddRouteTableIds, RemoveRouteTableIds }];
    },
  },
};
