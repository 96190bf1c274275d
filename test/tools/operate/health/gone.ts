import { Part, type StackPart } from '../../../../lib/contract';
import { sample } from '../../../../tools/local/programs';
import { type Dev, names } from '../../support/running-dev';
import { balancing, ec2, logs, rds, scheduler, secrets } from './clients';
import {
  type Fault,
  idOf,
  subnetIds,
  withDenial,
  withEnvironment,
  withoutImage,
  withoutPolicies,
  withoutRules,
  withSecret,
  withService,
} from './breaking';
import { withJobDefinition } from './jobs';
import { withTaskDefinition } from './revision-cases';

const MORNING = 'prooflink-dev-start-web-tasks';

async function withoutGateway(): Promise<object> {
  const { InternetGateways = [] } = await ec2.describeInternetGateways({});
  const [{ InternetGatewayId, Attachments } = {}] = InternetGateways.filter((each) => each.Attachments?.length);
  return ec2.detachInternetGateway({ InternetGatewayId, VpcId: Attachments?.[0]?.VpcId });
}

/** A revision whose container has a further secret setting. */
const withSetting = (secret: StackPart) => async () => {
  const setting = { name: 'SMTP_PASSWORD', valueFrom: `${await idOf(secret)}:SMTP_PASSWORD::` };
  return withJobDefinition(({ secrets = [] }) => ({ secrets: [...secrets, setting] }));
};

/** Parts that are gone, or other ones, in the order in which `doctor` names them. */
export const gone = (dev: Dev): readonly Fault[] => [
  ['6.3: the internet gateway is detached', withoutGateway, /^rtb-\w+ has no route 0.0.0.0\/0/],
  [
    '6.3: a network ACL denies all that goes out',
    () => withDenial(true),
    /^The network ACL acl-\w+ does not let TCP port 32768 out .*: rule 50 denies it\./,
    /--rule-number 50 --egress$/,
  ],
  [
    '6.1: the image is for another processor',
    async () => {
      const undo = await withoutImage(names.repositories.app, 'v1', () => dev().push.app('v1'));
      await dev().push.app('v1', sample.web('v1'), 'arm64');
      return undo;
    },
    /^prooflink-dev-app:v1 is for linux\/arm64, and the web tasks run on linux\/amd64/,
    /^docker build --platform linux\/amd64/,
  ],
  [
    '6.1: a secret was deleted, and waits for that',
    async () => secrets.deleteSecret({ SecretId: await idOf(Part.sessionSecret) }),
    /^The secret NEXTAUTH_SECRET of the web tasks waits for its deletion/,
    /^aws secretsmanager restore-secret --region ap-northeast-1 --secret-id arn:/,
  ],
  [
    '6.1: the log group is gone',
    () => logs.deleteLogGroup({ logGroupName: names.logGroups.app }),
    /^The log group \/ecs\/prooflink-dev-app is gone/,
  ],
  [
    '6.1: DATABASE_URL names another endpoint',
    () => withSecret(Part.connectionUrlSecret, (url) => url.replace(/@[^/]+/, '@another.example.com:5432')),
    /^DATABASE_URL is not as it should be: host and port/,
    /docs\/runbook.md/,
  ],
  [
    '6.5: the image of the jobs is not in ECR',
    () => withoutImage(names.repositories.batch, 'v1', () => dev().push.batch('v1')),
    /^prooflink-dev-batch has no image v1, which the import jobs want/,
    /release dev --batch <tag>\. .* aws ecr list-images .* --repository-name prooflink-dev-batch$/,
  ],
  [
    '6.6: the execution role may not write logs, nor read a secret that is not of the template',
    () => withoutPolicies(names.roles.batchExecution, (document) => document.replace(/logs:/g, 'nothing:')),
    /-batch-execution-role may not secretsmanager:GetSecretValue on secret:.*, logs:CreateLogStream on log-group:\/aws\/batch\/prooflink-dev:\*, logs:PutLogEvents/,
  ],
  [
    'a secret setting of the jobs has no value',
    withSetting(Part.masterSecret),
    /^The secret setting SMTP_PASSWORD of the import jobs has no value\.$/,
    /^aws batch deregister-job-definition /,
  ],
  [
    '6.5: the database’s group does not admit the jobs',
    () => withoutRules(names.securityGroups.rds, names.securityGroups.batch),
    /^prooflink-dev-rds-sg \(sg-\w+\) does not admit port 5432 from prooflink-dev-batch-sg .*ETIMEDOUT/,
  ],
  [
    '6.5: the task role has no right to the bucket',
    () => withoutPolicies(names.roles.batchTask),
    /import jobs get AccessDenied: prooflink-dev-batch-task-role may not s3:ListBucket on .*s3:GetObject/,
  ],
  [
    '5.2: a schedule was deleted',
    () => scheduler.deleteSchedule({ Name: MORNING }),
    /^It is not there: ResourceNotFoundException: .*\(GetSchedule prooflink-dev-start-web-tasks\)$/,
  ],
  [
    '6.4: more tasks run than wanted',
    () => withService({ desiredCount: 3 }),
    /^prooflink-dev-service wants 3 web tasks, not 1/,
    /^aws ecs update-service .* --desired-count 1$/,
  ],
];

