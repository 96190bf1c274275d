import { EC2, type Filter, type IpPermission, type RouteTable } from '@aws-sdk/client-ec2';
import { objectsOf, omitKeys } from '@infra/common/values';
import { readAll } from '../pages';
import { type ComparedResource, type Comparison, EXISTENCE_ONLY, type Properties } from './comparison';
import { differencesBetween } from './differences';

/** Filter with which EC2 lists only the resources whose attribute has this value. */
function filterBy(name: string, value: string): Filter {
  return { Name: name, Values: [value] };
}

/** Reads the route table that a filter matches; `undefined` if none does. */
async function readRouteTable({ environment }: ComparedResource, filter: Filter): Promise<RouteTable | undefined> {
  const pages = environment.client(EC2).paginateDescribeRouteTables({ Filters: [filter] });
  const [table] = await readAll(pages, 'RouteTables');
  return table;
}

/** State of a VPC endpoint that is being deleted, or was deleted: `deleting`, `Deleted`. */
const DELETION_STATE = /^delet/i;

/** An ingress rule as a template writes it, with one peer: a range of addresses or a security group. */
interface IngressRule {
  readonly IpProtocol?: string;
  readonly FromPort?: number | string;
  readonly ToPort?: number | string;
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly SourceSecurityGroupId?: string;
  readonly Description?: string;
}

/** An ingress rule as EC2's API takes it. */
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

/** CloudFormation also takes a port as a text. */
function portOf(port: number | string | undefined): number | undefined {
  return port === undefined ? undefined : Number(port);
}

/** Reads the ingress rules of a security group, as a template writes them. */
async function readIngressRules({ environment }: ComparedResource, groupId: string): Promise<IngressRule[]> {
  const pages = environment.client(EC2).paginateDescribeSecurityGroups({ GroupIds: [groupId] });
  const groups = await readAll(pages, 'SecurityGroups');
  return groups.flatMap(({ IpPermissions = [] }) => IpPermissions).flatMap(rulesOf);
}

/** The rules of a permission, one for each of its peers. */
function rulesOf({ IpProtocol, FromPort, ToPort, ...peers }: IpPermission): IngressRule[] {
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] } = peers;
  const ports = { IpProtocol, FromPort, ToPort };
  return [
    ...IpRanges.map(({ CidrIp }) => ({ ...ports, CidrIp })),
    ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ ...ports, CidrIpv6 })),
    ...UserIdGroupPairs.map(({ GroupId }) => ({ ...ports, SourceSecurityGroupId: GroupId })),
  ];
}

/** True if a rule of a security group is that of the template; their descriptions may differ. */
function isSameRule(expected: Properties, actual: IngressRule): boolean {
  return differencesBetween(omitKeys(expected, 'GroupId', 'Description'), actual).length === 0;
}

/**
 * Comparisons of routes, gateways and endpoints, and of the ingress rules that are separate resources of a template. The
 * fixes run in the order of these types.
 */
export const NETWORK_COMPARISONS: Readonly<Record<string, Comparison>> = {
  // Before the routes: a route to a gateway can only be created while the gateway is attached.
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
    fix: ({ properties: { RouteTableId, DestinationCidrBlock, GatewayId } }, { actual }) => [
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
    fix: ({ properties: { RouteTableId, SubnetId } }, { actual }) => {
      if (!actual) return ['ec2 associate-route-table', { RouteTableId, SubnetId }];
      const AssociationId = actual['RouteTableAssociationId'];
      return ['ec2 replace-route-table-association', { AssociationId, RouteTableId }];
    },
  },

  'AWS::EC2::SecurityGroupIngress': {
    expects: EXISTENCE_ONLY,
    read: async (compared) => {
      const rules = await readIngressRules(compared, compared.properties.GroupId);
      return rules.find((rule) => isSameRule(compared.properties, rule));
    },
    fix: ({ properties }) => [
      'ec2 authorize-security-group-ingress',
      { GroupId: properties.GroupId, IpPermissions: [permissionOf(properties as IngressRule)] },
    ],
  },

  // CloudFormation compares the other properties of a security group, and its ingress rules only if the template writes
  // them within the group. `Ingress` below has only rules that the template does not have, so that none is expected.
  'AWS::EC2::SecurityGroup': {
    expects: () => ({ Ingress: [] }),
    read: readExtraIngressRules,
    fix: ({ physicalId }, { actual = {} }) => [
      'ec2 revoke-security-group-ingress',
      { GroupId: physicalId, IpPermissions: objectsOf(actual['Ingress']).map(permissionOf) },
    ],
  },

  'AWS::EC2::VPCEndpoint': {
    expects: ['RouteTableIds'],
    read: async ({ environment, properties: { VpcId, ServiceName } }) => {
      const Filters = [filterBy('vpc-id', VpcId), filterBy('service-name', ServiceName)];
      const pages = environment.client(EC2).paginateDescribeVpcEndpoints({ Filters });
      const endpoints = await readAll(pages, 'VpcEndpoints');
      // EC2 still lists an endpoint for a while after its deletion.
      return endpoints.find(({ State = '' }) => !DELETION_STATE.test(State));
    },
    fix: ({ properties: { VpcId, ServiceName, RouteTableIds } }, { actual }) => {
      if (!actual) return ['ec2 create-vpc-endpoint', { VpcId, ServiceName, RouteTableIds }];
      const actualIds = (actual['RouteTableIds'] ?? []) as readonly string[];
      return [
        'ec2 modify-vpc-endpoint',
        {
          VpcEndpointId: actual['VpcEndpointId'],
          AddRouteTableIds: RouteTableIds.filter((id) => !actualIds.includes(id)),
          RemoveRouteTableIds: actualIds.filter((id) => !RouteTableIds.includes(id)),
        },
      ];
    },
  },
};

/** Reads the ingress rules of a security group that no resource of the template is. */
async function readExtraIngressRules(compared: ComparedResource): Promise<Properties> {
  if ('SecurityGroupIngress' in compared.properties) return { Ingress: [] };
  const groupId = compared.physicalId;
  const expectedRules = compared.stackResources.filter(
    ({ type, properties }) => type === 'AWS::EC2::SecurityGroupIngress' && properties['GroupId'] === groupId,
  );
  const rules = await readIngressRules(compared, groupId);
  const isExpected = (rule: IngressRule) => expectedRules.some(({ properties }) => isSameRule(properties, rule));
  return { Ingress: rules.filter((rule) => !isExpected(rule)) };
}
