import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { Scheduler, type UpdateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import { sample } from '../../../tools/deploy-local/programs';
import { readStack } from '../../../tools/environment/deployed-stack';
import { type Dev, names } from '../support/running-dev';
import { type Case, type Mend, secretId, withoutPolicies, withSecret } from './breaking';

const vpc = async () => (await readStack('dev')).ids('AWS::EC2::VPC')[0];

async function withDenial(Egress: boolean): Promise<Mend> {
  const ec2 = new EC2({});
  const Filters = [{ Name: 'vpc-id', Values: [(await vpc()) ?? ''] }];
  const { NetworkAcls: [acl] = [] } = await ec2.describeNetworkAcls({ Filters });
  const rule = { NetworkAclId: acl?.NetworkAclId, RuleNumber: 50, Egress };
  const denial = { ...rule, Protocol: '-1', RuleAction: 'deny' as const, CidrBlock: '0.0.0.0/0' };
  await ec2.createNetworkAclEntry(denial);
  return () => ec2.deleteNetworkAclEntry(rule).catch(() => undefined);
}

async function withLogLine(message: string): Promise<Mend> {
  const client = new CloudWatchLogs({});
  const stream = { logGroupName: names.logGroups.app, logStreamName: 'refused' };
  await client.createLogStream(stream);
  await client.putLogEvents({ ...stream, logEvents: [{ message, timestamp: Date.now() }] });
  return () => client.deleteLogStream(stream);
}

async function withSchedule(Name: string, change: Partial<UpdateScheduleCommandInput> | 'deleted'): Promise<Mend> {
  const client = new Scheduler({});
  const before = (await client.getSchedule({ Name })) as UpdateScheduleCommandInput;
  if (change === 'deleted') await client.deleteSchedule({ Name });
  else await client.updateSchedule({ ...before, ...change });
  return () => (change === 'deleted' ? client.createSchedule(before) : client.updateSchedule(before));
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
        await new ECR({}).batchDeleteImage(untag);
        await dev().push.app('v1', program, 'arm64');
        return async () => {
          await new ECR({}).batchDeleteImage(untag);
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
  ];
}
