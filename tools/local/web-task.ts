import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '../../lib/config/names';
import { awsClient } from '../deployed/aws';

/** Replaces the web task by a new one of what is deployed. */
export async function restartWebTask({ cluster, service }: ResourceNames): Promise<void> {
  const command = new UpdateServiceCommand({ cluster, service, forceNewDeployment: true });
  await awsClient(ECSClient, {}).send(command);
}
