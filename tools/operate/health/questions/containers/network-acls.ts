import { joined, type Message } from '@infra/common/message';
import { EC2, type NetworkAcl, type NetworkAclEntry } from '@aws-sdk/client-ec2';
import { contains, type Ipv4Range, parseIpv4Range } from '../../../../../lib/config/ip-range';
import { DATABASE_PORT, Part } from '../../../../../lib/contract';
import { readAll } from '../../../../deployed/pages';
import type { Environment } from '../../../../deployed/environment';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import { EVERYWHERE } from '../../security-group-path';
import type { CheckedContainer } from './container-kind';
import { words } from './words';

type Direction = 'ingress' | 'egress';

/** Traffic over TCP that the network ACLs of subnets have to let through. */
interface Flow {
  readonly subnets: readonly string[];
  readonly direction: Direction;
  readonly ports: readonly number[];
  /** Ranges of addresses at the other end. */
  readonly ranges: readonly string[];
}

const HTTPS_PORT = 443;
/** First and last port to which Linux takes answers. A network ACL keeps no state, so that it must admit answers, too. */
const EPHEMERAL_PORTS = [32_768, 60_999];

/**
 * Checks that the network ACLs of the subnets of containers, load balancer and database let their traffic through. The
 * stack leaves the VPC's default network ACL in place, which lets all traffic through.
 */
export async function checkNetworkAcls(checkedContainer: CheckedContainer): Promise<Answer> {
  const { environment, kind } = checkedContainer;
  const Filters = [{ Name: 'vpc-id', Values: [environment.physicalIdOf(Part.vpc)] }];
  const pages = environment.client(EC2).paginateDescribeNetworkAcls({ Filters });
  const networkAcls = await readAll(pages, 'NetworkAcls');
  const flows = await flowsOf(checkedContainer);
  const blockages = flows.flatMap((flow) => findBlockages(flow, networkAcls));
  if (blockages.length === 0) return NOTHING_WRONG;
  // A rule mostly denies several ports: the first one says enough.
  const firstOfFix = new Map<string, Message>();
  for (const blockage of blockages) {
    const fix = commandToOpen(environment, blockage);
    if (!firstOfFix.has(fix)) firstOfFix.set(fix, sentenceOn(blockage, kind.pluralName));
  }
  return wrongAnswer({ says: joined([...firstOfFix.values()]), fix: [...firstOfFix.keys()].join('\n') });
}

async function flowsOf({ environment, container, kind }: CheckedContainer): Promise<Flow[]> {
  const { subnets } = container;
  const ranges = await environment.readSubnetRanges(subnets);
  const databaseSubnets = await readDatabaseSubnets(environment);
  const databaseRanges = await environment.readSubnetRanges(databaseSubnets);
  const flows: Flow[] = [
    { subnets, direction: 'egress', ports: [HTTPS_PORT], ranges: [EVERYWHERE] },
    { subnets, direction: 'ingress', ports: EPHEMERAL_PORTS, ranges: [EVERYWHERE] },
    { subnets, direction: 'egress', ports: [DATABASE_PORT], ranges: databaseRanges },
    { subnets: databaseSubnets, direction: 'ingress', ports: [DATABASE_PORT], ranges },
    { subnets: databaseSubnets, direction: 'egress', ports: EPHEMERAL_PORTS, ranges },
  ];
  const isBehindLoadBalancer = kind.idSuffix === 'app';
  return isBehindLoadBalancer ? [...(await flowsOfUsers(environment)), ...flows] : flows;
}

async function readDatabaseSubnets(environment: Environment): Promise<string[]> {
  const { DBSubnetGroup } = await environment.describeDatabase();
  return (DBSubnetGroup?.Subnets ?? []).map(({ SubnetIdentifier = '' }) => SubnetIdentifier);
}

/** Flows between users and the load balancer. */
async function flowsOfUsers(environment: Environment): Promise<Flow[]> {
  const { openPorts, allowedRanges: ranges } = environment.config.loadBalancer;
  const { AvailabilityZones = [] } = await environment.describeLoadBalancer();
  const subnets = AvailabilityZones.map(({ SubnetId = '' }) => SubnetId);
  return [
    { subnets, direction: 'ingress', ports: openPorts, ranges },
    { subnets, direction: 'egress', ports: EPHEMERAL_PORTS, ranges },
  ];
}

/** Traffic that a network ACL does not let through. */
interface Blockage {
  readonly networkAcl: NetworkAcl;
  readonly direction: Direction;
  readonly port: number;
  readonly range: string;
  /** The rule that denies the traffic; `undefined`: no rule of a person matches the traffic, so that AWS's last one does. */
  readonly rule: NetworkAclEntry | undefined;
}

