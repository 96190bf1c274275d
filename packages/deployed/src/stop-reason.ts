import type { Task } from '@aws-sdk/client-ecs';
import { withoutRepeated } from '@infra/common/words';
import { applicationContainer } from './application-container';
import { words } from './words';

/** Reason for which a task ended, with that of the application's container and its exit code. */
export function stopReasonOf({ stoppedReason, containers }: Task): string {
  const { reason, exitCode } = applicationContainer(containers) ?? {};
  const exitText = exitCode === undefined ? undefined : words.exitCode({ exitCode });
  return withoutRepeated([stoppedReason, reason, exitText]).join(', ');
}
