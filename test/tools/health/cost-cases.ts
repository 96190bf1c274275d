import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import { readStack } from '../../../tools/environment/deployed-stack';
import { answerOf, type Case, withService } from './breaking';

export const costCases: readonly Case[] = [
  [
    '6.4: a NAT gateway was made',
    async () => {
      const ec2 = new EC2({});
      const [SubnetId] = (await readStack('dev')).ids('AWS::EC2::Subnet');
      const made = await ec2.createNatGateway({ SubnetId, ConnectivityType: 'private' });
      return () => ec2.deleteNatGateway({ NatGatewayId: made.NatGateway?.NatGatewayId });
    },
    /^The NAT gateway nat-\w+ was made by hand/,
    /^aws ec2 delete-nat-gateway --region ap-northeast-1 --nat-gateway-id nat-/,
  ],
  [
    '6.4: more tasks run than wanted',
    () => withService(() => ({ desiredCount: 3 })),
    /^prooflink-dev-service wants 3 web tasks, not 1/,
    /^aws ecs update-service .* --desired-count 1$/,
  ],
];

/** 6.4: more is transferred than was assumed. What CloudWatch knows stays: it comes last. */
export async function transferIsTold(): Promise<void> {
  const [arn = ''] = (await readStack('dev')).ids('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const Dimensions = [{ Name: 'LoadBalancer', Value: arn.split('loadbalancer/')[1] }];
  const put = async (gibibytes: number, daysAgo: number) => {
    const Timestamp = new Date(Date.now() - daysAgo * 24 * 3_600_000);
    const data = { MetricName: 'ProcessedBytes', Value: gibibytes * 1024 ** 3, Timestamp, Dimensions };
    await new CloudWatch({}).putMetricData({ Namespace: 'AWS/ApplicationELB', MetricData: [data] });
  };
  await put(500, 40);
  await put(1.5, 3);
  expect(await answerOf('transfer')).toMatchObject({ result: 'well' });
  await put(40, 2);
  const cause = await answerOf('transfer');
  expect(cause.says).toMatch(/^42 GiB went through the load balancer in 30 days, and 1 GiB are assumed/);
  expect(cause.fix).toMatch(/CloudFront.*lib\/config\/usage.ts/);
}
