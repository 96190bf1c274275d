import { Batch } from '@aws-sdk/client-batch';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import type { Life } from './life';
import type { Step } from './live';
import { missingPrograms, runCommands } from './pages';
import { assume, readRole } from './role';
import { taskDefinition } from './running';
import { sdk } from './sdk';
import { until } from './until';

const KEY = 'imports/users.csv';

/** The local AWS refuses no caller: AWS's decision is read from the account's policies. */
const mayStartImports = (life: Life): Step => ({
  name: 'the web task’s role may start jobs of this environment alone',
  calls: [],
  check: async () => {
    const { policies } = await readRole(life.names.roles.ecsTask);
    const statements = policies.flatMap(({ policy }) => (policy as { Statement: { Action: unknown }[] }).Statement);
    const at = `arn:aws:batch:ap-northeast-1:${LOCAL_ACCOUNT}`;
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
  },
});

/** Import jobs, started as the web application and as a person start them. */
export function startsImports(life: Life): Step[] {
  const role = () => readRole(life.names.roles.ecsTask);
  return [
    mayStartImports(life),
    {
      name: 'the web application starts one with its container’s variables, as its role',
      calls: [
        async () => {
          const { environment = [] } = (await taskDefinition(life)).containerDefinitions?.[0] ?? {};
          const reported = Object.fromEntries(environment.map(({ name = '', value }) => [name, value]));
          const { jobId } = await new Batch({ credentials: await assume((await role()).arn) }).submitJob({
            jobName: 'from-the-web',
            jobQueue: reported['BATCH_JOB_QUEUE'],
            jobDefinition: reported['BATCH_JOB_DEFINITION'],
            containerOverrides: { environment: [{ name: 'IMPORT_FILE_KEY', value: KEY }] },
          });
          await expectImport(life, jobId);
        },
      ],
    },
    {
      name: 'a person starts one with the command that the output SubmitImport prints, as the web task’s role',
      missing: missingPrograms('aws'),
      calls: [
        async () => {
          const { accessKeyId, secretAccessKey, sessionToken } = await assume((await role()).arn);
          const as = {
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
            AWS_SESSION_TOKEN: sessionToken,
          };
          const command = `${life.outputs['SubmitImport'] ?? ''} --output json`;
          const printed = await runCommands('SubmitImport', command, { env: { ...life.aws.env, ...as } });
          await expectImport(life, (JSON.parse(printed) as { jobId: string }).jobId);
        },
      ],
    },
  ];
}

/** The job runs the newest definition, with the tag that was deployed, and knows its file. */
async function expectImport({ names }: Life, jobId = ''): Promise<void> {
  const { batch } = sdk;
  const { jobDefinitions = [] } = await batch.describeJobDefinitions({
    jobDefinitionName: names.jobDefinition,
    status: 'ACTIVE',
  });
  const [newest] = jobDefinitions.sort((one, other) => (other.revision ?? 0) - (one.revision ?? 0));
  expect((newest?.ecsProperties ?? newest?.containerProperties) as object).toHaveProperty(
    'image',
    expect.stringMatching(/:v1$/),
  );
  const job = await until(
    async () => (await batch.describeJobs({ jobs: [jobId] })).jobs?.[0],
    (seen) => seen?.status === 'SUCCEEDED' || seen?.status === 'FAILED',
  );
  expect(job).toMatchObject({
    status: 'SUCCEEDED',
    jobDefinition: newest?.jobDefinitionArn,
    jobQueue: expect.stringContaining(names.jobQueue) as string,
  });
  expect(job?.container?.environment).toContainEqual({ name: 'IMPORT_FILE_KEY', value: KEY });
}
