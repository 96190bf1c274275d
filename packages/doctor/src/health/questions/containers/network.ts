import { EC2, type Route, type RouteTable } from '@aws-sdk/client-ec2';
import { DATABASE_PORT, Part } from '@infra/commands/app';
import { revertDriftCommand } from '../../../revert-drift-command';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { readSecurityGroups, readSubnetRanges } from '@infra/operate/deployed/network';
import { describeDatabase } from '@infra/operate/deployed/database';
import { readAll } from '@infra/operate/deployed/pages';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import { describeBlockage, endpointName, EVERYWHERE, isBlocked } from '../../security-group-path';
import type { CheckedContainer } from './container-kind';
import { words } from './words';

/** Checks that containers get public addresses: without a NAT gateway, only those lead to AWS's services. */
export function checkPublicAddress({ environment, container, kind }: CheckedContainer): Answer {
  if (container.hasPublicAddress) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.network.noPublicAddress({ containers: kind.pluralName }),
    fix: kind.restoreCommand(environment, container),
  });
}

/** Checks that the subnets of the containers have a route to an internet gateway: there is no NAT gateway. */
export async function checkRoute({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const { pluralName: containers } = kind;
  const Filters = [{ Name: 'vpc-id', Values: [physicalIdOf(environment, Part.vpc)] }];
  const pages = environment.client(EC2).paginateDescribeRouteTables({ Filters });
  const routeTables = await readAll(pages, 'RouteTables');
  const tablesOfSubnets = container.subnets.map((subnet) => routeTableOf(subnet, routeTables));
  const tableWithoutRoute = tablesOfSubnets.find((table) => internetRouteIn(table)?.State !== 'active');
  const routeTableId = tableWithoutRoute?.RouteTableId;
  if (routeTableId === undefined) return NOTHING_WRONG;
  const { noRoute, deadRoute } = words.network;
  const describe = internetRouteIn(tableWithoutRoute) ? deadRoute : noRoute;
  return wrongAnswer({
    says: describe({ containers, routeTableId, range: EVERYWHERE }),
    fix: revertDriftCommand(environment),
  });
}

/** The route table of a subnet. A subnet that no table names uses the main route table of the VPC. */
function routeTableOf(subnet: string, routeTables: readonly RouteTable[]): RouteTable | undefined {
  const tableOfSubnet = routeTables.find(({ Associations = [] }) => {
    return Associations.some(({ SubnetId }) => SubnetId === subnet);
  });
  const mainTable = routeTables.find(({ Associations = [] }) => {
    return Associations.some(({ Main }) => Main);
  });
  return tableOfSubnet ?? mainTable;
}

/** The route to an internet gateway; its state is `blackhole` if the gateway is detached. */
function internetRouteIn(table: RouteTable | undefined): Route | undefined {
  return table?.Routes?.find(({ DestinationCidrBlock, GatewayId = '' }) => {
    return DestinationCidrBlock === EVERYWHERE && GatewayId.startsWith('igw-');
  });
}

/** Port of AWS's services, such as ECR and Secrets Manager. */
export const HTTPS_PORT = 443;

/** Checks that the containers' security groups let HTTPS out to the internet. */
export async function checkInternetAccess({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const groups = await readSecurityGroups(environment, container.securityGroups);
  const source = { groups, ranges: [] };
  if (!isBlocked({ source, destination: EVERYWHERE, port: HTTPS_PORT })) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.network.notLetOut({
      containers: kind.pluralName,
      securityGroups: endpointName(source),
      range: EVERYWHERE,
    }),
    fix: revertDriftCommand(environment),
  });
}

/**
 * Checks the security groups between containers and database. Their rules name the port of the guide (2-3), even on a
 * local AWS, whose database listens on another port.
 */
export async function checkWayToDatabase({ environment, container }: CheckedContainer): Promise<Answer> {
  const { VpcSecurityGroups = [], DBSubnetGroup } = await describeDatabase(environment);
  const databaseGroupIds = VpcSecurityGroups.map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId);
  const databaseGroups = await readSecurityGroups(environment, databaseGroupIds);
  const containerGroups = await readSecurityGroups(environment, container.securityGroups);
  const databaseSubnets = (DBSubnetGroup?.Subnets ?? []).map(({ SubnetIdentifier = '' }) => SubnetIdentifier);
  const blockage = describeBlockage({
    source: { groups: containerGroups, ranges: await readSubnetRanges(environment, container.subnets) },
    destination: { groups: databaseGroups, ranges: await readSubnetRanges(environment, databaseSubnets) },
    port: DATABASE_PORT,
  });
  if (blockage === undefined) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.network.wayToDatabaseBlocked({ blockage }),
    fix: revertDriftCommand(environment),
  });
}
