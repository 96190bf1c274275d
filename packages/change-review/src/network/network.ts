import { type NamedResource, referencedIds, Resources, type Template } from '@infra/common/template';
import { groupBy, objectsOf, omitKeys } from '@infra/common/values';
import type { Words } from '../messages/words';
import { type Language, type Render, renderIn, wordsOf } from '../messages';
import { endWords, type Place, placesOf } from './places';
import { readRules, type Rule, unknownPeers } from './security-rules';

/** Route of a subnet's packets. */
export interface Route {
  readonly destination: string;
  readonly target: string;
  readonly isInternetGateway: boolean;
}

export interface Subnet {
  readonly id: string;
  readonly cidr: string;
  readonly routes: readonly Route[];
  /** True if the free gateway endpoint routes what goes to S3. */
  readonly s3Endpoint: boolean;
  readonly isPrivate: boolean;
}

/** One environment's network, as far as reachability needs it. */
export interface Network {
  readonly cidr: string;
  readonly subnets: readonly Subnet[];
  /** By direction and group, `in GroupId`. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  readonly places: readonly Place[];
  /** The port on which the load balancer connects to the tasks. */
  readonly applicationPort: number;
  readonly nameOf: (id: string) => string;
  /** Problems that make the answer unreliable, or are faults themselves. */
  readonly problems: readonly NetworkProblem[];
}

export interface NetworkProblem {
  /** The problem without the names of resources: the same for each resource that has it. */
  readonly kind: string;
  readonly words: Words;
}

/** Types that are read here. Any other type that forms the network makes the answer unreliable. */
const READ_TYPES: ReadonlySet<string> = new Set([
  'AWS::Batch::ComputeEnvironment',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::ECS::Service',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBSubnetGroup',
  'Custom::VpcRestrictDefaultSG',
]);

/** Resources that other resources of the network refer to. */
const NETWORK_TYPES: ReadonlySet<string> = new Set(['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup']);

const FORMS_NETWORK = /^AWS::(EC2::|Lambda::Url$)/;
const IPV6 = /Ipv6|dualstack|"DUAL"/i;
const S3_SERVICE = /\.s3$/;
const ROUTE_DESTINATION = /^Destination/;
/** Every property of a route but its destination and its table. */
const ROUTE_TARGET = /^(?!Destination|RouteTableId)/;

/** Writes words as a terminal shows them. */
export function renderForTerminal(language: Language): Render {
  return renderIn(language, (text) => text);
}

export const inEnglish = renderForTerminal('en');

/** Between more, the paths take too long to find. */
const MOST_PLACES = 300;

/** Reads a template's network. */
export function networkOf(template: Template): Network {
  const resources = new Resources(template);
  const places = placesOf(resources);
  const subnets = resources.ofType('AWS::EC2::Subnet');
  const [vpc] = resources.ofType('AWS::EC2::VPC');
  const [targetGroup] = resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup');
  return {
    cidr: String(vpc?.properties['CidrBlock']),
    subnets: subnets.map((subnet) => readSubnet(subnet, resources)),
    rules: groupBy(readRules(resources), ({ direction, group }) => `${direction} ${group}`),
    places: places.slice(0, MOST_PLACES),
    applicationPort: Number(targetGroup?.properties['Port']),
    nameOf: (id) => resources.nameOf(id),
    problems: problemsOf(resources, places),
  };
}

function problemsOf(resources: Resources, places: readonly Place[]): NetworkProblem[] {
  const placesWithoutGroup = places.filter(({ groups }) => groups.length === 0);
  const problems = unreadResources(resources).map(unread);
  for (const { name, peer } of unknownPeers(resources)) {
    problems.push(problemOf('unknown peer', wordsOf('problem.peer', { name, peer })));
  }
  for (const { name } of resourcesWithIpv6(resources)) {
    problems.push(problemOf('IPv6', wordsOf('problem.ipv6', { name })));
  }
  for (const { name } of vpcsWithOpenDefault(resources)) {
    problems.push(problemOf('open default', wordsOf('problem.openDefault', { name })));
  }
  for (const { name } of placesWithoutGroup) {
    problems.push(problemOf('no group', wordsOf('problem.noGroup', { name: endWords(name) })));
  }
  if (places.length > MOST_PLACES) {
    const counts = { shown: MOST_PLACES, all: places.length };
    problems.push(problemOf('too many', wordsOf('problem.tooMany', counts)));
  }
  return problems;
}

function unread({ name, type }: NamedResource): NetworkProblem {
  return problemOf(type, wordsOf('problem.unread', { name, type }));
}

function problemOf(kind: string, words: Words): NetworkProblem {
  return { kind, words };
}

