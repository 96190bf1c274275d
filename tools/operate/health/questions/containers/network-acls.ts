import { EC2, type NetworkAcl, type NetworkAclEntry } from '@aws-sdk/client-ec2';
import { readAll } from '../../../../deployed/pages';
import type { Environment } from '../../../../deployed/environment';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import { EVERYWHERE } from '../../security-group-path';
import type { CheckedContainer } from './container-kind';

type Direction = 'ingress' | 'egress';
const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/**
 * Checks that the network ACLs of the containers' subnets let all traffic through. The stack leaves the VPC's default
 * network ACL in place, whose first rule of each direction does so; AWS applies the first rule that matches.
 */
export async function checkNetworkAcls({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const Filters = [{ Name: 'association.subnet-id', Values: container.subnets }];
  const pages = environment.client(EC2).paginateDescribeNetworkAcls({ Filters });
  const networkAcls = await readAll(pages, 'NetworkAcls');
  for (const networkAcl of networkAcls) {
    for (const direction of DIRECTIONS) {
      const firstRule = firstIpv4Rule(networkAcl, direction);
      if (allowsAllTraffic(firstRule)) continue;
      const { NetworkAclId = '' } = networkAcl;
      return wrongAnswer({
        says: `The network ACL ${NetworkAclId} does not let all traffic of the ${kind.pluralName} through.`,
        fix: commandToOpen({ environment, networkAclId: NetworkAclId, direction, firstRule }),
      });
    }
  }
  return NOTHING_WRONG;
}

/** The rule with the lowest number, which AWS applies first; `undefined`: the network ACL has none. */
function firstIpv4Rule({ Entries = [] }: NetworkAcl, direction: Direction): NetworkAclEntry | undefined {
  const isEgress = direction === 'egress';
  const rules = Entries.filter(({ Egress, CidrBlock }) => Egress === isEgress && CidrBlock !== undefined);
  rules.sort((first, second) => (first.RuleNumber ?? 0) - (second.RuleNumber ?? 0));
  return rules[0];
}

/** EC2's number for all protocols. */
const ALL_PROTOCOLS = '-1';

function allowsAllTraffic(rule: NetworkAclEntry | undefined): boolean {
  return rule?.RuleAction === 'allow' && rule.Protocol === ALL_PROTOCOLS && rule.CidrBlock === EVERYWHERE;
}

/** Number of the rule that ends each network ACL: it denies all traffic, and cannot be deleted. */
const LAST_RULE_NUMBER = 32767;
/** Number that AWS gives to the rule of a default network ACL that allows all traffic. */
const ALLOWING_RULE_NUMBER = 100;

/** A direction of a network ACL whose first rule does not allow all traffic. */
interface ClosedDirection {
  readonly environment: Environment;
  readonly networkAclId: string;
  readonly direction: Direction;
  readonly firstRule: NetworkAclEntry | undefined;
}

/** Command that deletes a first rule which was added by hand, or that adds the rule again which was deleted by hand. */
function commandToOpen({ environment, networkAclId, direction, firstRule }: ClosedDirection): string {
  const optionsFor = (ruleNumber: number) =>
    `--network-acl-id ${networkAclId} --rule-number ${ruleNumber} --${direction}`;
  const firstNumber = firstRule?.RuleNumber ?? LAST_RULE_NUMBER;
  const wasAddedByHand = firstNumber < LAST_RULE_NUMBER;
  if (wasAddedByHand) {
    return environment.awsCommand('ec2 delete-network-acl-entry', optionsFor(firstNumber));
  }
  const allTraffic = `--protocol=-1 --rule-action allow --cidr-block ${EVERYWHERE}`;
  return environment.awsCommand('ec2 create-network-acl-entry', `${optionsFor(ALLOWING_RULE_NUMBER)} ${allTraffic}`);
}
