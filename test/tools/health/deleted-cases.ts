import { BatchClient, DeleteJobQueueCommand, DeregisterJobDefinitionCommand } from '@aws-sdk/client-batch';
import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DeleteServiceCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DeleteDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DeleteListenerCommand,
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeleteBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { readStack } from '../../../tools/environment/deployed-stack';
import { type Dev, names } from '../support/running-dev';
import { prooflink } from '../support/prooflink';
import { doctor, REDEPLOY, saying, secretId, withoutPolicies, withoutRules } from './breaking';
import { transferIsTold } from './cost-cases';
import { withoutQueue } from './jobs';

/** Deletes a resource of each of these types. */
const DELETIONS: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'AWS::Batch::JobDefinition': (jobDefinition) =>
    new BatchClient({}).send(new DeregisterJobDefinitionCommand({ jobDefinition })),
  'AWS::Batch::JobQueue': async (jobQueue) => {
    await withoutQueue();
    await new BatchClient({}).send(new DeleteJobQueueCommand({ jobQueue }));
  },
  'AWS::EC2::VPCEndpoint': (id) => new EC2Client({}).send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })),
  'AWS::ECR::Repository': (repositoryName) =>
    new ECRClient({}).send(new DeleteRepositoryCommand({ repositoryName, force: true })),
  'AWS::ECS::Service': (service) =>
    new ECSClient({}).send(new DeleteServiceCommand({ cluster: names.cluster, service, force: true })),
  'AWS::IAM::Policy': () => withoutPolicies(names.roles.ecsTask),
  'AWS::Logs::LogGroup': (logGroupName) =>
    new CloudWatchLogsClient({}).send(new DeleteLogGroupCommand({ logGroupName })),
  'AWS::S3::BucketPolicy': async () => {
    const [Bucket] = (await readStack('dev')).ids('AWS::S3::Bucket');
    await new S3Client({ forcePathStyle: true }).send(new DeleteBucketPolicyCommand({ Bucket }));
  },
  'AWS::Scheduler::Schedule': (Name) => new SchedulerClient({}).send(new DeleteScheduleCommand({ Name })),
};

export function deletedCases(dev: Dev): void {
  describe('what somebody deleted', () => {
    it('a listener, after it led elsewhere', async () => {
      const elb = new ElasticLoadBalancingV2Client({});
      const [LoadBalancerArn] = (await readStack('dev')).ids('AWS::ElasticLoadBalancingV2::LoadBalancer');
      const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
      const ListenerArn = Listeners[0]?.ListenerArn;
      const answer = { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '503' } };
      await elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: [answer] }));
      const elsewhere = await doctor();
      await elb.send(new DeleteListenerCommand({ ListenerArn }));
      const gone = await doctor();
      expect(elsewhere.cause?.says).toMatch(
        /^listener\/app\/prooflink-dev-alb\/.*: changed by hand: default actions.* It leads users/s,
      );
      expect(gone.cause).toMatchObject({
        says: expect.stringMatching(
          /^listener\/app\/prooflink-dev-alb\/.*: deleted by hand: .* It leads users/,
        ) as string,
        fix: expect.stringMatching(REDEPLOY) as string,
      });
    });

    it('a person is told in 80 columns, without colours in a file: what fixes it, and what else there is', async () => {
      const env = { ...dev().aws.env, FORCE_COLOR: '1', AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1' };
      const { exitCode, stdout } = await prooflink(env, 'doctor', 'dev');
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(
        /\ndev is not well\. The first cause, from the outside in:\n {2}listener\/app\/prooflink-dev-alb\//,
      );
      expect(stdout).toContain('\nWhat fixes it:\n  npx cdk deploy ProoflinkDev --revert-drift\n');
      expect(stdout).toMatch(/\nCould not be asked\n.+\n│ The image of the web tasks +│ Error: /);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).not.toContain('\u001b');
    });

    it('a resource of each type is named, and the service that is gone', async () => {
      const stack = await readStack('dev');
      const SecretId = await secretId('SessionSecret');
      await new SecretsManagerClient({}).send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
      expect(saying(await doctor(), 'wrong')[0]).toMatch(
        /^It is not there: ResourceNotFoundException: .*\(DescribeSecret arn:aws:secretsmanager:.*SessionSecret/,
      );
      for (const [type, remove] of Object.entries(DELETIONS)) await remove(stack.ids(type)[0] ?? '');
      const told = await doctor();
      const byHand = told.answers.find(({ id }) => id === 'by-hand');
      for (const type of Object.keys(DELETIONS)) expect(byHand?.says).toContain(`(${type}): `);
      expect(told.answers.find(({ id }) => id === 'way-to-tasks')).toMatchObject({
        result: 'wrong',
        says: expect.stringContaining('there is no service prooflink-dev-cluster/prooflink-dev-service') as string,
        fix: expect.stringContaining('revert-drift') as string,
      });
    });

    it('what was transferred is told as well', transferIsTold);

    it('the database: no command makes an empty one in its place, whatever else a deploy would fix', async () => {
      await withoutRules(names.securityGroups.alb);
      await new RDSClient({}).send(
        new DeleteDBInstanceCommand({ DBInstanceIdentifier: names.dbInstance, SkipFinalSnapshot: true }),
      );
      const told = await doctor();
      const fix = 'the database first: “Restoring a lost environment” in docs/moving-in.md';
      expect(told.cause).toMatchObject({ says: expect.stringContaining('does not admit') as string, fix });
      expect(told.answers.find(({ id }) => id === 'database')).toMatchObject({
        says: expect.stringMatching(/^It is not there: DBInstanceNotFound.*prooflink-dev-db/) as string,
        fix,
      });
      expect(JSON.stringify(told)).not.toContain('revert-drift');
    });
  });
}
