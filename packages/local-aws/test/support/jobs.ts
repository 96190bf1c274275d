import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Batch, type JobDetail, type SubmitJobCommandInput } from '@aws-sdk/client-batch';
import { EC2 } from '@aws-sdk/client-ec2';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { LocalAws } from '../../src/local-aws';
import { clientConfig } from './account';
import { prepareAccount, until } from './containers';

/** Job that is controlled by its variables. */
const PROGRAM = `
console.log('secret', process.env.SECRET, 'file', process.env.FILE, 'argument', process.argv[2]);
if (process.env.EXIT) { console.error('it fails'); process.exit(Number(process.env.EXIT)); }
if (process.env.FOREVER) setInterval(() => {}, 1000);`;

/** Queue and job definitions with a program in the folder; `locked-out` cannot read its secret. */
export async function prepareJobs(aws: LocalAws, directory: string) {
  writeFileSync(join(directory, 'job.js'), PROGRAM);
  const config = clientConfig(aws);
  const batch = new Batch(config);
  const account = await prepareAccount(aws);
  const { Subnets = [] } = await new EC2(config).describeSubnets({});
  const { SecurityGroups = [] } = await new EC2(config).describeSecurityGroups({});
  const { computeEnvironmentArn: computeEnvironment } = await batch.createComputeEnvironment({
    computeEnvironmentName: 'jobs',
    type: 'MANAGED',
    serviceRole: account.executionRole,
    computeResources: {
      type: 'FARGATE',
      maxvCpus: 4,
      subnets: [Subnets[0]?.SubnetId ?? ''],
      securityGroupIds: [SecurityGroups[0]?.GroupId ?? ''],
    },
  });
  const computeEnvironmentOrder = [{ computeEnvironment, order: 1 }];
  await batch.createJobQueue({ jobQueueName: 'jobs', state: 'ENABLED', priority: 1, computeEnvironmentOrder });
  const manager = new SecretsManager(config);
  const { ARN = '' } = await manager.createSecret({ Name: 'a', SecretString: 'a secret' });
  const image = await account.push('job', { directory, entrypoint: ['node'] });
  const define = async (jobDefinitionName: string, executionRoleArn: string) => {
    await batch.registerJobDefinition({
      jobDefinitionName,
      type: 'container',
      platformCapabilities: ['FARGATE'],
      parameters: { argument: 'usual' },
      containerProperties: {
        image,
        command: ['job.js', 'Ref::argument'],
        executionRoleArn,
        jobRoleArn: account.executionRole,
        environment: [{ name: 'FILE', value: 'none' }],
        secrets: [{ name: 'SECRET', valueFrom: ARN }],
        resourceRequirements: [
          { type: 'VCPU', value: '0.5' },
          { type: 'MEMORY', value: '1024' },
        ],
        logConfiguration: account.logConfiguration,
      },
    });
  };
  await define('job', account.executionRole);
  await define('locked-out', await account.role('locked-out', { 'ecr:*': '*', 'logs:*': '*' }));

  async function submit(
    variables: Record<string, string> = {},
    more: Partial<SubmitJobCommandInput> = {},
  ): Promise<string> {
    const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
    const { jobId = '' } = await batch.submitJob({
      jobName: 'job',
      jobQueue: 'jobs',
      jobDefinition: 'job',
      containerOverrides: { environment },
      ...more,
    });
    return jobId;
  }

  async function describeJob(jobId: string): Promise<JobDetail> {
    const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
    return jobs[0] as JobDetail;
  }

  const ended = (jobId: string): Promise<JobDetail> =>
    until(
      () => describeJob(jobId),
      ({ status }) => status === 'SUCCEEDED' || status === 'FAILED',
    );

  return { account, batch, submit, describeJob, ended };
}
