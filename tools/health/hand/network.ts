import { EC2, type Filter, type IpPermission } from '@aws-sdk/client-ec2';
import { objects, without } from '@infra/common/values';
import { list } from '../../shared/aws';
import { differences } from './compare';
import { type Asked, properties, type Properties, quoted, type Row, text, texts } from './row';

const where = (Name: string, ...Values: string[]) => ({ Name, Values });

function tables({ environment }: Asked, ...Filters: Filter[]) {
  return list(environment.client(EC2).paginateDescribeRouteTables({ Filters }), 'RouteTables');
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
async function rulesOf({ environment }: Asked, groupId: string): Promise<Record<string, unknown>[]> {
  const pages = environment.client(EC2).paginateDescribeSecurityGroups({ GroupIds: [groupId] });
  const groups = await list(pages, 'SecurityGroups');
  return groups.flatMap(({ IpPermissions = [] }) =>
    IpPermissions.flatMap(({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] }) => {
      const peers = [
        ...IpRanges.map(({ CidrIp }) => ({ CidrIp })),
        ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ CidrIpv6 })),
        ...UserIdGroupPairs.map(({ GroupId }) => ({ SourceSecurityGroupId: GroupId })),
      ];
      return peers.map((peer) => ({ IpProtocol, FromPort, ToPort, ...peer }));
    }),
  );
}

const isRule = (wanted: Properties) => (rule: object) =>
  differences(without(wanted, 'GroupId', 'Description'), rule).length === 0;

/** Routes, gateways and the rules of security groups that are resources of their own. */
export const NETWORK: Readonly<Record<string, Row>> = {
  // Before the routes that lead to it.
  'AWS::EC2::VPCGatewayAttachment': {
    expects: properties('InternetGatewayId'),
    read: async ({ environment, properties: { VpcId } }) => {
      const Filters = [where('attachment.vpc-id', text(VpcId))];
      const pages = environment.client(EC2).paginateDescribeInternetGateways({ Filters });
      return (await list(pages, 'InternetGateways'))[0];
    },
    fix: ({ properties: { InternetGatewayId, VpcId } }) =>
      `ec2 attach-internet-gateway --internet-gateway-id ${text(InternetGatewayId)} --vpc-id ${text(VpcId)}`,
  },
  'AWS::EC2::Route': {
    expects: properties('GatewayId'),
    read: async (asked) => {
      const { RouteTableId, DestinationCidrBlock } = asked.properties;
      const [table] = await tables(asked, where('route-table-id', text(RouteTableId)));
      return table?.Routes?.find((route) => route.DestinationCidrBlock === DestinationCidrBlock);
    },
    fix: ({ properties: { RouteTableId, DestinationCidrBlock, GatewayId } }, actual) =>
      `ec2 ${actual ? 'replace' : 'create'}-route --route-table-id ${text(RouteTableId)} ` +
      `--destination-cidr-block ${text(DestinationCidrBlock)} --gateway-id ${text(GatewayId)}`,
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    expects: properties('RouteTableId'),
    read: async (asked) => {
      const SubnetId = text(asked.properties['SubnetId']);
      const [table] = await tables(asked, where('association.subnet-id', SubnetId));
      return table?.Associations?.find((each) => each.SubnetId === SubnetId);
    },
    fix: ({ properties: { RouteTableId, SubnetId } }, actual) =>
      actual
        ? `ec2 replace-route-table-association --association-id ${text(actual['RouteTableAssociationId'])} ` +
          `--route-table-id ${text(RouteTableId)}`
        : `ec2 associate-route-table --route-table-id ${text(RouteTableId)} --subnet-id ${text(SubnetId)}`,
  },
  'AWS::EC2::SecurityGroupIngress': {
    expects: () => ({}),
    read: async (asked) => (await rulesOf(asked, text(asked.properties['GroupId']))).find(isRule(asked.properties)),
    fix: ({ properties }) =>
      `ec2 authorize-security-group-ingress --group-id ${text(properties['GroupId'])} ` +
      `--ip-permissions ${quoted([permission(properties)])}`,
  },
  // CloudFormation compares the rest of a group, and its rules only where they are written within it.
  'AWS::EC2::SecurityGroup': {
    expects: () => ({ Ingress: [] }),
    read: async (asked) => {
      const own = asked.all.filter(
        (each) => each.type === 'AWS::EC2::SecurityGroupIngress' && each.properties['GroupId'] === asked.id,
      );
      const isWithin = 'SecurityGroupIngress' in asked.properties;
      const rules = await rulesOf(asked, asked.id);
      return {
        Ingress: isWithin ? [] : rules.filter((rule) => !own.some(({ properties }) => isRule(properties)(rule))),
      };
    },
    fix: ({ id }, { Ingress } = {}) =>
      `ec2 revoke-security-group-ingress --group-id ${id} ` +
      `--ip-permissions ${quoted(objects(Ingress).map((rule) => permission(rule)))}`,
  },
  'AWS::EC2::VPCEndpoint': {
    expects: properties('RouteTableIds'),
    read: async ({ environment, properties: { VpcId, ServiceName } }) => {
      const Filters = [where('vpc-id', text(VpcId)), where('service-name', text(ServiceName))];
      const pages = environment.client(EC2).paginateDescribeVpcEndpoints({ Filters });
      const found = await list(pages, 'VpcEndpoints');
      return found.find(({ State }) => !/^delet/i.test(State ?? ''));
    },
    fix: ({ properties: { VpcId, ServiceName, RouteTableIds } }, actual) => {
      const wanted = texts(RouteTableIds);
      if (!actual) {
        const where = `--vpc-id ${text(VpcId)} --service-name ${text(ServiceName)}`;
        return `ec2 create-vpc-endpoint ${where} --route-table-ids ${wanted.join(' ')}`;
      }
      const there = texts(actual['RouteTableIds']);
      const [missing, added] = [wanted.filter((id) => !there.includes(id)), there.filter((id) => !wanted.includes(id))];
      return [
        `ec2 modify-vpc-endpoint --vpc-endpoint-id ${text(actual['VpcEndpointId'])}`,
        ...(missing.length > 0 ? [`--add-route-table-ids ${missing.join(' ')}`] : []),
        ...(added.length > 0 ? [`--remove-route-table-ids ${added.join(' ')}`] : []),
      ].join(' ');
    },
  },
};
