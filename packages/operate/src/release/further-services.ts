import type { Service } from '@aws-sdk/client-ecs';
import { joined, type Message } from '@infra/common/message';
import type { DeployedStack } from '../deployed/deployed-stack';
import { rolloutOf, rolloutReason } from '../deployed/rollout';
import { askPatiently, waitFor } from '../deployed/wait';
import { describeFurtherServices } from '../deployed/web-service';
import { showProgress } from './masked-output';
import { Minutes } from './time-limits';
import { words } from './words';

const SECONDS_BETWEEN_LOOKS = 5;

/** End of the wait for the services that a team has added. */
interface FurtherServicesEnd {
  readonly isAsDeployed: boolean;
  /** A sentence on each service. */
  readonly sentences: readonly string[];
}

/** Waits until each service besides web runs its newest deployment. */
export async function waitForFurtherServices(
  stack: DeployedStack,
  describe = () => describeFurtherServices(stack),
): Promise<FurtherServicesEnd> {
  const services = await waitFor({
    goal: words.furtherServices.rest,
    minutes: Minutes.serving,
    secondsBetweenLooks: SECONDS_BETWEEN_LOOKS,
    showLine: showProgress,
    look: () => askPatiently(describe, showProgress),
    isReached: (lookedAt) => lookedAt.every((service) => isAsDeployed(service) || rolloutOf(service) === 'failed'),
    describe: (lookedAt) => joined(lookedAt.map(describeCounts), ', '),
  });
  return { isAsDeployed: services.every(isAsDeployed), sentences: services.map(describeEnd) };
}

function isAsDeployed(service: Service): boolean {
  return rolloutOf(service) === 'completed' && service.runningCount === service.desiredCount;
}

function describeCounts({ serviceName = '', runningCount = 0, desiredCount = 0 }: Service): Message {
  return words.furtherServices.counts({ serviceName, runningCount, desiredCount });
}

function describeEnd(service: Service): string {
  const counts = describeCounts(service);
  return isAsDeployed(service) ? `${counts}.` : `${counts}: ${rolloutReason(service)}.`;
}
