import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  RegisterJobDefinitionCommand,
} from '@aws-sdk/client-batch';
import { sample } from '../../../../tools/deploy-local/programs';
import { makeImage, makeRoles } from './application';
import type { Network } from './network';

/** Step 12 of the guide. */
export async function makeImport(
  environment: 'dev' | 'prod',
  { publicSubnets, groups }: Network,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const batch = new BatchClient({});
  const roles = await makeRoles('batch');
  const image = await makeImage(`prooflink-${environment}-batch`, `/aws/batch/prooflink-${environment}`, sample.job());
  const computeEnvironmentName = 'prooflink-compute-env';
  await batch.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName,
      type: 'MANAGED',
      state: 'ENABLED',
      computeResources: {
        type: 'FARGATE',
        maxvCpus: environment === 'dev' ? 4 : 16,
        subnets: [...publicSubnets],
        securityGroupIds: [groups.batch],
      },
    }),
  );
  await batch.send(
    new CreateJobQueueCommand({
      jobQueueName: 'prooflink-job-queue',
      state: 'ENABLED',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentName }],
    }),
  );
  await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: `prooflink-${environment}-user-import`,
      type: 'container',
      platformCapabilities: ['FARGATE'],
      containerProperties: {
        image,
        command: ['node', 'dist/batch/user-import.js'],
        environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
        resourceRequirements: [
          { type: 'VCPU', value: environment === 'dev' ? '0.5' : '1' },
          { type: 'MEMORY', value: environment === 'dev' ? '1024' : '2048' },
        ],
        jobRoleArn: roles.task,
        executionRoleArn: roles.execution,
      },
    }),
  );
}
