import { dev } from '@infra/testing/configs';
import { describeAnswers, environmentWith } from './aws-answers';

/** A load balancer whose group admits CloudFront's prefix list in Tokyo, or another one. */
const admitting = (PrefixListId: string) => ({
  DescribeLoadBalancers: { LoadBalancers: [{ SecurityGroups: ['sg-own'] }] },
  DescribeSecurityGroups: {
    SecurityGroups: [
      {
        GroupId: 'sg-own',
        GroupName: 'prooflink-prod-alb-sg',
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, PrefixListIds: [{ PrefixListId }] }],
      },
    ],
  },
});
const behindCloudFront = environmentWith({ config: { loadBalancer: { ...dev.loadBalancer, edge: 'cloudfront' } } });

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
    says: /prooflink-prod-alb-sg \(sg-own\), which does not admit port 80 from pl-58a04531\.$/,
    fix: /revert-drift prod$/,
  },
]);
