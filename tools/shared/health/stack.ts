import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import type { DeployedStack } from '../deployed-stack';
import { inTokyo } from '../times';
import type { Part } from './part';
import { Output } from '../../../lib/contract';

const MOST_DEPLOYMENTS = 3;

/** The stack itself: where it answers, and how its last deployments ended. */
export async function stackPart({ clientConfig, description, outputs }: DeployedStack): Promise<Part> {
  const { StackId, StackName, StackStatus = '' } = description;
  const client = new CloudFormationClient(clientConfig);
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const ends = StackEvents.filter(
    ({ PhysicalResourceId, ResourceStatus = '' }) =>
      PhysicalResourceId === StackId && /_(COMPLETE|FAILED)$/.test(ResourceStatus) && !/CLEANUP/.test(ResourceStatus),
  );
  const last = ends.slice(0, MOST_DEPLOYMENTS);
  return {
    rows: [
      [StackName ?? '', StackStatus],
      ['address', outputs[Output.applicationUrl] ?? ''],
      ...last.map(
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
