import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateNatGatewayCommand, DeleteNatGatewayCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DeleteDBInstanceCommand, ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { readStack } from '../../../tools/shared/deployed-stack';
import { names, startDev } from '../support/running-dev';
import { type Case, doctor, examineCase, REDEPLOY, withoutRules, withService } from './support';

let dev: Awaited<ReturnType<typeof startDev>>;

beforeAll(async () => {
  dev = await startDev();
  await dev.release('v1');
}, 240_000);

afterAll(async () => {
  await dev.stop();
});

const CASES: readonly Case[] = [
  [
    '6.4',
    'a NAT gateway was made',
    async () => {
      const ec2 = new EC2Client({});
      const [SubnetId] = (await readStack('dev')).ids('AWS::EC2::Subnet');
      const made = await ec2.send(new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private' }));
      return () => ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: made.NatGateway?.NatGatewayId }));
    },
    /^The NAT gateway nat-\w+ was made by hand/,
    /^aws ec2 delete-nat-gateway --region ap-northeast-1 --nat-gateway-id nat-/,
  ],
  [
    '6.4',
    'more tasks run than wanted',
    () => withService(() => ({ desiredCount: 3 })),
    /^prooflink-dev-service wants 3 web tasks, not 1/,
    /^aws ecs update-service .* --desired-count 1$/,
  ],
  [
    '6.4',
    'the database has a standby',
    async () => {
      const change = (MultiAZ: boolean) =>
        new RDSClient({}).send(
          new ModifyDBInstanceCommand({ DBInstanceIdentifier: names.dbInstance, MultiAZ, ApplyImmediately: true }),
        );
      await change(true);
      return () => change(false);
    },
    /^prooflink-dev-db has a standby in a second zone \(Multi-AZ\)/,
    REDEPLOY,
  ],
];

it.each(CASES)('%s: %s', async (...it) => {
  await examineCase(it);
});

it('6.4: more is transferred than was assumed', async () => {
  const [arn = ''] = (await readStack('dev')).ids('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const Dimensions = [{ Name: 'LoadBalancer', Value: arn.split('loadbalancer/')[1] }];
  const put = async (gibibytes: number, daysAgo: number) => {
    const Timestamp = new Date(Date.now() - daysAgo * 24 * 3_600_000);
    const data = { MetricName: 'ProcessedBytes', Value: gibibytes * 1024 ** 3, Timestamp, Dimensions };
    await new CloudWatchClient({}).send(
      new PutMetricDataCommand({ Namespace: 'AWS/ApplicationELB', MetricData: [data] }),
    );
  };
  await put(500, 40);
  await put(1.5, 3);
  expect((await doctor()).cause).toBeNull();
  await put(40, 2);
  const { cause } = await doctor();
  expect(cause?.says).toMatch(/^42 GiB went through the load balancer in 30 days, and 1 GiB are assumed/);
  expect(cause?.mend).toMatch(/CloudFront.*lib\/config\/usage.ts/);
});

it('a database that was deleted: no command makes an empty one in its place, whatever else a deploy would mend', async () => {
  await withoutRules(names.securityGroups.alb);
  const gone = { DBInstanceIdentifier: names.dbInstance, SkipFinalSnapshot: true };
  await new RDSClient({}).send(new DeleteDBInstanceCommand(gone));
  const told = await doctor();
  const mend = 'the database first: “Restoring a lost environment” in docs/moving-in.md';
  expect(told.cause).toMatchObject({ says: expect.stringContaining('does not admit') as string, mend });
  expect(told.causes).toContainEqual(
    expect.objectContaining({ says: expect.stringMatching(/^It is not there: DBInstanceNotFound/) as string, mend }),
  );
  expect(JSON.stringify(told)).not.toContain('revert-drift');
});
