import type { UpdateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import { sample } from '../../../tools/deploy-local/programs';
import { readStack } from '../../../tools/environment/deployed-stack';
import { type Dev, names } from '../support/running-dev';
import { cloudWatch, ec2, ecr, logs, scheduler } from './clients';
import { answerOf, type Case, type Restore, secretId, withoutPolicies, withSecret, withService } from './breaking';

const vpc = async () => (await readStack('dev')).ids('AWS::EC2::VPC')[0];

async function withDenial(Egress: boolean): Promise<Restore> {
  const Filters = [{ Name: 'vpc-id', Values: [(await vpc()) ?? ''] }];
  const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({ Filters });
  const rule = { NetworkAclId: acl?.NetworkAclId, RuleNumber: 50, Egress };
  const denial = { ...rule, Protocol: '-1', RuleAction: 'deny' as const, CidrBlock: '0.0.0.0/0' };
  await ec2.createNetworkAclEntry(denial);
  return () => ec2.deleteNetworkAclEntry(rule).catch(() => undefined);
}

async function withLogLine(message: string): Promise<Restore> {
  const stream = { logGroupName: names.logGroups.app, logStreamName: 'refused' };
  await logs.createLogStream(stream);
  await logs.putLogEvents({ ...stream, logEvents: [{ message, timestamp: Date.now() }] });
  return () => logs.deleteLogStream(stream);
}

async function withSchedule(Name: string, change: Partial<UpdateScheduleCommandInput> | 'deleted'): Promise<Restore> {
  const before = (await scheduler.getSchedule({ Name })) as UpdateScheduleCommandInput;
  if (change === 'deleted') await scheduler.deleteSchedule({ Name });
  else await scheduler.updateSchedule({ ...before, ...change });
  return () => (change === 'deleted' ? scheduler.createSchedule(before) : scheduler.updateSchedule(before));
}

const MORNING = 'prooflink-dev-start-web-tasks';

/** States that no template has, and the end of sleep: a row each. */
export function stateCases(dev: Dev): Case[] {
  return [
    [
      '6.3: a network ACL denies all that comes in',
      () => withDenial(false),
      /^The network ACL acl-\w+ does not let all traffic of the web tasks through/,
      /^aws ec2 delete-network-acl-entry .* --rule-number 50 --ingress$/,
    ],
    [
      '6.3: a network ACL denies all that goes out',
      () => withDenial(true),
      /^The network ACL acl-\w+ does not let/,
      /--rule-number 50 --egress$/,
    ],
    [
      '6.1: the image is for another processor',
      async () => {
        const program = sample.web('v1');
        const untag = { repositoryName: names.repositories.app, imageIds: [{ imageTag: 'v1' }] };
        await ecr.batchDeleteImage(untag);
        await dev().push.app('v1', program, 'arm64');
        return async () => {
          await ecr.batchDeleteImage(untag);
          await dev().push.app('v1', program);
        };
      },
      /^prooflink-dev-app:v1 is for linux\/arm64, and the web tasks run on linux\/amd64/,
      /^docker build --platform linux\/amd64/,
    ],
    [
      '6.1: a secret is blank',
      async () => withSecret(await secretId('SessionSecret'), () => ' '),
      /^The secret NEXTAUTH_SECRET of the web tasks is empty/,
      /“Rotating NEXTAUTH_SECRET” in docs\/runbook.md/,
    ],
    [
      '6.1: the database refuses the password',
      () => withLogLine('error: password authentication failed for user "postgres"'),
      /the database refused the password of the web tasks/,
      /“Rotating the database password” in docs\/runbook.md/,
    ],
    [
      '5.2: a schedule is off',
      () => withSchedule(MORNING, { State: 'DISABLED' }),
      /^prooflink-dev-start-web-tasks \(AWS::Scheduler::Schedule\): changed by hand: state `ENABLED` → `DISABLED`\./,
      /^aws scheduler update-schedule /,
    ],
    [
      '5.2: a schedule was deleted',
      () => withSchedule(MORNING, 'deleted'),
      /^It is not there: ResourceNotFoundException: .*\(GetSchedule prooflink-dev-start-web-tasks\)$/,
      /./,
    ],
    [
      '5.2: the schedules have no rights',
      async () => {
        const role = (await readStack('dev')).ids('AWS::IAM::Role').find((id) => id.includes('ServiceScheduler'));
        return withoutPolicies(role ?? '');
      },
      /^The schedules may not ecs:UpdateService on service\/prooflink-dev-cluster\/prooflink-dev-service\.$/,
      /./,
    ],
    [
      '6.4: a NAT gateway was made',
      async () => {
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
}

/** 6.4: more is transferred than was assumed. What CloudWatch knows stays: it comes last. */
export async function transferIsReported(): Promise<void> {
  const [arn = ''] = (await readStack('dev')).ids('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const Dimensions = [{ Name: 'LoadBalancer', Value: arn.split('loadbalancer/')[1] }];
  const put = async (gibibytes: number, daysAgo: number) => {
    const Timestamp = new Date(Date.now() - daysAgo * 24 * 3_600_000);
    const data = { MetricName: 'ProcessedBytes', Value: gibibytes * 1024 ** 3, Timestamp, Dimensions };
    await cloudWatch.putMetricData({ Namespace: 'AWS/ApplicationELB', MetricData: [data] });
  };
  await put(500, 40);
  await put(1.5, 3);
  expect(await answerOf('transfer')).toMatchObject({ result: 'well' });
  await put(40, 2);
  const cause = await answerOf('transfer');
  expect(cause.says).toMatch(/^42 GiB went through the load balancer in 30 days, and 1 GiB are assumed/);
  expect(cause.fix).toMatch(/CloudFront.*lib\/config\/usage.ts/);
}
