import { contains, isIpRange, overlap } from './ip-range';
import { wordsOf } from '../messages';
import { say, type Words } from '../messages/words';
import { inEnglish, type Network, type Route, type Subnet } from './network';
import { IMAGE_REGISTRY, INTERNET, LOAD_BALANCER, LOG_SERVICE, type Place, PRIVATE_SUBNET } from './places';
import { commonPorts, isEveryPort, type Ports, portsText } from './ports';
import { type Direction, isPrefixList, type Rule } from './security-rules';

export const S3 = 'S3';
/** Way of a path to S3 through the endpoint of the VPC, without the internet. */
export const GATEWAY_ENDPOINT = 'gateway endpoint';
/** Services that tasks and jobs need. Without interface endpoints, all have public addresses only. */
export const SERVICES = [IMAGE_REGISTRY, 'Secrets Manager', LOG_SERVICE];

/** A source that reaches a target, and what allows it. */
export interface Path {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly through: string;
  /** The same in the words of each language. */
  readonly way: Words;
  /** Logical IDs of both ends: several may have the same name. */
  readonly between: string;
  readonly open: Ports;
  /** Conditions of the template under which it exists. */
  readonly conditions: readonly string[];
}

/** Source or target of a path. */
interface End {
  readonly id: string;
  readonly name: string;
  readonly conditions?: readonly string[];
}

const HTTPS = tcpPort(443);

const ALL_PORTS: Ports = {
  protocol: '-1',
  from: 0,
  to: 65535,
};

const ANY_ADDRESS = '0.0.0.0/0';

/** Ports in words; a protocol and its ports are the same in each language. */
export function portsWords(ports: Ports): Words {
  return isEveryPort(ports) ? wordsOf('ports.all') : say`${portsText(ports)}`;
}

/** Every path of a network. */
export function pathsOf(network: Network): Path[] {
  const { places, subnets } = network;
  // A load balancer opens connections to its targets only.
  const clients = places.filter(({ name }) => name !== LOAD_BALANCER);
  const privateSubnets = subnets.filter(({ isPrivate }) => isPrivate);
  return [
    ...places.flatMap((place) => pathsFromInternet(place, network)),
    ...places.flatMap((place) => pathsToPlaces(place, network)),
    ...clients.flatMap((place) => pathsToServices(place, network)),
    ...privateSubnets.flatMap((subnet) => pathsOutOf(subnet, network)),
  ];
}

/** An end outside the network. */
function outsideEnd(name: string): End {
  return { id: name, name };
}

function pathBetween(from: End, to: End, open: Ports, way: Words, rule?: Rule): Path {
  const holders = [from, to, rule];
  return {
    from: from.name,
    to: to.name,
    ports: portsText(open),
    through: inEnglish(way),
    way,
    between: `${from.id} ${to.id}`,
    open,
    conditions: [...new Set(holders.flatMap((holder) => holder?.conditions ?? []))],
  };
}

function pathsFromInternet(place: Place, network: Network): Path[] {
  const [gateway] = subnetsOf(place, network).flatMap(routesToInternet);
  if (!place.hasPublicAddress || !gateway) return [];
  const internet = outsideEnd(INTERNET);
  const ingress = rulesOf(place, 'in', network);
  const rules = ingress.filter(({ peer }) => isOutside(peer, network));
  return rules.flatMap((rule) => {
    const way = wordsOf('way.fromInternet', {
      gateway: network.nameOf(gateway.target),
      rule: ruleWords(rule, network),
    });
    const openPorts = listenedPorts(place, rule);
    return openPorts.map((ports) => pathBetween(internet, place, ports, way, rule));
  });
}

function pathsToPlaces(from: Place, network: Network): Path[] {
  return network.places.flatMap((to) => pathsBetween(from, to, network));
}

