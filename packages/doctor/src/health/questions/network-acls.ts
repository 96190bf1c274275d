import { joined } from '@infra/common/message';
import { EC2, type NetworkAcl, type NetworkAclEntry } from '@aws-sdk/client-ec2';
import { DATABASE_PORT, Part } from '@infra/commands/app';
import { textsInTemplate } from '@infra/operate/deployed/deployed-resources';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { readAll } from '@infra/operate/deployed/pages';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { EVERYWHERE } from '../security-group-path';
import { WEB_TASKS } from './containers/container-kind';
import { HTTPS_PORT } from './containers/network';
import { words } from './words';

/**
 * Question on the network ACLs of the subnets. AWS lists them among the reasons for which a task does not start or a target
 * is unhealthy. They are no resources of the stack, which leaves the VPC's default network ACL as it is: no comparison finds
 * a change of one.
 */
export const NETWORK_ACLS: Question = {
  id: 'network-acl',
  statement: words.statements.networkAcls,
  firstAskedBy: 'doctor',
  ask: checkNetworkAcls,
};

type Direction = 'ingress' | 'egress';

/** A network ACL that lets nothing through in a direction. */
interface Closure {
  readonly networkAclId: string;
  readonly direction: Direction;
  /** Port of TCP that is closed; `undefined`: every port is. */
  readonly port: number | undefined;
  /** Number of the rule that denies the traffic; `undefined`: no rule allows it. */
  readonly ruleNumber: number | undefined;
}

/** First and last port to which answers come on Linux (net.ipv4.ip_local_port_range), and thus those of a task. */
const PORTS_OF_ANSWERS = [32768, 60999];

/** Ports through which web tasks and the load balancer have to reach others, and be reached. */
function neededPorts({ config }: Environment): Readonly<Record<Direction, readonly number[]>> {
  return {
    ingress: [...config.loadBalancer.openPorts, ...PORTS_OF_ANSWERS],
    egress: [HTTPS_PORT, DATABASE_PORT, ...PORTS_OF_ANSWERS],
  };
}

async function checkNetworkAcls(environment: Environment): Promise<Answer> {
  const Filters = [{ Name: 'vpc-id', Values: [physicalIdOf(environment, Part.vpc)] }];
  const pages = environment.client(EC2).paginateDescribeNetworkAcls({ Filters });
  const networkAcls = await readAll(pages, 'NetworkAcls');
  const { part, keysOfSubnets } = WEB_TASKS.place;
  const webSubnets = textsInTemplate(environment, part, keysOfSubnets);
  const ports = neededPorts(environment);
  const closures: Closure[] = [];
  for (const networkAcl of networkAcls) {
    const { Associations = [] } = networkAcl;
    if (Associations.length === 0) continue;
    const isOfWeb = Associations.some(({ SubnetId = '' }) => webSubnets.includes(SubnetId));
    for (const direction of ['ingress', 'egress'] as const) {
      const closure = closureOf(networkAcl, direction, [undefined, ...(isOfWeb ? ports[direction] : [])]);
      if (closure) closures.push(closure);
    }
  }
  if (closures.length === 0) return NOTHING_WRONG;
  return wrongAnswer({
    says: joined(closures.map(words.closedNetworkAcl)),
    fix: closures.map((closure) => commandToOpen(environment, closure)).join('\n'),
  });
}

/** Number of the rule that ends each network ACL: it denies all traffic, and cannot be deleted. */
const LAST_RULE_NUMBER = 32767;

/** The closure of the first port that is closed; `undefined`: none is. AWS applies the rules by their number, until one matches. */
function closureOf(
  { NetworkAclId: networkAclId = '', Entries = [] }: NetworkAcl,
  direction: Direction,
  ports: readonly (number | undefined)[],
): Closure | undefined {
  const rules = Entries.filter(({ Egress }) => Egress === (direction === 'egress'));
  rules.sort((first, second) => numberOf(first) - numberOf(second));
  for (const port of ports) {
    // A rule that denies some traffic protects the environment from it, and one that allows ICMP alone lets no request through.
    const rulesForPort = rules.filter((rule) => isForTcp(rule) && isForPort(rule, port));
    const decidingRule = rulesForPort.find((rule) => rule.RuleAction === 'allow' || isForEverybody(rule));
    if (decidingRule?.RuleAction === 'allow') continue;
    const isLastRule = decidingRule === undefined || numberOf(decidingRule) === LAST_RULE_NUMBER;
    return { networkAclId, direction, port, ruleNumber: isLastRule ? undefined : numberOf(decidingRule) };
  }
  return undefined;
}

function numberOf({ RuleNumber = LAST_RULE_NUMBER }: NetworkAclEntry): number {
  return RuleNumber;
}

/** Numbers of protocols in rules: all of them, and TCP. */
const ALL_PROTOCOLS = '-1';
const TCP = '6';

function isForTcp({ Protocol }: NetworkAclEntry): boolean {
  return Protocol === ALL_PROTOCOLS || Protocol === TCP;
}

const HIGHEST_PORT = 65535;

/** @param port - `undefined`: a rule that denies is for each port, and one that allows for any. */
function isForPort({ Protocol, PortRange, RuleAction }: NetworkAclEntry, port: number | undefined): boolean {
  if (Protocol === ALL_PROTOCOLS || PortRange === undefined) return true;
  const { From = 0, To = HIGHEST_PORT } = PortRange;
  if (port !== undefined) return From <= port && port <= To;
  return RuleAction === 'allow' || (From <= 1 && To === HIGHEST_PORT);
}

function isForEverybody({ CidrBlock }: NetworkAclEntry): boolean {
  return CidrBlock === EVERYWHERE;
}

/** Command that deletes the rule which denies all traffic, or that adds one which allows what no rule denies. */
function commandToOpen(environment: Environment, { networkAclId, direction, ruleNumber }: Closure): string {
  const options = `--network-acl-id ${networkAclId} --${direction} --rule-number`;
  if (ruleNumber !== undefined) {
    return awsCommand(environment.region, 'ec2 delete-network-acl-entry', `${options} ${ruleNumber}`);
  }
  const allTraffic = `--protocol=-1 --rule-action allow --cidr-block ${EVERYWHERE}`;
  return awsCommand(
    environment.region,
    'ec2 create-network-acl-entry',
    `${options} ${LAST_RULE_NUMBER - 1} ${allTraffic}`,
  );
}
