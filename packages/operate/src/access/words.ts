import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { Lists, Texts } from '@infra/common/words';

/** Sentences of `logs`, `shell` and `database`, in English. */
export const en = {
  /** @param install - Command or page. */
  missing: ({ program, install }: Texts<'program' | 'install'>) =>
    `This needs ${program}, which is not installed here (not in PATH). To install it:\n  ${install}`,
  oldAwsCli: ({ install }: Texts<'install'>) =>
    `This needs version 2 of the AWS CLI; aws is version 1 here. To install it:\n  ${install}`,
  switchedOff: ({ environmentName }: Texts<'environmentName'>) =>
    `webService.executeCommand is false in lib/config/${environmentName}.ts: ECS Exec leads into no task of ${environmentName}. ` +
    'In an emergency: docs/runbook.md, "A shell in prod in an emergency".',
  noTask: ({ serviceName, advice }: Texts<'serviceName'> & { readonly advice: string | undefined }) =>
    [`No task of ${serviceName} is running.`, advice].filter(Boolean).join('\n'),
  noAgent: ({ serviceName, command }: Texts<'serviceName' | 'command'>) =>
    `No task of ${serviceName} runs the agent of ECS Exec: they started before webService.executeCommand was on, or seconds ` +
    `ago. New tasks have it: ${command}`,
  unknownTask: ({ environmentName, name, names }: Texts<'environmentName' | 'name'> & Lists<'names'>) =>
    `This command takes no task ${name}. Those of lib/config/${environmentName}.ts: ${names.join(', ') || 'none'}.`,
  noLog: ({ environmentName }: Texts<'environmentName'>) =>
    `${environmentName} has no such log group: its config has no import, or was not deployed with this task.`,
  noProgramHere: ({ taskId }: Texts<'taskId'>) =>
    `Task ${taskId} runs no program on this machine: its image has none, or this shell has not read the local AWS's file ` +
    '"shell".',
  tunnelIsOpen: ({ port }: Texts<'port'>) => `The tunnel to the database: localhost:${port}, while psql is open.`,
  noTunnel: ({ lines }: Lists<'lines'>) => `The tunnel to the database did not open:\n${lines.join('\n')}`,
};

/** Sentences of `logs`, `shell` and `database`, in the language of this process. */
export const words = messagesOf({ en, ja });
