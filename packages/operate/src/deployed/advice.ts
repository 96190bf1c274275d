import { hasCommand } from '@infra/commands/prooflink';
import type { Message } from '@infra/common/message';
import { prooflinkCommand } from './printed-commands';
import { words } from './words';

/** Line on the command that reports how an environment is; `undefined` where its package was taken out. */
export function statusAdvice(environmentName: string): Message | undefined {
  if (!hasCommand('status')) return undefined;
  return words.howItIs({ command: prooflinkCommand(environmentName, 'status') });
}

/** Line on the command that names a cause; `undefined` where its package was taken out. */
export function doctorAdvice(environmentName: string): Message | undefined {
  if (!hasCommand('doctor')) return undefined;
  return words.whatIsWrong({ command: prooflinkCommand(environmentName, 'doctor') });
}