function pathsBetween(from: Place, to: Place, network: Network): Path[] {
  const isOpenToAll = pathsFromInternet(to, network).length > 0;
  const ingress = rulesOf(to, 'in', network).filter(({ peer }) => {
    // Being inside the network adds nothing to what is open to the internet.
    const isReportedAsOpen = isOpenToAll && isOutside(peer, network);
    return isPeer(peer, from, network) && !isReportedAsOpen;
  });
  const egress = rulesOf(from, 'out', network).filter(({ peer }) => {
    return isPeer(peer, to, network);
  });
  return ingress.flatMap((rule) => {
    const way = ruleWords(rule, network);
    const allowedPorts = egress.flatMap((egressRule) => commonPorts(rule, egressRule) ?? []);
    const openPorts = allowedPorts.flatMap((ports) => listenedPorts(to, ports));
    return openPorts.map((ports) => pathBetween(from, to, ports, way, rule));
  });
}

/** True if a rule's peer is a group of the place, or a range that has addresses of its subnets. */
function isPeer(peer: string, place: Place, network: Network): boolean {
  if (place.groups.includes(peer)) return true;
  const subnets = subnetsOf(place, network);
  return subnets.some(({ cidr }) => overlap(peer, cidr));
}

function pathsToServices(place: Place, network: Network): Path[] {
  const subnets = subnetsOf(place, network);
  if (subnets.length === 0 || !isHttpsAllowedOut(place, network)) return [];
  const gateway = gatewayOf(place, subnets);
  const wayToInternet = gateway && say`${network.nameOf(gateway.target)}`;
  const hasEndpoint = subnets.every(({ s3Endpoint }) => s3Endpoint);
  const wayToS3 = hasEndpoint ? wordsOf('way.endpoint') : wayToInternet;
  const paths: Path[] = [];
  if (wayToInternet) {
    for (const service of SERVICES) paths.push(pathToService(place, service, wayToInternet));
  }
  if (wayToS3) paths.push(pathToService(place, S3, wayToS3));
  return paths;
}

function pathToService(place: Place, service: string, way: Words): Path {
  return pathBetween(place, outsideEnd(service), HTTPS, way);
}

function isHttpsAllowedOut(place: Place, network: Network): boolean {
  const rules = rulesOf(place, 'out', network);
  return rules.some((rule) => rule.peer === ANY_ADDRESS && commonPorts(rule, HTTPS));
}

/** Route to the internet. A task may be placed in any of its subnets: each of them needs one. */
function gatewayOf(place: Place, subnets: readonly Subnet[]): Route | undefined {
  const routes = subnets.map((subnet) => routesToInternet(subnet));
  const isRouted = routes.every(({ length }) => length > 0);
  return place.hasPublicAddress && isRouted ? routes[0]?.[0] : undefined;
}

function pathsOutOf(subnet: Subnet, network: Network): Path[] {
  const from: End = { id: subnet.id, name: PRIVATE_SUBNET };
  return subnet.routes.map(({ destination, target }) => {
    const name = destination === ANY_ADDRESS ? INTERNET : destination;
    const to: End = { id: destination, name };
    const way = wordsOf('way.route', {
      subnet: network.nameOf(subnet.id),
      target: network.nameOf(target),
    });
    return pathBetween(from, to, ALL_PORTS, way);
  });
}

function subnetsOf(place: Place, { subnets }: Network): Subnet[] {
  return subnets.filter(({ id }) => place.subnets.includes(id));
}

function routesToInternet({ routes }: Subnet): Route[] {
  return routes.filter(({ isInternetGateway }) => isInternetGateway);
}

function rulesOf(place: Place, direction: Direction, { rules }: Network): Rule[] {
  const groups = [...new Set(place.groups)];
  return groups.flatMap((group) => {
    const key = `${direction} ${group}`;
    return rules.get(key) ?? [];
  });
}

/** True if a rule's peer is outside this network: neither one of its groups nor within its range. */
function isOutside(peer: string, { cidr }: Network): boolean {
  return isIpRange(peer) ? !contains(cidr, peer) : isPrefixList(peer);
}

/** Ports that a rule opens and on which the place listens. */
function listenedPorts(place: Place, open: Ports): Ports[] {
  if (!place.listens) return [open];
  return place.listens.flatMap((port) => commonPorts(open, tcpPort(port)) ?? []);
}

function tcpPort(port: number): Ports {
  return {
    protocol: 'tcp',
    from: port,
    to: port,
  };
}

export function ruleWords(rule: Rule, network: Network): Words {
  return wordsOf('way.rule', {
    group: network.nameOf(rule.group),
    peer: network.nameOf(rule.peer),
    ports: portsWords(rule),
  });
}