function findBlockages({ subnets, direction, ports, ranges }: Flow, networkAcls: readonly NetworkAcl[]): Blockage[] {
  const blockages: Blockage[] = [];
  const networkAclsOfSubnets = networkAcls.filter(({ Associations = [] }) => {
    return Associations.some(({ SubnetId = '' }) => subnets.includes(SubnetId));
  });
  for (const networkAcl of networkAclsOfSubnets) {
    for (const port of ports) {
      for (const range of ranges) {
        const verdict = verdictOn(networkAcl, direction, port, range);
        if (!verdict.isAllowed) blockages.push({ networkAcl, direction, port, range, rule: verdict.rule });
      }
    }
  }
  return blockages;
}

/** Decision of a network ACL on traffic. */
interface Verdict {
  readonly isAllowed: boolean;
  readonly rule?: NetworkAclEntry;
}

/**
 * Share of a range from which on its denial counts as a fault. Rules that deny some addresses protect the environment from
 * these.
 */
const DENIED_SHARE = 0.5;

/** Applies the rules as AWS does: by their number, until one matches the whole range. */
function verdictOn(networkAcl: NetworkAcl, direction: Direction, port: number, cidr: string): Verdict {
  const range = parseIpv4Range(cidr);
  // Nothing is known of a range that cannot be read.
  if (!range) return { isAllowed: true };
  let deniedShare = 0;
  for (const rule of rulesFor(networkAcl, direction, port)) {
    const ruleRange = parseIpv4Range(rule.CidrBlock ?? '');
    if (!ruleRange) continue;
    const isDenial = rule.RuleAction === 'deny';
    if (contains(ruleRange, range)) return isDenial ? { isAllowed: false, rule } : { isAllowed: true };
    if (!isDenial || !contains(range, ruleRange)) continue;
    deniedShare += shareOf(ruleRange, range);
    if (deniedShare >= DENIED_SHARE) return { isAllowed: false, rule };
  }
  return { isAllowed: false };
}

/** Share that a range has of a larger one. */
function shareOf(part: Ipv4Range, whole: Ipv4Range): number {
  return 2 ** (whole.prefix - part.prefix);
}

/** Number of the rule that ends each network ACL: it denies all traffic, and cannot be deleted. */
const LAST_RULE_NUMBER = 32767;
const ALL_PROTOCOLS = '-1';
const TCP = '6';

/** The rules of people for a port over TCP, in AWS's order. */
function rulesFor({ Entries = [] }: NetworkAcl, direction: Direction, port: number): NetworkAclEntry[] {
  const rules = Entries.filter((rule) => {
    const { Egress, RuleNumber = LAST_RULE_NUMBER } = rule;
    return Egress === (direction === 'egress') && RuleNumber < LAST_RULE_NUMBER && isForPort(rule, port);
  });
  return rules.sort((first, second) => (first.RuleNumber ?? 0) - (second.RuleNumber ?? 0));
}

function isForPort({ Protocol, PortRange }: NetworkAclEntry, port: number): boolean {
  if (Protocol === ALL_PROTOCOLS) return true;
  const { From = 0, To = 65_535 } = PortRange ?? {};
  return Protocol === TCP && From <= port && port <= To;
}

function sentenceOn({ networkAcl, direction, port, range, rule }: Blockage, containers: string): Message {
  const { NetworkAclId: networkAclId = '' } = networkAcl;
  const ruleNumber = rule && (rule.RuleNumber ?? 0);
  return words.closedNetworkAcl({ containers, networkAclId, port, direction, range, ruleNumber });
}

/** Number that AWS gives to the rule of a default network ACL that allows all traffic. */
const ALLOWING_RULE_NUMBER = 100;

/** Command that deletes the rule which denies the traffic, or that adds a rule which allows all traffic. */
function commandToOpen(environment: Environment, { networkAcl, direction, rule }: Blockage): string {
  const { NetworkAclId = '' } = networkAcl;
  const optionsFor = (ruleNumber: number) =>
    `--network-acl-id ${NetworkAclId} --rule-number ${ruleNumber} --${direction}`;
  if (rule?.RuleNumber !== undefined) {
    return environment.awsCommand('ec2 delete-network-acl-entry', optionsFor(rule.RuleNumber));
  }
  const allTraffic = `--protocol=-1 --rule-action allow --cidr-block ${EVERYWHERE}`;
  const ruleNumber = freeRuleNumber(networkAcl, direction);
  return environment.awsCommand('ec2 create-network-acl-entry', `${optionsFor(ruleNumber)} ${allTraffic}`);
}

/** The lowest free number from that of the default rule on. */
function freeRuleNumber({ Entries = [] }: NetworkAcl, direction: Direction): number {
  const rules = Entries.filter(({ Egress }) => Egress === (direction === 'egress'));
  const takenNumbers = new Set(rules.map(({ RuleNumber }) => RuleNumber));
  let ruleNumber = ALLOWING_RULE_NUMBER;
  while (takenNumbers.has(ruleNumber)) ruleNumber += 1;
  return ruleNumber;
}
