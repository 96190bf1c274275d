import { EC2, type Filter, type RouteTable } from '@aws-sdk/client-ec2';
import { readAll } from '@infra/operate/deployed/pages';
import type { ComparedResource, Comparison } from './comparison';

/** Comparison of a route. */
export const ROUTE: Comparison = {
  expects: ({ properties: { GatewayId } }) => ({ GatewayId }),
  read: async (compared) => {
    const { RouteTableId, DestinationCidrBlock } = compared.properties;
    const table = await readRouteTable(compared, equals('route-table-id', RouteTableId));
    return table?.Routes?.find((route) => route.DestinationCidrBlock === DestinationCidrBlock);
  },
  fix: ({ properties: { RouteTableId, DestinationCidrBlock, GatewayId } }, actual) => [
    actual ? 'ec2 replace-route' : 'ec2 create-route',
    { RouteTableId, DestinationCidrBlock, GatewayId },
  ],
};

/** Comparison of the attachment of an internet gateway to the VPC. */
export const GATEWAY_ATTACHMENT: Comparison = {
  expects: ({ properties: { VpcId } }) => ({ VpcId }),
  read: async ({ environment, properties: { InternetGatewayId, VpcId } }) => {
    const Filters = [equals('internet-gateway-id', InternetGatewayId)];
    const [gateway] = await readAll(
      environment.client(EC2).paginateDescribeInternetGateways({ Filters }),
      'InternetGateways',
    );
    // CloudFormation reports a gateway that is gone, and attaches the next one.
    if (!gateway) return { VpcId };
    return gateway.Attachments?.find((attachment) => attachment.VpcId === VpcId);
  },
  fix: ({ properties: { InternetGatewayId, VpcId } }) => ['ec2 attach-internet-gateway', { InternetGatewayId, VpcId }],
};

/** Comparison of the association of a subnet with a route table. */
export const ROUTE_TABLE_ASSOCIATION: Comparison = {
  expects: ({ properties: { RouteTableId } }) => ({ RouteTableId }),
  read: async (compared) => {
    const { SubnetId } = compared.properties;
    const table = await readRouteTable(compared, equals('association.subnet-id', SubnetId));
    return table?.Associations?.find((association) => association.SubnetId === SubnetId);
  },
  fix: ({ properties: { RouteTableId, SubnetId } }, actual) => {
    if (!actual) return ['ec2 associate-route-table', { RouteTableId, SubnetId }];
    const AssociationId = actual['RouteTableAssociationId'];
    return ['ec2 replace-route-table-association', { AssociationId, RouteTableId }];
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
