import { Batch, type ComputeEnvironmentDetail, type JobDefinition } from '@aws-sdk/client-batch';
import { Part } from '@infra/commands/app';
import { definitionName } from './arn';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { readAll, readFirst } from './pages';

/**
 * Reads the active revisions of a job definition, the newest first: a job that names no revision runs the newest one.
 * @param definitionArn - ARN of any revision, `…:job-definition/<name>:<revision>`.
 */
export async function activeRevisions(stack: DeployedStack, definitionArn: string): Promise<JobDefinition[]> {
  const jobDefinitionName = definitionName(definitionArn);
  const pages = stack.client(Batch).paginateDescribeJobDefinitions({ jobDefinitionName, status: 'ACTIVE' });
  const definitions = await readAll(pages, 'jobDefinitions');
  return definitions.sort((first, second) => (second.revision ?? 0) - (first.revision ?? 0));
}

/** Reads the compute environment that the import jobs run in. */
export async function describeComputeEnvironment(stack: DeployedStack): Promise<ComputeEnvironmentDetail> {
  const computeEnvironments = [physicalIdOf(stack, Part.computeEnvironment)];
  const pages = stack.client(Batch).paginateDescribeComputeEnvironments({ computeEnvironments });
  return await readFirst(Part.computeEnvironment.type, pages, 'computeEnvironments');
}
