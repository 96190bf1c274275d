import { contains, overlap, parseIpRange } from '../../lib/config/ip-range';
import type { Network, Subnet } from './network';
import { LOAD_BALANCER, type Place } from './places';
import { commonPorts, type Ports, portsText } from './ports';
import type { Rule } from './security-rules';

export const INTERNET = 'internet';
export const S3 = 'S3';
/** What tasks and jobs need; without interface endpoints, all of them have public addresses only. */
export const SERVICES = ['image registry', 'Secrets Manager', 'log service'];

/** Something reaches something else, and what allows it. */
export interface Path {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly through: string;
  /** What it is between, by logical ids: several may have the same name. */
  readonly between: string;
  readonly open: Ports;
}

const HTTPS: Ports = { protocol: 'tcp', from: 443, to: 443 };
const ANY = '0.0.0.0/0';

/** Every path of a network. */
export function pathsOf(network: Network): Path[] {
  return [
    ...network.places.flatMap((place) => fromInternet(place, network)),
    ...network.places.flatMap((from) => network.places.flatMap((to) => between(from, to, network))),
    // A load balancer opens connections to its targets only.
    ...network.places.filter(({ name }) => name !== LOAD_BALANCER).flatMap((place) => outside(place, network)),
    ...network.subnets.filter(({ isPrivate }) => isPrivate).flatMap((subnet) => outOfPrivate(subnet, network)),
  ];
}

function fromInternet(place: Place, network: Network): Path[] {
  const gateway = internetRoute(subnetsOf(place, network));
  if (!place.hasPublicAddress || !gateway) return [];
  return rulesOf(place, 'in', network)
    .filter(({ peer }) => isOutside(peer, network))
    .flatMap((rule) =>
      listened(place, rule).map((ports) => ({
        from: INTERNET,
        to: place.name,
        ports: portsText(ports),
        through: `${network.nameOf(gateway.target)}; ${admits(rule, network)}`,
        between: `${INTERNET} ${place.id}`,
        open: ports,
      })),
    );
}

function between(from: Place, to: Place, network: Network): Path[] {
  const openToAll = fromInternet(to, network).length > 0;
  return (
    rulesOf(to, 'in', network)
      .filter(({ peer }) => from.groups.includes(peer) || touches(peer, subnetsOf(from, network)))
      // Being inside gives no more access here than anybody has.
      .filter(({ peer }) => !(openToAll && isOutside(peer, network)))
      .flatMap((rule) =>
        rulesOf(from, 'out', network)
          .filter(({ peer }) => to.groups.includes(peer) || touches(peer, subnetsOf(to, network)))
          .flatMap((out) => commonPorts(rule, out) ?? [])
          .flatMap((ports) => listened(to, ports))
          .map((ports) => ({
            from: from.name,
            to: to.name,
            ports: portsText(ports),
            through: admits(rule, network),
            between: `${from.id} ${to.id}`,
            open: ports,
          })),
      )
  );
}

function outside(place: Place, network: Network): Path[] {
  const isLetOut = rulesOf(place, 'out', network).some((rule) => rule.peer === ANY && commonPorts(rule, HTTPS));
  const subnets = subnetsOf(place, network);
  if (!isLetOut || subnets.length === 0) return [];
  const gateways = subnets.map((subnet) => internetRoute([subnet]));
  // A task may be placed in any of its subnets: what only one of them reaches is not reached.
  const [gateway] = place.hasPublicAddress && gateways.every(Boolean) ? gateways : [];
  const path = (to: string, through: string): Path => {
    return { from: place.name, to, ports: portsText(HTTPS), through, between: `${place.id} ${to}`, open: HTTPS };
  };
  const services = gateway ? SERVICES.map((service) => path(service, network.nameOf(gateway.target))) : [];
  if (subnets.every(({ s3Endpoint }) => s3Endpoint)) return [...services, path(S3, 'gateway endpoint')];
  return gateway ? [...services, path(S3, network.nameOf(gateway.target))] : services;
}

function outOfPrivate(subnet: Subnet, network: Network): Path[] {
  return subnet.routes.map(({ destination, target }) => ({
    from: 'private subnet',
    to: destination === ANY ? INTERNET : destination,
    ports: 'all',
    through: `${network.nameOf(subnet.id)} routes to ${network.nameOf(target)}`,
    between: `${subnet.id} ${destination}`,
    open: { protocol: '-1', from: 0, to: 65535 },
  }));
}

function subnetsOf(place: Place, { subnets }: Network): Subnet[] {
  return subnets.filter(({ id }) => place.subnets.includes(id));
}

function internetRoute(subnets: readonly Subnet[]) {
  return subnets.flatMap(({ routes }) => routes).find(({ isInternetGateway }) => isInternetGateway);
}

function rulesOf(place: Place, direction: Rule['direction'], { rules }: Network): Rule[] {
  return [...new Set(place.groups)].flatMap((group) => rules.get(`${direction} ${group}`) ?? []);
}

/** Whether a rule's peer is outside this network: neither one of its groups nor within its range. */
function isOutside(peer: string, { cidr }: Network): boolean {
  const [range, whole] = [parseIpRange(peer), parseIpRange(cidr)];
  return range ? !whole || !contains(whole, range) : peer.startsWith('pl-');
}

function touches(peer: string, subnets: readonly Subnet[]): boolean {
  const range = parseIpRange(peer);
  const ranges = subnets.flatMap(({ cidr }) => parseIpRange(cidr) ?? []);
  return range !== undefined && ranges.some((subnet) => overlap(range, subnet));
}

/** Of the ports that a rule opens, those on which somebody listens. */
function listened(place: Place, ports: Ports): Ports[] {
  if (!place.listens) return [ports];
  return place.listens.flatMap((port) => commonPorts(ports, { protocol: 'tcp', from: port, to: port }) ?? []);
}

/** A rule in words. */
export function admits(rule: Rule, network: Network): string {
  return `${network.nameOf(rule.group)} admits ${network.nameOf(rule.peer)}, ${portsText(rule)}`;
}
