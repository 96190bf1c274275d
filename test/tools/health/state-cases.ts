import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client, ModifyTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
  type UpdateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { pushImage } from '../../../tools/deploy-local/images';
import { sample } from '../../../tools/deploy-local/programs';
import { readStack } from '../../../tools/environment/deployed-stack';
import { names } from '../support/running-dev';
import {
  type Case,
  type Dev,
  examineCase,
  type Mend,
  REDEPLOY,
  secretId,
  withoutPolicies,
  withSecret,
} from './breaking';

const vpc = async () => (await readStack('dev')).ids('AWS::EC2::VPC')[0];

async function withDenial(Egress: boolean): Promise<Mend> {
  const ec2 = new EC2Client({});
  const Filters = [{ Name: 'vpc-id', Values: [(await vpc()) ?? ''] }];
  const { NetworkAcls: [acl] = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  const rule = { NetworkAclId: acl?.NetworkAclId, RuleNumber: 50, Egress };
  const denial = { ...rule, Protocol: '-1', RuleAction: 'deny' as const, CidrBlock: '0.0.0.0/0' };
  await ec2.send(new CreateNetworkAclEntryCommand(denial));
  return () => ec2.send(new DeleteNetworkAclEntryCommand(rule)).catch(() => undefined);
}

async function withoutDns(): Promise<Mend> {
  const VpcId = await vpc();
  const set = (Value: boolean) =>
    new EC2Client({}).send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value } }));
  await set(false);
  return () => set(true);
}

async function withHealthCheck(path: string): Promise<Mend> {
  const [TargetGroupArn] = (await readStack('dev')).ids('AWS::ElasticLoadBalancingV2::TargetGroup');
  const set = (HealthCheckPath: string) =>
    new ElasticLoadBalancingV2Client({}).send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath }));
  await set(path);
  return () => set('/api/health');
}

async function withLogLine(message: string): Promise<Mend> {
  const client = new CloudWatchLogsClient({});
  const stream = { logGroupName: names.logGroups.app, logStreamName: 'refused' };
  await client.send(new CreateLogStreamCommand(stream));
  await client.send(new PutLogEventsCommand({ ...stream, logEvents: [{ message, timestamp: Date.now() }] }));
  return () => client.send(new DeleteLogStreamCommand(stream));
}

async function withSchedule(Name: string, change: Partial<UpdateScheduleCommandInput> | 'deleted'): Promise<Mend> {
  const client = new SchedulerClient({});
  const before = (await client.send(new GetScheduleCommand({ Name }))) as UpdateScheduleCommandInput;
  if (change === 'deleted') await client.send(new DeleteScheduleCommand({ Name }));
  else await client.send(new UpdateScheduleCommand({ ...before, ...change }));
  return () =>
    client.send(change === 'deleted' ? new CreateScheduleCommand(before) : new UpdateScheduleCommand(before));
}

const MORNING = 'prooflink-dev-start-web-tasks';

/** What no template holds, and whether sleep would end: a row each. */
export function stateCases(dev: Dev): void {
  const CASES: readonly Case[] = [
    [
      '6.3',
      'a network ACL denies all that comes in',
      () => withDenial(false),
      /^The network ACL acl-\w+ does not let all traffic of the web tasks through/,
      /^aws ec2 delete-network-acl-entry .* --rule-number 50 --ingress$/,
    ],
    [
      '6.3',
      'a network ACL denies all that goes out',
      () => withDenial(true),
      /^The network ACL acl-\w+ does not let/,
      /--rule-number 50 --egress$/,
    ],
    [
      '6.3',
      'the network resolves no names',
      withoutDns,
      /^vpc-\w+ \(AWS::EC2::VPC\): changed by hand: enable dns support `true` → `false`/,
      REDEPLOY,
    ],
    [
      '6.2',
      'the health check asks for another path',
      () => withHealthCheck('/nope'),
      /^targetgroup\/prooflink-dev-tg\/\w+ \(AWS::ElasticLoadBalancingV2::TargetGroup\): changed by hand: health check path `\/api\/health` → `\/nope`\.$/,
      REDEPLOY,
    ],
    [
      '6.1',
      'the image is for another processor',
      async () => {
        const repository = dev().outputs['AppRepositoryUri'] ?? '';
        const untag = { repositoryName: names.repositories.app, imageIds: [{ imageTag: 'v1' }] };
        await new ECRClient({}).send(new BatchDeleteImageCommand(untag));
        await pushImage(repository, 'v1', sample.web('v1'), 'arm64');
        return async () => {
          await new ECRClient({}).send(new BatchDeleteImageCommand(untag));
          await pushImage(repository, 'v1', sample.web('v1'));
        };
      },
      /^prooflink-dev-app:v1 is for linux\/arm64, and the web tasks run on linux\/amd64/,
      /^docker build --platform linux\/amd64/,
    ],
    [
      '6.1',
      'a secret is blank',
      async () => withSecret(await secretId('SessionSecret'), () => ' '),
      /^The secret NEXTAUTH_SECRET of the web tasks is empty/,
      /“Rotating NEXTAUTH_SECRET” in docs\/runbook.md/,
    ],
    [
      '6.1',
      'the database refuses the password',
      () => withLogLine('error: password authentication failed for user "postgres"'),
      /the database refused the password of the web tasks/,
      /“Rotating the database password” in docs\/runbook.md/,
    ],
    [
      '5.2',
      'a schedule is off',
      () => withSchedule(MORNING, { State: 'DISABLED' }),
      /^prooflink-dev-start-web-tasks \(AWS::Scheduler::Schedule\): changed by hand: state `ENABLED` → `DISABLED`\./,
      /^aws scheduler update-schedule /,
    ],
    [
      '5.2',
      'a schedule is in another zone',
      () => withSchedule(MORNING, { ScheduleExpressionTimezone: 'UTC' }),
      /^prooflink-dev-start-web-tasks .* schedule expression timezone `Asia\/Tokyo` → `UTC`/,
      /^aws scheduler update-schedule /,
    ],
    [
      '5.2',
      'a schedule never comes again',
      () => withSchedule(MORNING, { ScheduleExpression: 'cron(15 9 * * ? 2020)' }),
      /^prooflink-dev-start-web-tasks .* schedule expression `cron\(15 9 \* \* \? \*\)` → `cron\(15 9 \* \* \? 2020\)`/,
      /^aws scheduler update-schedule /,
    ],
    [
      '5.2',
      'a schedule was deleted',
      () => withSchedule(MORNING, 'deleted'),
      /^It is not there: ResourceNotFoundException: .*\(GetSchedule prooflink-dev-start-web-tasks\)$/,
      /./,
    ],
    [
      '5.2',
      'the schedules have no rights',
      async () => {
        const role = (await readStack('dev')).ids('AWS::IAM::Role').find((id) => id.includes('ServiceScheduler'));
        return withoutPolicies(role ?? '');
      },
      /^The schedules may not ecs:UpdateService on service\/prooflink-dev-cluster\/prooflink-dev-service\.$/,
      /./,
    ],
  ];

  it.each(CASES)(
    '%s: %s',
    async (...it) => {
      await examineCase(dev, it);
    },
    60_000,
  );
}
