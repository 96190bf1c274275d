import { sample } from '../../../../tools/deploy-local/programs';
import { sdk } from '../sdk';
import { makeImage, makeRoles, nameValue, type Variables } from './application';
import type { Network } from './network';

/** Step 12 of the guide. */
export async function makeImport(environment: 'dev' | 'prod', network: Network, variables: Variables): Promise<void> {
  const { batch } = sdk;
  const roles = await makeRoles('batch');
  const image = await makeImage(`prooflink-${environment}-batch`, `/aws/batch/prooflink-${environment}`, sample.job());
  const computeEnvironmentName = 'prooflink-compute-env';
  await batch.createComputeEnvironment({
    computeEnvironmentName,
    type: 'MANAGED',
    state: 'ENABLED',
    computeResources: {
      type: 'FARGATE',
      maxvCpus: environment === 'dev' ? 4 : 16,
      subnets: network.publicSubnets,
      securityGroupIds: [network.groups.batch],
    },
  });
  await batch.createJobQueue({
    jobQueueName: 'prooflink-job-queue',
    state: 'ENABLED',
    priority: 1,
    computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentName }],
  });
  const [VCPU, MEMORY] = environment === 'dev' ? ['0.5', '1024'] : ['1', '2048'];
  await batch.registerJobDefinition({
    jobDefinitionName: `prooflink-${environment}-user-import`,
    type: 'container',
    platformCapabilities: ['FARGATE'],
    containerProperties: {
      image,
      command: ['node', 'dist/batch/user-import.js'],
      environment: nameValue(variables),
      resourceRequirements: [
        { type: 'VCPU', value: VCPU },
        { type: 'MEMORY', value: MEMORY },
      ],
      jobRoleArn: roles.task,
      executionRoleArn: roles.execution,
    },
  });
}
