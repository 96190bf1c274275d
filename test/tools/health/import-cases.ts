import { readStack } from '../../../tools/environment/deployed-stack';
import { type Dev, names } from '../support/running-dev';
import { batch } from './clients';
import { importWell, submit, until, withEnvironment, withJobDefinition, withoutQueue } from './jobs';
import { answerOf, type Case, doctor, secretId, withoutImage, withoutPolicies, withoutRules } from './breaking';

const DEREGISTER = /^aws batch deregister-job-definition .*--job-definition prooflink-dev-user-import:\d+$/;
/** Revisions that were registered by hand, and what doctor says of each. */
const REVISIONS: readonly (readonly [what: string, change: Parameters<typeof withJobDefinition>[0], says: RegExp])[] = [
  [
    '6.5: the image’s URI is wrong',
    ({ image }) => ({ image: image?.replace('-dev-batch', '-batch') }),
    /user-import:\d+, with .* not make: the image 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com\/prooflink-batch:v1/,
  ],
  ['6.5: the jobs have no DATABASE_URL', () => ({ secrets: [] }), /did not make: no DATABASE_URL/],
  [
    '6.5: the bucket’s name is wrong',
    ({ environment }) => ({ environment: environment?.map(({ name }) => ({ name, value: 'prooflink-files' })) }),
    /did not make: the bucket prooflink-files/,
  ],
  ['6.5: the definition has no task role', () => ({ jobRoleArn: undefined }), /did not make: the task role \(none\)/],
  [
    '6.5: the jobs get no public address',
    () => ({ networkConfiguration: { assignPublicIp: 'DISABLED' } }),
    /^The import jobs get no public address/,
  ],
  [
    '6.6: the definition logs elsewhere',
    () => ({ logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/aws/batch/job' } } }),
    /did not make: the log group \/aws\/batch\/job/,
  ],
];

export function importCases(dev: Dev): Case[] {
  return [
    ...REVISIONS.map(([what, change, says]): Case => [what, () => withJobDefinition(change), says, DEREGISTER]),
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
      '6.5: the database’s group does not admit the jobs',
      () => withoutRules(names.securityGroups.rds, 'in', names.securityGroups.batch),
      /^prooflink-dev-rds-sg \(sg-\w+\) does not admit port 5432 from prooflink-dev-batch-sg .*ETIMEDOUT/,
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
      '6.6: the execution role may not write logs',
      () => withoutPolicies(names.roles.batchExecution, (document) => document.replace(/logs:/g, 'nothing:')),
      /-batch-execution-role may not logs:CreateLogStream on log-group:\/aws\/batch\/prooflink-dev:\*, logs:PutLogEvents/,
    ],
  ];
}

export function importTests(dev: Dev): void {
  it.each([
    ['has no value', 'Master', /^The secret setting SMTP_PASSWORD of the import jobs has no value\.$/],
    [
      'is in no JSON',
      'SessionSecret',
      /^The secret Prooflink.*, of which the import jobs want SMTP_PASSWORD, is no JSON/,
    ],
  ])('a secret setting %s', async (_, secret, says) => {
    const setting = { name: 'SMTP_PASSWORD', valueFrom: `${await secretId(secret)}:SMTP_PASSWORD::` };
    const restore = await withJobDefinition(({ secrets = [] }) => ({ secrets: [...secrets, setting] }));
    const reported = await answerOf('secrets-batch');
    const role = await answerOf('execution-role-batch');
    await restore();
    expect(reported).toMatchObject({ result: 'wrong', says: expect.stringMatching(says) as string });
    // The role reads the secrets of the template only.
    expect(role.says).toContain('batch-execution-role may not secretsmanager:GetSecretValue on secret:');
  });

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
    await batch.terminateJob({ jobId: first, reason: 'enough' });
    await until(second, 'SUCCEEDED');
    await withoutImage(names.repositories.batch, 'v1');
    await dev().push.batch('v1');
    expect(soon.cause).toBeNull();
    expect(later.cause?.says).toMatch(
      /^1 import job RUNNABLE, since .*; 1 other at work, and all together may have 4 vCPUs/,
    );
    expect(later.cause?.fix).toBe('wait until others are done, or raise userImport.maxvCpus in lib/config/dev.ts');
  });

  it('6.5: an import that failed by itself is reported with its log’s place, until a later one succeeds', async () => {
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
