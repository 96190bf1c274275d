import { joined } from '@infra/common/message';
import { EC2, type NetworkAcl, type NetworkAclEntry } from '@aws-sdk/client-ec2';
import { Part } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { readAll } from '@infra/operate/deployed/pages';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { EVERYWHERE } from '../security-group-path';
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
  /** Number of the rule that denies all traffic; `undefined`: no rule allows any. */
  readonly ruleNumber: number | undefined;
}

async function checkNetworkAcls(environment: Environment): Promise<Answer> {
  const Filters = [{ Name: 'vpc-id', Values: [physicalIdOf(environment, Part.vpc)] }];
  const pages = environment.client(EC2).paginateDescribeNetworkAcls({ Filters });
  const networkAcls = await readAll(pages, 'NetworkAcls');
  const networkAclsOfSubnets = networkAcls.filter(({ Associations = [] }) => Associations.length > 0);
  const closures = networkAclsOfSubnets.flatMap((networkAcl) => [
    ...closuresOf(networkAcl, 'ingress'),
    ...closuresOf(networkAcl, 'egress'),
  ]);
  if (closures.length === 0) return NOTHING_WRONG;
  return wrongAnswer({
    says: joined(closures.map(words.closedNetworkAcl)),
    fix: closures.map((closure) => commandToOpen(environment, closure)).join('\n'),
  });
}

/** Number of the rule that ends each network ACL: it denies all traffic, and cannot be deleted. */
const LAST_RULE_NUMBER = 32767;

/** The closure of a direction, if there is one: AWS applies the rules by their number, until one matches. */
function closuresOf({ NetworkAclId: networkAclId = '', Entries = [] }: NetworkAcl, direction: Direction): Closure[] {
  const rules = Entries.filter(({ Egress }) => Egress === (direction === 'egress'));
  rules.sort((first, second) => numberOf(first) - numberOf(second));
  // A rule that denies some traffic protects the environment from it, and one that allows ICMP alone lets no request through.
  const rulesForTcp = rules.filter(isForTcp);
  const decidingRule = rulesForTcp.find(
    (rule) => rule.RuleAction === 'allow' || (isForAllPorts(rule) && isForEverybody(rule)),
  );
  if (decidingRule?.RuleAction === 'allow') return [];
  const isLastRule = decidingRule === undefined || numberOf(decidingRule) === LAST_RULE_NUMBER;
  return [{ networkAclId, direction, ruleNumber: isLastRule ? undefined : numberOf(decidingRule) }];
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

function isForAllPorts({ Protocol, PortRange }: NetworkAclEntry): boolean {
  if (Protocol === ALL_PROTOCOLS || PortRange === undefined) return true;
  const { From = 0, To = HIGHEST_PORT } = PortRange;
  return From <= 1 && To === HIGHEST_PORT;
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
