import { Part } from '../../../../lib/contract';
import { readStack } from '../../../../tools/deployed/deployed-stack';
import { describeService } from '../../../../tools/deployed/web-service';
import { type Dev, names } from '../../support/running-dev';
import { batch, ec2, logs, rds } from './clients';
import {
  type Fault,
  idOf,
  subnetIds,
  type Undo,
  withDenial,
  withEnvironment,
  withoutImage,
  withoutPolicies,
  withoutRules,
  withSecret,
  withService,
} from './breaking';
import { withJobDefinition } from './jobs';

const DEREGISTER = /^aws batch deregister-job-definition .*--job-definition prooflink-dev-user-import:\d+$/;

async function withoutRoute(): Promise<object> {
  const { RouteTables = [] } = await ec2.describeRouteTables({});
  const leadsOut = ({ GatewayId = '' }) => GatewayId.startsWith('igw-');
  const table = RouteTables.find(({ Routes }) => Routes?.some(leadsOut));
  return ec2.deleteRoute({ RouteTableId: table?.RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
}

async function withoutWayOut(): Promise<object> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
  const group = SecurityGroups.find(({ GroupName }) => GroupName === names.securityGroups.ecs);
  return ec2.revokeSecurityGroupEgress({ GroupId: group?.GroupId, IpPermissions: group?.IpPermissionsEgress });
}

async function withLogLine(message: string): Promise<Undo> {
  const stream = { logGroupName: names.logGroups.app, logStreamName: 'refused' };
  await logs.createLogStream(stream);
  await logs.putLogEvents({ ...stream, logEvents: [{ message, timestamp: Date.now() }] });
  return () => logs.deleteLogStream(stream);
}

/** Paths that are closed, rights that are denied and parts that are stopped, in the order in which `doctor` names them. */
export const closed = (dev: Dev): readonly Fault[] => [
  [
    '6.2: the tasks’ group does not admit the load balancer',
    () => withoutRules(names.securityGroups.ecs),
    /^prooflink-dev-ecs-sg \(.*\) does not admit port 3000 from prooflink-dev-alb-sg/,
  ],
  [
    '6.1: the tasks get no public address',
    async () => {
      const { networkConfiguration } = await describeService(await readStack('dev'));
      const awsvpcConfiguration = { ...networkConfiguration?.awsvpcConfiguration, assignPublicIp: 'DISABLED' };
      return withService({ networkConfiguration: { awsvpcConfiguration } });
    },
    /web tasks get no public address/,
  ],
  ['6.3: the route to the internet is gone', withoutRoute, /^rtb-\w+ has no route 0.0.0.0\/0/],
  [
    '6.3: a network ACL denies all that comes in',
    () => withDenial(false),
    /^The network ACL acl-\w+ does not let TCP port 80 in .*: rule 50 denies it\./,
    /^aws ec2 delete-network-acl-entry .* --rule-number 50 --ingress$/,
  ],
  [
    '6.3: the tasks’ group lets nothing out',
    withoutWayOut,
    /^prooflink-dev-ecs-sg .* does not let the web tasks out to 0.0.0.0\/0/,
  ],
  [
    '6.1: the image is not in ECR',
    () => withoutImage(names.repositories.app, 'v1', () => dev().push.app('v1')),
    /^prooflink-dev-app has no image v1, which the web tasks want/,
    /release dev --app <tag>\. .* aws ecr list-images .* --repository-name prooflink-dev-app$/,
  ],
  [
    '6.1: the execution role lost its policy',
    () => withoutPolicies(names.roles.ecsExecution),
    /cannot start: prooflink-dev-ecs-task-execution-role may not ecr:GetAuthorizationToken.*logs:PutLogEvents/,
  ],
  [
    '6.1: a secret is blank',
    () => withSecret(Part.sessionSecret, () => ' '),
    /^The secret NEXTAUTH_SECRET of the web tasks is empty/,
    /“Rotating NEXTAUTH_SECRET” in docs\/runbook.md/,
  ],
  [
    '6.1: the database’s group admits no source',
    () => withoutRules(names.securityGroups.rds),
    /^prooflink-dev-rds-sg \(sg-\w+\) does not admit port 5432 from prooflink-dev-ecs-sg .*ETIMEDOUT/,
  ],
  [
    '6.1: the database is stopped, though web tasks run',
    () => rds.stopDBInstance({ DBInstanceIdentifier: names.dbInstance }),
    /^The database is stopped/,
    /^npm run prooflink -- start dev$/,
  ],
  [
    '6.1: DATABASE_URL is no URL of PostgreSQL',
    () => withSecret(Part.connectionUrlSecret, (url) => url.replace('postgresql://', 'mysql://')),
    /^DATABASE_URL is not as it should be: its form. It should be postgresql:\/\/postgres:<password>@localhost/,
    /docs\/runbook.md/,
  ],
  [
    '6.1: the database refuses the password',
    () => withLogLine('error: password authentication failed for user "postgres"'),
    /the database refused the password of the web tasks/,
    /“Rotating the database password” in docs\/runbook.md/,
  ],
  [
    '6.5: the queue and the compute environment take no jobs, or fewer than the config says',
    async () => {
      await batch.updateJobQueue({ jobQueue: names.jobQueue, state: 'DISABLED' });
      await withEnvironment({ state: 'DISABLED', computeResources: { maxvCpus: 1 } });
    },
    /^Import jobs stay RUNNABLE: the queue is DISABLED.*, the compute environment is DISABLED.*, all jobs together may have 1 vCPUs, not 4\.$/,
  ],
  [
    '6.5, 6.6: the jobs run a definition with another image, task role, bucket and log group, and without DATABASE_URL',
    () =>
      withJobDefinition(({ image, environment }) => ({
        image: image?.replace('-dev-batch', '-batch'),
        jobRoleArn: undefined,
        environment: environment?.map(({ name }) => ({ name, value: 'prooflink-files' })),
        secrets: [],
        networkConfiguration: { assignPublicIp: 'DISABLED' },
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/aws/batch/job' } },
      })),
    new RegExp(
      '^The import jobs run prooflink-dev-user-import:\\d+, which no deployment has registered, instead of ' +
        'prooflink-dev-user-import:2\\. It differs in: ' +
        '(?=.*image 123456789012.* → .*/prooflink-batch:v1)(?=.*job role arn arn:.* → not set)' +
        '(?=.*environment AWS_S3_BUCKET_NAME prooflink-.* → prooflink-files)' +
        '(?=.*secrets DATABASE_URL .* → not set)(?=.*awslogs-group .* → /aws/batch/job)',
    ),
    DEREGISTER,
  ],
  [
    '6.5: the jobs get no public address',
    // The definition above has none.
    () => Promise.resolve(),
    /^The import jobs get no public address/,
    DEREGISTER,
  ],
  [
    '5.2: the schedules have no rights',
    async () => withoutPolicies(await idOf(Part.taskSchedulerRole)),
    /^The schedules may not ecs:UpdateService on service\/prooflink-dev-cluster\/prooflink-dev-service\.$/,
  ],
  [
    '6.4: a NAT gateway was made',
    async () => {
      const [SubnetId] = await subnetIds();
      return ec2.createNatGateway({ SubnetId, ConnectivityType: 'private' });
    },
    /^The NAT gateway nat-\w+ was made by hand/,
    /^aws ec2 delete-nat-gateway --region ap-northeast-1 --nat-gateway-id nat-/,
  ],
];
