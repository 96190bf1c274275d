import { type Place, placesOf } from './places';
import { readRules, type Rule, unknownPeers } from './security-rules';
import { type NamedResource, referencedIds, Resources, type Template } from '@infra/common/template';
import { groupBy, objectsOf } from '@infra/common/values';

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
  /** True if the free gateway endpoint takes what goes to S3. */
  readonly s3Endpoint: boolean;
  readonly isPrivate: boolean;
}

/** One environment's network, as far as reachability needs it. */
export interface Network {
  readonly cidr: string;
  readonly subnets: readonly Subnet[];
  /** By direction and group. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  readonly places: readonly Place[];
  /** The port on which the load balancer talks to the web tasks. */
  readonly applicationPort: number;
  readonly nameOf: (id: string) => string;
  /** Problems that make the answer unreliable, or are faults themselves. */
  readonly problems: readonly string[];
}

/** The types that are read here. Any other type in the network makes the answer unreliable. */
const UNDERSTOOD =
  /^(AWS::(EC2::(VPC|Subnet|RouteTable|SubnetRouteTableAssociation|Route|InternetGateway|SecurityGroup(Ingress|Egress)?)|ElasticLoadBalancingV2::(LoadBalancer|TargetGroup|Listener)|RDS::DB(Instance|SubnetGroup)|ECS::Service|Batch::ComputeEnvironment)|Custom::VpcRestrictDefaultSG)$/;

/** Between more, the paths take too long to find. */
const MOST_PLACES = 300;

/** Reads a template's network. */
export function networkOf(template: Template): Network {
  const resources = new Resources(template);
  const places = placesOf(resources);
  return {
    cidr: String(resources.ofType('AWS::EC2::VPC')[0]?.properties['CidrBlock']),
    subnets: resources.ofType('AWS::EC2::Subnet').map((subnet) => readSubnet(subnet, resources)),
    rules: groupBy(readRules(resources), ({ direction, group }) => `${direction} ${group}`),
    places: places.slice(0, MOST_PLACES),
    applicationPort: Number(resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup')[0]?.properties['Port']),
    nameOf: (id) => resources.nameOf(id),
    problems: [
      ...notUnderstood(resources).map(({ name, type }) => `${name} (${type}) is not understood here.`),
      ...unknownPeers(resources),
      ...ipv6(resources).map(({ name }) => `${name} uses IPv6, and nothing here is meant to.`),
      ...openDefault(resources).map(({ name }) => `The default security group of ${name} is not closed.`),
      ...places
        .filter(({ groups }) => groups.length === 0)
        .map(({ name }) => `The ${name} has no security group, and so the default one.`),
      ...(places.length > MOST_PLACES ? [`Of ${places.length} places only ${MOST_PLACES} are looked at.`] : []),
    ],
  };
}

function readSubnet({ id, properties }: NamedResource, resources: Resources): Subnet {
  const of = (type: string) => resources.ofType(`AWS::EC2::${type}`).map((one) => one.properties);
  const tables = of('SubnetRouteTableAssociation')
    .filter((association) => referencedIds(association['SubnetId']).includes(id))
    .flatMap((association) => referencedIds(association['RouteTableId']));
  const usesTable = (value: unknown) => referencedIds(value).some((table) => tables.includes(table));
  const gateways = new Set(resources.ofType('AWS::EC2::InternetGateway').map((gateway) => gateway.id));
  const routes = of('Route').filter((route) => usesTable(route['RouteTableId']));
  const databases = resources.ofType('AWS::RDS::DBSubnetGroup').map((group) => group.properties['SubnetIds']);
  const isIsolated = objectsOf(properties['Tags']).some(({ Value }) => Value === 'Isolated');
  return {
    id,
    cidr: String(properties['CidrBlock']),
    routes: routes.map((route) => {
      const those = (keys: RegExp) => Object.entries(route).flatMap(([key, value]) => (keys.test(key) ? [value] : []));
      const [destination = 'nothing'] = referencedIds(those(/^Destination/));
      const [target = 'nothing'] = referencedIds(those(/^(?!Destination|RouteTableId)/));
      return { destination, target, isInternetGateway: gateways.has(target) };
    }),
    s3Endpoint: of('VPCEndpoint').some((endpoint) => isS3Gateway(endpoint) && usesTable(endpoint['RouteTableIds'])),
    isPrivate: isIsolated || referencedIds(databases).includes(id),
  };
}

function isS3Gateway({ VpcEndpointType, ServiceName, PolicyDocument }: NamedResource['properties']): boolean {
  return VpcEndpointType === 'Gateway' && /\.s3$/.test(referencedIds(ServiceName).join('')) && !PolicyDocument;
}

function notUnderstood(resources: Resources): NamedResource[] {
  const network = resources.all.filter(({ type }) => /^AWS::EC2::(VPC|Subnet|SecurityGroup)$/.test(type));
  const ids = new Set(network.map(({ id }) => id));
  return resources.all.filter(({ type, properties }) => {
    // Policies name the network, but are not in it.
    if (UNDERSTOOD.test(type) || type.startsWith('AWS::IAM::')) return false;
    if (type === 'AWS::EC2::VPCEndpoint') return !isS3Gateway(properties);
    if (type === 'AWS::EC2::VPCGatewayAttachment') return properties['VpnGatewayId'] !== undefined;
    return /^AWS::(EC2::|Lambda::Url$)/.test(type) || referencedIds(properties).some((id) => ids.has(id));
  });
}

function ipv6(resources: Resources): NamedResource[] {
  const inNetwork = resources.all.filter(({ type }) => UNDERSTOOD.test(type) || type.startsWith('AWS::EC2::VPC'));
  return inNetwork.filter(({ properties }) => /Ipv6|dualstack|"DUAL"/i.test(JSON.stringify(properties)));
}

function openDefault(resources: Resources): NamedResource[] {
  const closed = resources.ofType('Custom::VpcRestrictDefaultSG').flatMap((one) => referencedIds(one.properties));
  return resources.ofType('AWS::EC2::VPC').filter(({ id }) => !closed.includes(id));
}
