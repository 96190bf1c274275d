import { dev } from '@infra/testing/configs';
import { describeAnswers, environmentWith } from './aws-answers';
import { stackWith } from '@infra/operate/test/support/parts';

const OWN = { GroupId: 'sg-own', GroupName: 'prooflink-prod-alb-sg' };
const OF_DATABASE = { GroupId: 'sg-db', GroupName: 'prooflink-prod-rds-sg' };

/** prod, whose template gives the load balancer its own security group. */
function stackWithGroups(config = {}) {
  const resources = stackWith({ loadBalancer: 'the loadBalancer' });
  Object.assign(resources.template.Resources['loadBalancer'] ?? {}, { Properties: { SecurityGroups: [OWN.GroupId] } });
  return environmentWith({ resources, config });
}

/** EC2 on two security groups, neither of which admits anybody; the load balancer has that of the database. */
const LOAD_BALANCER_WITH_OTHER_GROUP = {
  DescribeLoadBalancers: { LoadBalancers: [{ SecurityGroups: [OF_DATABASE.GroupId] }] },
  DescribeSecurityGroups: ({ GroupIds }: { readonly GroupIds: readonly string[] }) => ({
    SecurityGroups: [OWN, OF_DATABASE].filter(({ GroupId }) => GroupIds.includes(GroupId)),
  }),
};

/** A load balancer whose group admits CloudFront's prefix list in Tokyo, or another one. */
const admitting = (PrefixListId: string) => ({
  DescribeLoadBalancers: { LoadBalancers: [{ SecurityGroups: [OWN.GroupId] }] },
  DescribeSecurityGroups: {
    SecurityGroups: [
      { ...OWN, IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, PrefixListIds: [{ PrefixListId }] }] },
    ],
  },
});
const behindCloudFront = stackWithGroups({ loadBalancer: { ...dev.loadBalancer, edge: 'cloudfront' } });

describeAnswers('entrance', [
  {
    title: 'behind CloudFront, a load balancer that admits its prefix list lets people in',
    aws: admitting('pl-58a04531'),
    environment: behindCloudFront,
    result: 'well',
  },
  {
    title: 'behind CloudFront, a load balancer that admits another prefix list lets nobody in',
    aws: admitting('pl-00000000'),
    environment: behindCloudFront,
    result: 'wrong',
    says: 'prooflink-prod-alb-sg (sg-own) does not admit port 80 from pl-58a04531.',
    fix: /revert-drift prod$/,
  },
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
