import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
  BatchClient,
  DescribeJobDefinitionsCommand,
  DescribeJobsCommand,
  type JobDetail,
  SubmitJobCommand,
} from '@aws-sdk/client-batch';
import type { Life } from './life';
import { credentialsOf, readRole } from './role';
import { taskDefinition } from './running';

const KEY = 'imports/users.csv';
const hasAwsCli = spawnSync('aws', ['--version']).status === 0;

/** Import jobs, started as the web application and as a person start them. */
export function startsImports(life: Life): void {
  const { roles } = life.names;

  // The local AWS refuses no caller. AWS's decision is read from the account's policies.
  test('the web task’s role may start jobs of this environment alone', async () => {
    const { policies } = await readRole(roles.ecsTask);
    const statements = policies.flatMap(({ policy }) => (policy as { Statement: { Action: unknown }[] }).Statement);
    const at = 'arn:aws:batch:ap-northeast-1:123456789012';
    const { jobDefinition, jobQueue } = life.names;
    expect(statements.filter(({ Action }) => JSON.stringify(Action).includes('batch'))).toEqual([
      expect.objectContaining({
        Action: 'batch:SubmitJob',
        Resource: [
          `${at}:job-queue/${jobQueue}`,
          ...['', ':*'].map((revision) => `${at}:job-definition/${jobDefinition}${revision}`),
        ],
      }),
    ]);
  });

  test('the web application starts one with what its container is told, as its role', async () => {
    const { environment = [] } = (await taskDefinition(life)).containerDefinitions?.[0] ?? {};
    const told = Object.fromEntries(environment.map(({ name = '', value }) => [name, value]));
    const role = await credentialsOf((await readRole(roles.ecsTask)).arn);
    const batch = new BatchClient({
      credentials: {
        accessKeyId: role['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: role['AWS_SECRET_ACCESS_KEY'] ?? '',
        sessionToken: role['AWS_SESSION_TOKEN'],
      },
    });
    const { jobId } = await batch.send(
      new SubmitJobCommand({
        jobName: 'from-the-web',
        jobQueue: told['BATCH_JOB_QUEUE'],
        jobDefinition: told['BATCH_JOB_DEFINITION'],
        containerOverrides: { environment: [{ name: 'IMPORT_FILE_KEY', value: KEY }] },
      }),
    );
    await expectImport(life, jobId);
  });

  const byHand = 'a person starts one with the command that the output SubmitImport prints, as the web task’s role';
  if (hasAwsCli) {
    test(byHand, async () => {
      const command = life.outputs['SubmitImport'] ?? '';
      const role = await credentialsOf((await readRole(roles.ecsTask)).arn);
      const env = { ...life.aws.env, ...role };
      const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --output json`], { env });
      await expectImport(life, (JSON.parse(stdout) as { jobId: string }).jobId);
    });
  } else {
    test.skip(`${byHand} (this machine has no AWS CLI)`, () => undefined);
  }
}

/** The job runs the newest definition, with the tag that was deployed, and knows its file. */
async function expectImport({ names }: Life, jobId = ''): Promise<void> {
  const batch = new BatchClient({});
  const active = new DescribeJobDefinitionsCommand({ jobDefinitionName: names.jobDefinition, status: 'ACTIVE' });
  const { jobDefinitions = [] } = await batch.send(active);
  const [newest] = jobDefinitions.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
  expect(newest?.ecsProperties ?? newest?.containerProperties).toMatchObject({
    image: expect.stringMatching(/:v1$/) as string,
  });
  const job = await succeeded(batch, jobId);
  expect(job.jobDefinition).toBe(newest?.jobDefinitionArn);
  expect(job.jobQueue).toContain(names.jobQueue);
  expect(job.container?.environment).toContainEqual({ name: 'IMPORT_FILE_KEY', value: KEY });
}

async function succeeded(batch: BatchClient, jobId: string): Promise<JobDetail> {
  const limit = Date.now() + 30_000;
  for (;;) {
    const [job] = (await batch.send(new DescribeJobsCommand({ jobs: [jobId] }))).jobs ?? [];
    if (job?.status === 'SUCCEEDED') return job;
    if (job?.status === 'FAILED' || Date.now() > limit) throw new Error(`the job is ${job?.status ?? 'not there'}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
