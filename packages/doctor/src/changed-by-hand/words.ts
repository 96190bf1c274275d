import type { Texts } from '@infra/common/words';
import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';

/** Sentences on what was changed by hand, in English. */
export const en = {
  /** Sentences without a period. */
  deleted: 'deleted by hand',
  changed: ({ property, expected, actual }: Texts<'property' | 'expected' | 'actual'>) =>
    `changed by hand: ${property} \`${expected}\` → \`${actual}\``,
  /** Value of a property. */
  notSet: 'not set',
  /** Fix. */
  grownStorage: ({ size, command }: Texts<'size' | 'command'>) =>
    `set database.allocatedStorage in lib/config to ${size} GiB, to which it has grown, deploy that, then: ${command}`,
  /** Reasons for which a resource is not compared. */
  otherAnswer: ({ status }: { readonly status: string | undefined }) => `CloudFormation answers ${status ?? 'nothing'}`,
  deploymentUnderway: ({ stackName, stackStatus }: Texts<'stackName' | 'stackStatus'>) =>
    `${stackName} is ${stackStatus}: compare again after that`,
};

/** Sentences on what was changed by hand, in the language of this process. */
export const words = messagesOf({ en, ja });
