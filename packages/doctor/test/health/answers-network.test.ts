import { describeAnswers, environmentWith } from './aws-answers';
import { stackWith } from '@infra/operate/test/support/parts';

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
