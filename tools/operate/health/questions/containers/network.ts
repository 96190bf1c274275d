import { EC2, type NetworkAcl, type NetworkAclEntry, type Route, type RouteTable } from '@aws-sdk/client-ec2';
import { DATABASE_PORT } from '../../../../../lib/contract';
import { readAll } from '../../../../deployed/aws';
import type { Environment } from '../../../../deployed/environment';
import { wrongAnswer } from '../../answer';
import { blockedBy, EVERYWHERE, groupNames } from '../../security-groups';
import type { ContainerCheck } from './kind';

/** ECR, Secrets Manager and other services answer there. */
const HTTPS_PORT = 443;

/** There is no NAT gateway: the subnets of the containers need a route to an internet gateway. */
export const checkRoute: ContainerCheck = async (environment, { subnets }, { noun }) => {
  const Filters = [{ Name: 'vpc-id', Values: [environment.physicalId('AWS::EC2::VPC')] }];
  const pages = environment.client(EC2).paginateDescribeRouteTables({ Filters });
  const routeTables = await readAll(pages, 'RouteTables');
  const tablesOfSubnets = subnets.map((subnet) => routeTableOf(subnet, routeTables));
  const tableWithoutRoute = tablesOfSubnets.find((table) => !hasInternetRoute(table));
  if (tableWithoutRoute?.RouteTableId === undefined) return undefined;
  return wrongAnswer(
    `${tableWithoutRoute.RouteTableId} has no route ${EVERYWHERE} to an internet gateway, and the ${noun} need it.`,
    environment.redeployCommand,
  );
};

/** The route table of a subnet; a subnet without one uses the main route table of its VPC. */
function routeTableOf(subnet: string, routeTables: readonly RouteTable[]): RouteTable | undefined {
  const tableOfSubnet = routeTables.find(({ Associations = [] }) => {
    return Associations.some(({ SubnetId }) => SubnetId === subnet);
  });
  const mainTable = routeTables.find(({ Associations = [] }) => {
    return Associations.some(({ Main }) => Main);
  });
  return tableOfSubnet ?? mainTable;
}

function hasInternetRoute(table: RouteTable | undefined): boolean {
  const routes = table?.Routes ?? [];
  return routes.some(isInternetRoute);
}

function isInternetRoute({ DestinationCidrBlock, GatewayId = '', State }: Route): boolean {
  const leadsToGateway = DestinationCidrBlock === EVERYWHERE && GatewayId.startsWith('igw-');
  return leadsToGateway && State === 'active';
}

type Direction = 'ingress' | 'egress';
const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** Number of the rule that ends each network ACL: it denies all traffic, and cannot be deleted. */
const LAST_RULE_NUMBER = 32767;
/** Number of the rule that a network ACL gets if it has none. */
const NEW_RULE_NUMBER = 100;

/**
 * A VPC's default network ACL lets everything through, and the template creates no other one: the first rule of each
 * direction decides.
 */
export const checkNetworkAcls: ContainerCheck = async (environment, { subnets }, { noun }) => {
  const Filters = [{ Name: 'association.subnet-id', Values: subnets }];
  const pages = environment.client(EC2).paginateDescribeNetworkAcls({ Filters });
  const networkAcls = await readAll(pages, 'NetworkAcls');
  for (const networkAcl of networkAcls) {
    for (const direction of DIRECTIONS) {
      const firstRule = firstIpv4Rule(networkAcl, direction);
      if (allowsAllTraffic(firstRule)) continue;
      const { NetworkAclId = '' } = networkAcl;
      return wrongAnswer(
        `The network ACL ${NetworkAclId} does not let all traffic of the ${noun} through.`,
        commandToOpen(environment, NetworkAclId, direction, firstRule),
      );
    }
  }
  return undefined;
};

function firstIpv4Rule({ Entries = [] }: NetworkAcl, direction: Direction): NetworkAclEntry | undefined {
  const isEgress = direction === 'egress';
  const rules = Entries.filter(({ Egress, CidrBlock }) => Egress === isEgress && CidrBlock !== undefined);
  rules.sort((first, second) => (first.RuleNumber ?? 0) - (second.RuleNumber ?? 0));
  return rules[0];
}

function allowsAllTraffic(rule: NetworkAclEntry | undefined): boolean {
  return rule?.RuleAction === 'allow' && rule.Protocol === '-1' && rule.CidrBlock === EVERYWHERE;
}

/** Deletes a rule that was added by hand, or adds the rule that was deleted. */
function commandToOpen(
  environment: Environment,
  networkAclId: string,
  direction: Direction,
  firstRule: NetworkAclEntry | undefined,
): string {
  const optionsFor = (ruleNumber: number) =>
    `--network-acl-id ${networkAclId} --rule-number ${ruleNumber} --${direction}`;
  const firstNumber = firstRule?.RuleNumber ?? LAST_RULE_NUMBER;
  if (firstNumber < LAST_RULE_NUMBER) {
    return environment.awsCommand('ec2 delete-network-acl-entry', optionsFor(firstNumber));
  }
  const allTraffic = `--protocol=-1 --rule-action allow --cidr-block ${EVERYWHERE}`;
  return environment.awsCommand('ec2 create-network-acl-entry', `${optionsFor(NEW_RULE_NUMBER)} ${allTraffic}`);
}

export const checkInternetAccess: ContainerCheck = async (environment, container, { noun }) => {
  const groups = await environment.readSecurityGroups(container.securityGroups);
  if (blockedBy(groups, EVERYWHERE, HTTPS_PORT) === undefined) return undefined;
  return wrongAnswer(
    `${groupNames(groups)} does not let the ${noun} out to ${EVERYWHERE}.`,
    environment.redeployCommand,
  );
};

/** The rules are about the guide's port (2-3), wherever the database of a local AWS listens. */
export const checkWayToDatabase: ContainerCheck = async (environment, container) => {
  const { VpcSecurityGroups = [] } = await environment.describeDatabase();
  const databaseGroupIds = VpcSecurityGroups.map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId);
  const databaseGroups = await environment.readSecurityGroups(databaseGroupIds);
  const containerGroups = await environment.readSecurityGroups(container.securityGroups);
  const fault = blockedBy(containerGroups, databaseGroups, DATABASE_PORT);
  if (fault === undefined) return undefined;
  return wrongAnswer(`${fault}: connect ETIMEDOUT.`, environment.redeployCommand);
};
