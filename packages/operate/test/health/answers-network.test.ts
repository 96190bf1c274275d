import { describeAnswers, environmentWith } from './aws-answers';
import { stackWith } from '@infra/deployed/test/support/parts';

const OWN = { GroupId: 'sg-own', GroupName: 'prooflink-prod-alb-sg' };
const OF_DATABASE = { GroupId: 'sg-db', GroupName: 'prooflink-prod-rds-sg' };

/** prod, whose template gives the load balancer its own security group. */
function stackWithGroups() {
  const resources = stackWith({ loadBalancer: 'the loadBalancer' });
  Object.assign(resources.template.Resources['loadBalancer'] ?? {}, { Properties: { SecurityGroups: [OWN.GroupId] } });
  return environmentWith({ resources });
}

/** EC2 on two security groups, neither of which admits anybody; the load balancer has that of the database. */
const LOAD_BALANCER_WITH_OTHER_GROUP = {
  DescribeLoadBalancers: { LoadBalancers: [{ SecurityGroups: [OF_DATABASE.GroupId] }] },
  DescribeSecurityGroups: ({ GroupIds }: { readonly GroupIds: readonly string[] }) => ({
    SecurityGroups: [OWN, OF_DATABASE].filter(({ GroupId }) => GroupIds.includes(GroupId)),
  }),
};

describeAnswers('entrance', [
  {
    // "prooflink-dev-rds-sg does not admit port 80 from 0.0.0.0/0" invites a person to open the database to the world.
    title: 'a load balancer with the database’s group has another group: that one must not be opened',
    aws: LOAD_BALANCER_WITH_OTHER_GROUP,
    environment: stackWithGroups(),
    result: 'wrong',
    says:
      'LoadBalancer has the security group prooflink-prod-rds-sg (sg-db), and not prooflink-prod-alb-sg (sg-own), which ' +
      'the stack gave it.',
    fix: /revert-drift prod$/,
  },
]);

/** EC2 on the network ACL of a subnet, whose rules for outgoing traffic allow all. */
const aclWith = (...ingressRules: object[]) => ({
  DescribeNetworkAcls: {
    NetworkAcls: [
      {
        NetworkAclId: 'acl-1',
        Associations: [{ SubnetId: 'subnet-1' }],
        Entries: [
          { RuleNumber: 100, Egress: true, Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' },
          { RuleNumber: 32767, Egress: false, Protocol: '-1', RuleAction: 'deny', CidrBlock: '0.0.0.0/0' },
          ...ingressRules.map((rule) => ({ Egress: false, CidrBlock: '0.0.0.0/0', ...rule })),
        ],
      },
    ],
  },
});
const ALLOW_ALL = { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow' };

describeAnswers('network-acl', [
  {
    title: 'a rule that denies all of TCP blocks every request, though UDP may pass',
    aws: aclWith(ALLOW_ALL, { RuleNumber: 50, Protocol: '6', RuleAction: 'deny', PortRange: { From: 0, To: 65535 } }),
    result: 'wrong',
    says: 'The network ACL acl-1 lets nothing in: rule 50 denies all traffic.',
    fix: /delete-network-acl-entry .* --ingress --rule-number 50$/,
  },
  {
    title: 'a rule that allows ICMP alone lets no request through',
    aws: aclWith({ RuleNumber: 100, Protocol: '1', RuleAction: 'allow' }),
    result: 'wrong',
    says: 'The network ACL acl-1 lets nothing in: no rule allows any traffic.',
    fix: /create-network-acl-entry /,
  },
  {
    title: 'a rule that denies one port of TCP protects the environment, and is no fault',
    aws: aclWith(ALLOW_ALL, { RuleNumber: 50, Protocol: '6', RuleAction: 'deny', PortRange: { From: 22, To: 22 } }),
    result: 'well',
  },
  {
    title: 'a rule that denies one address protects the environment, too',
    aws: aclWith(ALLOW_ALL, { RuleNumber: 50, Protocol: '-1', RuleAction: 'deny', CidrBlock: '198.51.100.7/32' }),
    result: 'well',
  },
]);
