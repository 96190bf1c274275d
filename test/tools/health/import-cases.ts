import { Batch } from '@aws-sdk/client-batch';
import { readStack } from '../../../tools/environment/deployed-stack';
import { type Dev, names } from '../support/running-dev';
import { importWell, submit, until, withEnvironment, withJobDefinition, withoutQueue } from './jobs';
import { type Case, doctor, withoutImage, withoutLogGroup, withoutPolicies, withoutRules } from './breaking';

const DEREGISTER = /^aws batch deregister-job-definition .*--job-definition prooflink-dev-user-import:\d+$/;
const own = (what: string) => new RegExp(`prooflink-dev-user-import:\\d+, with what the stack did not make: ${what}`);

export function importCases(dev: Dev): Case[] {
  return [
    [
      '6.5: the compute environment takes no jobs',
      () => withEnvironment({ state: 'DISABLED' }),
      /^Import jobs stay RUNNABLE: the compute environment is DISABLED/,
    ],
    [
      '6.5: the compute environment has fewer vCPUs than the config says',
      () => withEnvironment({ computeResources: { maxvCpus: 1 } }),
      /^Import jobs stay RUNNABLE: all jobs together may have 1 vCPUs, not 4/,
    ],
    ['6.5: the queue takes no jobs', withoutQueue, /^Import jobs stay RUNNABLE: the queue is DISABLED/],
    [
      '6.5: the image is not in ECR, and a job has failed of it',
      async () => {
        await withoutImage(names.repositories.batch, 'v1');
        await until(await submit('imports/good.csv'), 'FAILED');
        return async () => {
          await dev().push.batch('v1');
          await importWell(dev().outputs['BucketName']);
        };
      },
      /^prooflink-dev-batch has no image v1, which the import jobs want/,
      /release dev --batch <tag>\. .* aws ecr list-images .* --repository-name prooflink-dev-batch$/,
    ],
    [
      '6.5: the execution role lost its policy',
      () => withoutPolicies(names.roles.batchExecution),
      /import jobs cannot start: prooflink-dev-batch-execution-role may not ecr:GetAuthorizationToken/,
    ],
    [
      '6.5: the image’s URI is wrong',
      () => withJobDefinition(({ image = '' }) => ({ image: image.replace('-dev-batch', '-batch') })),
      own('the image 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-batch:v1'),
      DEREGISTER,
    ],
    [
      '6.5: the database’s group does not admit the jobs',
      () => withoutRules(names.securityGroups.rds, 'in', names.securityGroups.batch),
      /^prooflink-dev-rds-sg \(sg-\w+\) does not admit port 5432 from prooflink-dev-batch-sg .*ETIMEDOUT/,
    ],
    [
      '6.5: the jobs have no DATABASE_URL',
      () => withJobDefinition(() => ({ secrets: [] })),
      own('no DATABASE_URL'),
      DEREGISTER,
    ],
    [
      '6.5: the jobs get no public address',
      () => withJobDefinition(() => ({ networkConfiguration: { assignPublicIp: 'DISABLED' } })),
      /^The import jobs get no public address/,
      DEREGISTER,
    ],
    [
      '6.5: the jobs run in private subnets',
      async () => {
        const privateSubnets = (await readStack('dev')).ids('AWS::EC2::Subnet').slice(-2);
        return withEnvironment({ computeResources: { subnets: privateSubnets } });
      },
      /^rtb-\w+ has no route 0.0.0.0\/0 to an internet gateway, and the import jobs need it/,
    ],
    [
      '6.5: the task role has no right to the bucket',
      () => withoutPolicies(names.roles.batchTask),
      /import jobs get AccessDenied: prooflink-dev-batch-task-role may not s3:ListBucket on .*s3:GetObject/,
    ],
    [
      '6.5: the bucket’s name is wrong',
      () =>
        withJobDefinition(({ environment = [] }) => ({
          environment: environment.map((each) =>
            each.name === 'AWS_S3_BUCKET_NAME' ? { ...each, value: 'prooflink-files' } : each,
          ),
        })),
      own('the bucket prooflink-files'),
      DEREGISTER,
    ],
    [
      '6.5: the definition has no task role',
      () => withJobDefinition(() => ({ jobRoleArn: undefined })),
      own('the task role \\(none\\)'),
      DEREGISTER,
    ],
    [
      '6.6: the log group is gone',
      () => withoutLogGroup(names.logGroups.batch),
      /^The log group \/aws\/batch\/prooflink-dev is gone: the import jobs/,
    ],
    [
      '6.6: the execution role may not write logs',
      () => withoutPolicies(names.roles.batchExecution, (document) => document.replace(/logs:/g, 'nothing:')),
      /-batch-execution-role may not logs:CreateLogStream on log-group:\/aws\/batch\/prooflink-dev:\*, logs:PutLogEvents/,
    ],
    [
      '6.6: the definition logs elsewhere',
      () =>
        withJobDefinition(() => ({
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/aws/batch/job' } },
        })),
      own('the log group /aws/batch/job'),
      DEREGISTER,
    ],
  ];
}

export function importTests(dev: Dev): void {
  it('6.5: a job waits, since another one has all vCPUs', async () => {
    const resourceRequirements = [
      { type: 'VCPU' as const, value: '4' },
      { type: 'MEMORY' as const, value: '8192' },
    ];
    const long = ['-e', 'setTimeout(() => {}, 600000)'];
    await dev().push.batch('v1', { directory: '.', entrypoint: ['node'] });
    const first = await submit('', { command: long, resourceRequirements });
    await until(first, 'RUNNING');
    const second = await submit('', { command: ['-e', ''] });
    await until(second, 'RUNNABLE');
    const soon = await doctor();
    const later = await doctor({ now: new Date(Date.now() + 11 * 60_000) });
    await new Batch({}).terminateJob({ jobId: first, reason: 'enough' });
    await until(second, 'SUCCEEDED');
    await withoutImage(names.repositories.batch, 'v1');
    await dev().push.batch('v1');
    expect(soon.cause).toBeNull();
    expect(later.cause?.says).toMatch(
      /^1 import job RUNNABLE, since .*; 1 other at work, and all together may have 4 vCPUs/,
    );
    expect(later.cause?.fix).toBe('wait until others are done, or raise userImport.maxvCpus in lib/config/dev.ts');
  });

  it('6.5: an import that failed by itself is told with where its log is, until a later one succeeds', async () => {
    const jobId = await submit('imports/not-there.csv');
    await until(jobId, 'FAILED');
    const broken = await doctor();
    await importWell(dev().outputs['BucketName']);
    expect(broken.cause?.says).toMatch(
      /^The import users failed at .*: Essential container in task exited, exit code 1/,
    );
    expect(broken.cause?.fix).toBe(`what its log says: npm run prooflink -- import dev --job ${jobId}`);
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  });
}
