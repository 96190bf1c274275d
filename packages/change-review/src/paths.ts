import { contains, isIpRange, overlap } from './ip-range';
import type { Network, Route, Subnet } from './network';
import { LOAD_BALANCER, type Place } from './places';
import { commonPorts, type Ports, portsText } from './ports';
import type { Rule } from './security-rules';

export const INTERNET = 'internet';
export const S3 = 'S3';
/** Way of a path to S3 through the endpoint of the VPC, without the internet. */
export const GATEWAY_ENDPOINT = 'gateway endpoint';
/** Services that tasks and jobs need. Without interface endpoints, all have public addresses only. */
export const SERVICES = ['image registry', 'Secrets Manager', 'log service'];

/** Something reaches something else, and what allows it. */
export interface Path {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly through: string;
  /** Logical ids of both ends: several may have the same name. */
  readonly between: string;
  readonly open: Ports;
}

const HTTPS: Ports = { protocol: 'tcp', from: 443, to: 443 };
const ALL: Ports = { protocol: '-1', from: 0, to: 65535 };
const ANY = '0.0.0.0/0';

/** Every path of a network. */
export function pathsOf(network: Network): Path[] {
  const { places, subnets } = network;
  return [
    ...places.flatMap((place) => fromInternet(place, network)),
    ...places.flatMap((from) => places.flatMap((to) => between(from, to, network))),
    // A load balancer opens connections to its targets only.
    ...places.filter(({ name }) => name !== LOAD_BALANCER).flatMap((place) => outside(place, network)),
    ...subnets.filter(({ isPrivate }) => isPrivate).flatMap((subnet) => outOfPrivate(subnet, network)),
  ];
}

type End = Pick<Place, 'id' | 'name'>;
const outsider = (name: string): End => ({ id: name, name });
const path = (from: End, to: End, open: Ports, through: string): Path => {
  return { from: from.name, to: to.name, ports: portsText(open), through, between: `${from.id} ${to.id}`, open };
};

function fromInternet(place: Place, network: Network): Path[] {
  const [gateway] = subnetsOf(place, network).flatMap(internetRoute);
  if (!place.hasPublicAddress || !gateway) return [];
  return rulesOf(place, 'in', network)
    .filter(({ peer }) => isOutside(peer, network))
    .flatMap((rule) => {
      const through = `${network.nameOf(gateway.target)}; ${admits(rule, network)}`;
      return listened(place, rule).map((ports) => path(outsider(INTERNET), place, ports, through));
    });
}

function between(from: Place, to: Place, network: Network): Path[] {
  const openToAll = fromInternet(to, network).length > 0;
  const isFor = (peer: string, place: Place) =>
    place.groups.includes(peer) || subnetsOf(place, network).some(({ cidr }) => overlap(peer, cidr));
  return (
    rulesOf(to, 'in', network)
      // Being inside gives no more access here than anybody has.
      .filter(({ peer }) => isFor(peer, from) && !(openToAll && isOutside(peer, network)))
      .flatMap((rule) =>
        rulesOf(from, 'out', network)
          .filter(({ peer }) => isFor(peer, to))
          .flatMap((out) => commonPorts(rule, out) ?? [])
          .flatMap((ports) => listened(to, ports))
          .map((ports) => path(from, to, ports, admits(rule, network))),
      )
  );
}

function outside(place: Place, network: Network): Path[] {
  const isLetOut = rulesOf(place, 'out', network).some((rule) => rule.peer === ANY && commonPorts(rule, HTTPS));
  const subnets = subnetsOf(place, network);
  if (!isLetOut || subnets.length === 0) return [];
  const gateways = subnets.map((subnet) => internetRoute(subnet)[0]);
  // A task may be placed in any of its subnets: what only one of them reaches is not reached.
  const [gateway] = place.hasPublicAddress && gateways.every(Boolean) ? gateways : [];
  const to = (name: string, through: string) => path(place, outsider(name), HTTPS, through);
  const services = gateway ? SERVICES.map((service) => to(service, network.nameOf(gateway.target))) : [];
  if (subnets.every(({ s3Endpoint }) => s3Endpoint)) return [...services, to(S3, GATEWAY_ENDPOINT)];
  return gateway ? [...services, to(S3, network.nameOf(gateway.target))] : services;
}

function outOfPrivate(subnet: Subnet, network: Network): Path[] {
  return subnet.routes.map(({ destination, target }) => {
    const through = `${network.nameOf(subnet.id)} routes to ${network.nameOf(target)}`;
    const to = { id: destination, name: destination === ANY ? INTERNET : destination };
    return path({ id: subnet.id, name: 'private subnet' }, to, ALL, through);
  });
}

function subnetsOf(place: Place, { subnets }: Network): Subnet[] {
  return subnets.filter(({ id }) => place.subnets.includes(id));
}

const internetRoute = ({ routes }: Subnet): Route[] => routes.filter(({ isInternetGateway }) => isInternetGateway);

function rulesOf(place: Place, direction: Rule['direction'], { rules }: Network): Rule[] {
  return [...new Set(place.groups)].flatMap((group) => rules.get(`${direction} ${group}`) ?? []);
}

/** True if a rule's peer is outside this network: neither one of its groups nor within its range. */
function isOutside(peer: string, { cidr }: Network): boolean {
  return isIpRange(peer) ? !contains(cidr, peer) : peer.startsWith('pl-');
}

/** Ports that a rule opens and on which something listens. */
function listened(place: Place, ports: Ports): Ports[] {
  if (!place.listens) return [ports];
  return place.listens.flatMap((port) => commonPorts(ports, { protocol: 'tcp', from: port, to: port }) ?? []);
}

/** A rule in words. */
export function admits(rule: Rule, network: Network): string {
  return `${network.nameOf(rule.group)} admits ${network.nameOf(rule.peer)}, ${portsText(rule)}`;
}