function readSubnet({ id, properties }: NamedResource, resources: Resources): Subnet {
  const routeTables = routeTablesOf(id, resources);
  const usesTable = (value: unknown) => {
    const tables = referencedIds(value);
    return tables.some((table) => routeTables.includes(table));
  };
  const internetGateways = resources.ofType('AWS::EC2::InternetGateway');
  const gatewayIds = new Set(internetGateways.map((gateway) => gateway.id));
  const routes = resources.ofType('AWS::EC2::Route').map((route) => route.properties);
  const itsRoutes = routes.filter((route) => usesTable(route['RouteTableId']));
  const endpoints = resources.ofType('AWS::EC2::VPCEndpoint').map((endpoint) => endpoint.properties);
  const s3Gateways = endpoints.filter(isS3Gateway);
  return {
    id,
    cidr: String(properties['CidrBlock']),
    routes: itsRoutes.map((route) => readRoute(route, gatewayIds)),
    s3Endpoint: s3Gateways.some((endpoint) => usesTable(endpoint['RouteTableIds'])),
    isPrivate: isIsolated(properties) || hasDatabase(id, resources),
  };
}

function routeTablesOf(subnetId: string, resources: Resources): string[] {
  const associations = resources.ofType('AWS::EC2::SubnetRouteTableAssociation').map(({ properties }) => properties);
  const itsAssociations = associations.filter(({ SubnetId }) => {
    return referencedIds(SubnetId).includes(subnetId);
  });
  return itsAssociations.flatMap(({ RouteTableId }) => referencedIds(RouteTableId));
}

function readRoute(route: NamedResource['properties'], gatewayIds: ReadonlySet<string>): Route {
  const [destination = 'nothing'] = referencedIds(valuesOf(route, ROUTE_DESTINATION));
  const [target = 'nothing'] = referencedIds(valuesOf(route, ROUTE_TARGET));
  return { destination, target, isInternetGateway: gatewayIds.has(target) };
}

function valuesOf(properties: NamedResource['properties'], names: RegExp): unknown[] {
  const values: unknown[] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (names.test(name)) values.push(value);
  }
  return values;
}

/** The CDK tags its isolated subnets. */
function isIsolated(properties: NamedResource['properties']): boolean {
  return objectsOf(properties['Tags']).some(({ Value }) => Value === 'Isolated');
}

function hasDatabase(subnetId: string, resources: Resources): boolean {
  const subnetGroups = resources.ofType('AWS::RDS::DBSubnetGroup');
  const subnetIds = subnetGroups.map((group) => group.properties['SubnetIds']);
  return referencedIds(subnetIds).includes(subnetId);
}

/** A gateway endpoint for S3 whose policy does not restrict it. */
function isS3Gateway({ VpcEndpointType, ServiceName, PolicyDocument }: NamedResource['properties']): boolean {
  const isForS3 = S3_SERVICE.test(referencedIds(ServiceName).join(''));
  return VpcEndpointType === 'Gateway' && isForS3 && !PolicyDocument;
}

function unreadResources(resources: Resources): NamedResource[] {
  const networkResources = resources.all.filter(({ type }) => NETWORK_TYPES.has(type));
  return resources.all.filter((resource) => networkResources.length > 0 && isUnread(resource));
}

function isUnread({ type, properties }: NamedResource): boolean {
  if (READ_TYPES.has(type)) return false;
  if (type === 'AWS::EC2::VPCEndpoint') return !isS3Gateway(properties);
  if (type === 'AWS::EC2::VPCGatewayAttachment') return properties['VpnGatewayId'] !== undefined;
  return FORMS_NETWORK.test(type);
}

/** Properties without tags and descriptions, which may mention the network and are not in it. */
function withoutLabels(properties: NamedResource['properties']): object {
  return omitKeys(properties, 'Tags', 'Description');
}

function resourcesWithIpv6(resources: Resources): NamedResource[] {
  const networkResources = resources.all.filter(({ type }) => {
    return READ_TYPES.has(type) || type.startsWith('AWS::EC2::VPC');
  });
  return networkResources.filter(({ properties }) => {
    const text = JSON.stringify(withoutLabels(properties));
    return IPV6.test(text);
  });
}

function vpcsWithOpenDefault(resources: Resources): NamedResource[] {
  const restrictions = resources.ofType('Custom::VpcRestrictDefaultSG');
  const closedIds = restrictions.flatMap(({ properties }) => referencedIds(properties));
  const vpcs = resources.ofType('AWS::EC2::VPC');
  return vpcs.filter(({ id }) => !closedIds.includes(id));
}
