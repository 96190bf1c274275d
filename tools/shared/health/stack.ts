import { CloudFormationClient, paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import { awsClient } from '../aws';
import type { DeployedStack } from '../deployed-stack';
import { inTokyo } from '../times';
import type { Part } from './part';
import { Output } from '../../../lib/contract';

const MOST_DEPLOYMENTS = 3;

/** The stack itself: where it answers, and how its last deployments ended. */
export async function stackPart(stack: DeployedStack): Promise<Part> {
  const { description, outputs } = stack;
  const { StackId, StackName, StackStatus = '' } = description;
  const isEnd = ({ PhysicalResourceId, ResourceStatus }: StackEvent) =>
    PhysicalResourceId === StackId && /^(?!.*CLEANUP).*_(COMPLETE|FAILED)$/.test(ResourceStatus ?? '');
  const last: StackEvent[] = [];
  const client = awsClient(CloudFormationClient, stack);
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
    last.push(...StackEvents.filter(isEnd));
    if (last.length >= MOST_DEPLOYMENTS) break;
  }
  return {
    rows: [
      [StackName ?? '', StackStatus],
      ['address', outputs[Output.applicationUrl] ?? ''],
      ...last
        .slice(0, MOST_DEPLOYMENTS)
        .map(
          ({ Timestamp, ResourceStatus }, index) =>
            [
              index === 0 ? 'last deployment' : 'before it',
              `${inTokyo(Timestamp ?? 0)}: ${ResourceStatus ?? ''}`,
            ] as const,
        ),
    ],
    wrong: /FAILED|ROLLBACK/.test(StackStatus)
      ? [
          `The last deployment failed: ${StackName ?? ''} is ${StackStatus}. What it says: npx cdk --unstable=diagnose diagnose ${StackName ?? ''}`,
        ]
      : [],
  };
}
