import { Batch, type JobDetail, type SubmitJobCommandInput } from '@aws-sdk/client-batch';
import type { Account } from './account';
import { prepareAccount, until } from './containers';

/** Job that is controlled by its variables. */
const PROGRAM = `
console.log('secret', process.env.SECRET, 'file', process.env.FILE, 'argument', process.argv[1]);
if (process.env.EXIT) { console.error('it fails'); process.exit(Number(process.env.EXIT)); }
if (process.env.FOREVER) setInterval(() => {}, 1000);`;

/** Queue and job definitions; `locked-out` cannot read its secret. */
export async function prepareJobs(account: Account) {
  const batch = new Batch(account.client);
  const containers = await prepareAccount(account);
  const { computeEnvironmentArn: computeEnvironment } = await batch.createComputeEnvironment({
    computeEnvironmentName: 'jobs',
    type: 'MANAGED',
    serviceRole: containers.executionRole,
    computeResources: {
      type: 'FARGATE',
      maxvCpus: 4,
      subnets: containers.subnets,
      securityGroupIds: containers.securityGroups,
    },
  });
  const computeEnvironmentOrder = [{ computeEnvironment, order: 1 }];
  await batch.createJobQueue({ jobQueueName: 'jobs', state: 'ENABLED', priority: 1, computeEnvironmentOrder });
  const image = await containers.push('job');
  const define = (jobDefinitionName: string, executionRoleArn: string) =>
    batch.registerJobDefinition({
      jobDefinitionName,
      type: 'container',
      platformCapabilities: ['FARGATE'],
      parameters: { argument: 'usual' },
      containerProperties: {
        image,
        command: ['-e', PROGRAM, 'Ref::argument'],
        executionRoleArn,
        jobRoleArn: containers.executionRole,
        environment: [{ name: 'FILE', value: 'none' }],
        secrets: [{ name: 'SECRET', valueFrom: containers.secret }],
        resourceRequirements: [
          { type: 'VCPU', value: '0.5' },
          { type: 'MEMORY', value: '1024' },
        ],
        logConfiguration: containers.logConfiguration,
      },
    });
  await define('job', containers.executionRole);
  await define('locked-out', await containers.role('locked-out', { 'ecr:*': '*', 'logs:*': '*' }));

  async function submit(variables: Record<string, string> = {}, more: Partial<SubmitJobCommandInput> = {}) {
    const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
    const job = { jobName: 'job', jobQueue: 'jobs', jobDefinition: 'job', containerOverrides: { environment } };
    return (await batch.submitJob({ ...job, ...more })).jobId ?? '';
  }

  /** Waits for one of these states; for the end by default. */
  const reached = (jobId: string, ...states: string[]): Promise<JobDetail> =>
    until(
      async () => (await batch.describeJobs({ jobs: [jobId] })).jobs?.[0] as JobDetail,
      ({ status = '' }) => (states.length > 0 ? states : ['SUCCEEDED', 'FAILED']).includes(status),
    );

  /** Runs a job to its end. */
  const run = async (...job: Parameters<typeof submit>) => reached(await submit(...job));

  return { containers, batch, submit, reached, run };
}