/** Parts that lead elsewhere. */
export const elsewhere: readonly Fault[] = [
  [
    '6.1: the image’s URI is wrong',
    () => withTaskDefinition({ image: '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-app:v1' }),
    /^The web tasks run .* image 123.*\/prooflink-dev-app:v1 → 123.*\/prooflink-app:v1\.$/,
  ],
  [
    '6.5: the jobs run in private subnets',
    async () => withEnvironment({ computeResources: { subnets: (await subnetIds()).slice(-2) } }),
    /^The import jobs are in subnet-.*, from where no route .* Their subnets are subnet-/,
  ],
  [
    'a secret setting of the jobs is in no JSON',
    withSetting(Part.sessionSecret),
    /^The secret Prooflink.*, of which the import jobs want SMTP_PASSWORD, is no JSON/,
    /^aws batch deregister-job-definition /,
  ],
  [
    '5.2: a schedule is off, and another one in each of its properties',
    async () => {
      const { Target } = await scheduler.getSchedule({ Name: MORNING });
      return scheduler.updateSchedule({
        ...{ Name: MORNING, ScheduleExpression: 'rate(1 day)', State: 'DISABLED' },
        ...{ FlexibleTimeWindow: { Mode: 'FLEXIBLE' }, Target: { Arn: '', RoleArn: '', ...Target, Input: '{}' } },
      });
    },
    new RegExp(
      '^prooflink-dev-start-web-tasks \\(AWS::Scheduler::Schedule\\): changed by hand: schedule expression `.*` → ' +
        '`rate\\(1 day\\)`, .*: schedule expression timezone `Asia/Tokyo` → .*: state `ENABLED` → `DISABLED`, ' +
        '.*: flexible time window mode `OFF` → `FLEXIBLE`, .*: target input ',
      'm',
    ),
    /^aws scheduler update-schedule /m,
  ],
  [
    'the database’s subnet group has one more subnet',
    async () => {
      const DBSubnetGroupName = await idOf(Part.databaseSubnetGroup);
      const [, ...SubnetIds] = await subnetIds();
      return rds.modifyDBSubnetGroup({ DBSubnetGroupName, SubnetIds });
    },
    /\(AWS::RDS::DBSubnetGroup\): changed by hand: subnet ids `not set` → `subnet-\w+`\.$/m,
    /^aws rds modify-db-subnet-group /m,
  ],
  [
    'a listener leads elsewhere',
    async () => {
      const ListenerArn = await idOf(Part.httpListener);
      const answer = { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '503' } };
      return balancing.modifyListener({ ListenerArn, DefaultActions: [answer] });
    },
    /^listener\/app\/prooflink-dev-alb\/.*: changed by hand: default actions.* It leads users/m,
  ],
];
