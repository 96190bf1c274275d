import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { ResourceNames } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';

/** Makes ECS replace the web task by a new one with the same task definition. */
export async function restartWebTask({ cluster, service }: ResourceNames): Promise<void> {
  const command = new UpdateServiceCommand({ cluster, service, forceNewDeployment: true });
  await awsClient(ECSClient, {}).send(command);
}
