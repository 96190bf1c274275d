import type { Task } from '@aws-sdk/client-ecs';
import { withoutRepeated } from '@infra/common/words';
import { applicationContainer } from './application-container';
import { words } from './words';

/** Reason for which a task ended, with that of the application's container and its exit code. */
export function stopReasonOf({ stoppedReason, containers }: Task): string {
  const { reason, exitCode } = applicationContainer(containers) ?? {};
  const reasons = withoutRepeated([stoppedReason, reason]);
  // AWS's reasons are in English, in any language of this process.
  const isExitCodeNamed = reasons.some((text) => text.includes(`exit code ${exitCode}`));
  if (exitCode !== undefined && !isExitCodeNamed) reasons.push(words.exitCode({ exitCode }));
  return reasons.join(', ');
}
