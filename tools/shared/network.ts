import { type Place, placesOf } from './places';
import { readRules, type Rule, unknownPeers } from './security-rules';
import { type Named, references, Resources, type Template } from './template';
import { groupBy, objects } from './values';

/** Where a subnet's packets go. */
export interface Route {
  readonly destination: string;
  readonly target: string;
  readonly isInternetGateway: boolean;
}

export interface Subnet {
  readonly id: string;
  readonly cidr: string;
  readonly routes: readonly Route[];
  /** Whether the free gateway endpoint takes what goes to S3. */
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
  /** What makes the answer unreliable, or is wrong in itself. */
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
  const [vpc] = resources.of('AWS::EC2::VPC');
  const places = placesOf(resources);
  return {
    cidr: String(vpc?.properties['CidrBlock']),
    subnets: resources.of('AWS::EC2::Subnet').map((subnet) => readSubnet(subnet, resources)),
    rules: groupBy(readRules(resources), ({ direction, group }) => `${direction} ${group}`),
    places: places.slice(0, MOST_PLACES),
    applicationPort: Number(resources.of('AWS::ElasticLoadBalancingV2::TargetGroup')[0]?.properties['Port']),
    nameOf: (id) => resources.nameOf(id),
    problems: [
      ...notUnderstood(resources),
      ...unknownPeers(resources),
      ...ipv6(resources),
      ...defaultGroup(resources),
      ...withoutGroup(places),
      ...(places.length > MOST_PLACES ? [`Of ${places.length} places only ${MOST_PLACES} are looked at.`] : []),
    ],
  };
}

function readSubnet({ id, properties }: Named, resources: Resources): Subnet {
  const tables = resources
    .of('AWS::EC2::SubnetRouteTableAssociation')
    .filter((association) => references(association.properties['SubnetId']).includes(id))
    .flatMap((association) => references(association.properties['RouteTableId']));
  const usesTable = (value: unknown) => references(value).some((table) => tables.includes(table));
  const gateways = new Set(resources.of('AWS::EC2::InternetGateway').map((gateway) => gateway.id));
  const routes = resources
    .of('AWS::EC2::Route')
    .filter(({ properties: route }) => usesTable(route['RouteTableId']))
    .map(({ properties: route }): Route => {
      const those = (keys: RegExp) =>
        references(Object.entries(route).flatMap(([key, value]) => (keys.test(key) ? [value] : [])));
      const [destination = 'nothing'] = those(/^Destination/);
      const [target = 'nothing'] = those(/^(?!Destination|RouteTableId)/);
      return { destination, target, isInternetGateway: gateways.has(target) };
    });
  const databaseSubnets = resources
    .of('AWS::RDS::DBSubnetGroup')
    .flatMap((group) => references(group.properties['SubnetIds']));
  const isIsolated = objects(properties['Tags']).some(({ Value }) => Value === 'Isolated');
  return {
    id,
    cidr: String(properties['CidrBlock']),
    routes,
    s3Endpoint: resources
      .of('AWS::EC2::VPCEndpoint')
      .some(({ properties: endpoint }) => isS3Gateway(endpoint) && usesTable(endpoint['RouteTableIds'])),
    isPrivate: isIsolated || databaseSubnets.includes(id),
  };
}

function isS3Gateway({ VpcEndpointType, ServiceName, PolicyDocument }: Named['properties']): boolean {
  return VpcEndpointType === 'Gateway' && /\.s3$/.test(references(ServiceName).join('')) && !PolicyDocument;
}

function notUnderstood(resources: Resources): string[] {
  const inNetwork = new Set(
    resources.all.filter(({ type }) => /^AWS::EC2::(VPC|Subnet|SecurityGroup)$/.test(type)).map(({ id }) => id),
  );
  const isUnderstood = ({ type, properties }: Named) =>
    UNDERSTOOD.test(type) ||
    (type === 'AWS::EC2::VPCEndpoint' && isS3Gateway(properties)) ||
    (type === 'AWS::EC2::VPCGatewayAttachment' && properties['VpnGatewayId'] === undefined);
  return resources.all
    .filter(
      (one) =>
        !isUnderstood(one) &&
        // Policies name the network, but are not in it.
        !one.type.startsWith('AWS::IAM::') &&
        (/^AWS::(EC2::|Lambda::Url$)/.test(one.type) || references(one.properties).some((id) => inNetwork.has(id))),
    )
    .map(({ name, type }) => `${name} (${type}) is not understood here.`);
}

function ipv6(resources: Resources): string[] {
  return resources.all
    .filter(
      ({ type, properties }) =>
        (UNDERSTOOD.test(type) || type.startsWith('AWS::EC2::VPC')) &&
        /Ipv6|dualstack|"DUAL"/i.test(JSON.stringify(properties)),
    )
    .map(({ name }) => `${name} uses IPv6, and nothing here is meant to.`);
}

function defaultGroup(resources: Resources): string[] {
  const closed = resources.of('Custom::VpcRestrictDefaultSG').flatMap((one) => references(one.properties));
  return resources
    .of('AWS::EC2::VPC')
    .filter(({ id }) => !closed.includes(id))
    .map(({ name }) => `The default security group of ${name} is not closed.`);
}

function withoutGroup(places: readonly Place[]): string[] {
  return places
    .filter(({ groups }) => groups.length === 0)
    .map(({ name }) => `The ${name} has no security group, and so the default one.`);
}
