import { type AutomationExecution, SSM } from '@aws-sdk/client-ssm';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { Part } from '../../lib/contract';
import { readAll } from './pages';

/**
 * Reads the newest execution of an automation of Systems Manager on the environment's database that started at a moment or
 * later; `undefined` if there is none. An account may have databases of others with automations of the same document.
 */
export async function readAutomation(
  stack: DeployedStack,
  documentName: string,
  since: Date,
): Promise<AutomationExecution | undefined> {
  const ssm = stack.client(SSM);
  const pages = ssm.paginateDescribeAutomationExecutions({
    Filters: [
      { Key: 'DocumentNamePrefix', Values: [documentName] },
      { Key: 'StartTimeAfter', Values: [toSeconds(since)] },
    ],
  });
  const databaseName = physicalIdOf(stack, Part.database);
  // AWS lists the newest execution first. The list has no parameters.
  for (const { AutomationExecutionId } of await readAll(pages, 'AutomationExecutionMetadataList')) {
    const { AutomationExecution: execution } = await ssm.getAutomationExecution({ AutomationExecutionId });
    if (execution?.Parameters?.['InstanceId']?.includes(databaseName)) return execution;
  }
  return undefined;
}

/** A moment in the form that AWS's filters and commands take: `2026-11-25T13:05:00Z`. */
export function toSeconds(moment: Date): string {
  return moment.toISOString().replace(/\.\d+/, '');
}
