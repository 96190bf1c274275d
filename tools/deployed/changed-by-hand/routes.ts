import { EC2, type Filter, type RouteTable } from '@aws-sdk/client-ec2';
import { readAll } from '../pages';
import type { ComparedResource, Comparison } from './comparison';

/**
 * Comparisons of what leads a subnet to the internet: its route table, the route, and the internet gateway. The fixes run
 * in the order of these types.
 */
export const ROUTE_COMPARISONS: Readonly<Record<string, Comparison>> = {
  // Before the routes: a route to a gateway can only be created while the gateway is attached.
  'AWS::EC2::VPCGatewayAttachment': {
    expects: ['InternetGatewayId'],
    read: async ({ environment, properties: { VpcId } }) => {
      const Filters = [equals('attachment.vpc-id', VpcId)];
      const pages = environment.client(EC2).paginateDescribeInternetGateways({ Filters });
      const [gateway] = await readAll(pages, 'InternetGateways');
      return gateway;
    },
    // A VPC has one gateway: EC2 refuses to attach another one (InvalidParameterValue).
    prepareFix: ({ properties: { VpcId } }, { actual: otherGateway }) => {
      if (!otherGateway) return undefined;
      return ['ec2 detach-internet-gateway', { InternetGatewayId: otherGateway['InternetGatewayId'], VpcId }];
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
      const table = await readRouteTable(compared, equals('route-table-id', RouteTableId));
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
      const table = await readRouteTable(compared, equals('association.subnet-id', SubnetId));
      return table?.Associations?.find((association) => association.SubnetId === SubnetId);
    },
    fix: ({ properties: { RouteTableId, SubnetId } }, { actual }) => {
      if (!actual) return ['ec2 associate-route-table', { RouteTableId, SubnetId }];
      const AssociationId = actual['RouteTableAssociationId'];
      return ['ec2 replace-route-table-association', { AssociationId, RouteTableId }];
    },
  },
};

/** Reads the route table that a filter selects; `undefined` if there is none. */
async function readRouteTable({ environment }: ComparedResource, filter: Filter): Promise<RouteTable | undefined> {
  const pages = environment.client(EC2).paginateDescribeRouteTables({ Filters: [filter] });
  const [table] = await readAll(pages, 'RouteTables');
  return table;
}

/** Filter with which EC2 lists only the resources whose attribute has this value. */
function equals(attribute: string, value: string): Filter {
  return { Name: attribute, Values: [value] };
}
