import { Part } from '@infra/commands/app';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Dev, names } from '@infra/local/test/support/running-dev';
import { batch, ec2, logs, rds } from '../health/clients';
import {
  changeComputeEnvironment,
  changeSecret,
  changeService,
  deleteImage,
  deletePolicies,
  denyInboundTraffic,
  type Fault,
  revokeInboundRules,
  securityGroupNamed,
  subnetIds,
  type Undo,
} from './breaking';
import { withJobDefinition } from './jobs';

const DEREGISTER = /^aws batch deregister-job-definition .* prooflink-dev-user-import:\d+$/;

async function deleteInternetRoute(): Promise<void> {
  const { RouteTables = [] } = await ec2.describeRouteTables({});
  const publicTable = RouteTables.find(({ Routes = [] }) =>
    Routes.some(({ GatewayId }) => GatewayId?.startsWith('igw-')),
  );
  await ec2.deleteRoute({ RouteTableId: publicTable?.RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
}

async function revokeOutboundRules(groupName: string): Promise<void> {
  const { GroupId, IpPermissionsEgress } = await securityGroupNamed(groupName);
  await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
}

/** Writes a line into the log of the web tasks, and returns what deletes the line. */
async function logLine(message: string): Promise<Undo> {
  const stream = { logGroupName: names.logGroups.app, logStreamName: 'refused' };
  await logs.createLogStream(stream);
  await logs.putLogEvents({ ...stream, logEvents: [{ message, timestamp: Date.now() }] });
  return () => logs.deleteLogStream(stream);
}

/** Paths that are closed, rights that are denied and parts that are stopped, in the order in which `doctor` names them. */
export const closed = (dev: Dev): readonly Fault[] => [
  {
    title: 'a network ACL denies all that comes in',
    breakIt: () => denyInboundTraffic(),
    says: /^The network ACL acl-\w+ lets nothing in: rule 50 denies all traffic\.$/,
    fix: /^aws ec2 delete-network-acl-entry .* --ingress --rule-number 50$/,
  },
  {
    title: '6.2: the tasks’ group does not admit the load balancer',
    breakIt: () => revokeInboundRules(names.securityGroups.ecs),
    says: ['prooflink-dev-ecs-sg (sg-', ') does not admit port 3000 from prooflink-dev-alb-sg'],
  },
  {
    title: '6.1: the tasks get no public address',
    breakIt: async () => {
      const { networkConfiguration } = await describeService(await readStack('dev'));
      return changeService({
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [],
            ...networkConfiguration?.awsvpcConfiguration,
            assignPublicIp: 'DISABLED',
          },
        },
      });
    },
    says: /web tasks get no public address/,
  },
  {
    title: '6.3: the route to the internet is gone',
    breakIt: deleteInternetRoute,
    says: /^rtb-\w+ has no route 0.0.0.0\/0/,
  },
  {
    title: '6.3: the tasks’ group lets nothing out',
    breakIt: () => revokeOutboundRules(names.securityGroups.ecs),
    says: /^prooflink-dev-ecs-sg .* does not let the web tasks out to 0.0.0.0\/0/,
  },
  {
    title: '6.1: the image is not in ECR',
    breakIt: () => deleteImage(names.repositories.app, 'v1', () => dev().push.app('v1')),
    says: /^prooflink-dev-app has no image v1, which the web tasks want/,
    fix: /release dev --app <tag>\n.* list-images .* prooflink-dev-app$/,
  },
  {
    title: '6.1: the execution role lost its policy',
    breakIt: () => deletePolicies(names.roles.ecsExecution),
    says: [
      'cannot start: prooflink-dev-ecs-task-execution-role may not ecr:GetAuthorizationToken',
      'logs:PutLogEvents',
    ],
  },
  {
    title: '6.1: a secret is blank',
    breakIt: () => changeSecret(Part.sessionSecret, () => ' '),
    says: /^The secret NEXTAUTH_SECRET of the web tasks is empty/,
    fix: /“Rotating NEXTAUTH_SECRET” in docs\/runbook.md/,
  },
  {
    title: '6.1: the database’s group admits no source',
    breakIt: () => revokeInboundRules(names.securityGroups.rds),
    says: ['prooflink-dev-rds-sg (sg-', ') does not admit port 5432 from prooflink-dev-ecs-sg ', 'ETIMEDOUT'],
  },
  {
    title: '6.1: the database is stopped, though web tasks run',
    breakIt: () => rds.stopDBInstance({ DBInstanceIdentifier: names.dbInstance }),
    says: /^The database prooflink-dev-db is stopped/,
    fix: /^npm run prooflink -- start dev$/,
  },
  {
    title: '6.1: the database refuses the password',
    breakIt: () => logLine('error: password authentication failed for user "postgres"'),
    says: /the database refused the password of the web tasks/,
    fix: /“Rotating the database password” in docs\/runbook.md/,
  },
  {
    title: '6.5: the queue and the compute environment take no jobs, or fewer than the config says',
    breakIt: async () => {
      await batch.updateJobQueue({ jobQueue: names.jobQueue, state: 'DISABLED' });
      await changeComputeEnvironment({ state: 'DISABLED', computeResources: { maxvCpus: 1 } });
    },
    says: [
      'Import jobs stay RUNNABLE: the queue is DISABLED',
      ', the compute environment is DISABLED',
      ', all jobs together may have 1 vCPUs, not 4.',
    ],
  },
  {
    title: '6.5, 6.6: the jobs run a definition that was registered by hand',
    breakIt: () =>
      withJobDefinition(({ image, environment = [] }) => ({
        image: image?.replace('-dev-batch', '-batch'),
        jobRoleArn: undefined,
        environment: [
          ...environment.map(({ name }) => ({ name, value: 'prooflink-files' })),
          { name: 'SMTP_PASSWORD', value: 'correct horse' },
        ],
        secrets: [],
        networkConfiguration: { assignPublicIp: 'DISABLED' },
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/aws/batch/job' } },
      })),
    says: [
      'The import jobs run prooflink-dev-user-import:',
      ', which no deployment has registered, instead of prooflink-dev-user-import:2. It differs in: ',
      '/prooflink-batch:v1',
      'jobRoleArn arn:',
      'environment.AWS_S3_BUCKET_NAME prooflink-',
      ' → prooflink-files',
      'environment.SMTP_PASSWORD not set → (hidden value ',
      'secrets.DATABASE_URL ',
      ' → /aws/batch/job',
    ],
    fix: DEREGISTER,
  },
  {
    title: '6.5: the jobs get no public address, by the definition of the fault above',
    breakIt: () => Promise.resolve(),
    says: /^The import jobs get no public address/,
    fix: DEREGISTER,
  },
  {
    title: '6.4: a NAT gateway was made',
    breakIt: async () => {
      const [SubnetId] = await subnetIds();
      return ec2.createNatGateway({ SubnetId, ConnectivityType: 'private' });
    },
    says: /^The NAT gateway nat-\w+ was made by hand/,
    fix: /^aws ec2 delete-nat-gateway --region ap-northeast-1 --nat-gateway-id nat-/,
  },
];
