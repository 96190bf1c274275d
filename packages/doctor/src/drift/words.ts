import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Lists, type Numbers, type Texts } from '@infra/common/words';

/** Texts of a list. */
interface Items {
  readonly items: readonly string[];
}

/** Sentences of `drift` and of its report, in English. The texts of resources and values are Markdown. */
export const en = {
  unknownStack: ({ stackName, stackNames }: Texts<'stackName'> & Lists<'stackNames'>) =>
    `lib/config has no stack ${stackName}, but: ${stackNames.join(', ')}.`,
  /** Headlines of a report. */
  changed: ({ resourceCount, stack }: Texts<'stack'> & Numbers<'resourceCount'>) =>
    `${countText(resourceCount, 'resource')} of ${stack} ${resourceCount === 1 ? 'is' : 'are'} not as deployed.`,
  unknown: ({ stack }: Texts<'stack'>) => `Whether ${stack} is as deployed could not be told.`,
  asDeployed: ({ stack }: Texts<'stack'>) => `${stack} is as deployed.`,
  nothingKnown: 'Drift could not be looked for, so nothing is known.',
  /** Lines on a resource. */
  changedResource: ({ resource }: Texts<'resource'>) => `**${resource}** was changed`,
  deletedResource: ({ resource }: Texts<'resource'>) => `**${resource}** was deleted`,
  changedProperty: ({ property, expected, actual }: Texts<'property' | 'expected' | 'actual'>) =>
    `${property}: ${expected} was deployed, ${actual} is there`,
  /** Title of a list. */
  couldNotBeCompared: 'Could not be compared:',
  /** Line in small print. */
  nothingCompares: ({ items }: Items) => `Nothing compares: ${items.join(', ')}.`,
  advice:
    'To keep a change, write it into `lib/config` or `lib/constructs` and deploy. To undo it, after reading what it would do:',
  restLeftOut:
    'Only a part is shown, because an issue has an end. The rest is reported once these changes are undone or kept.',
};

/** Sentences of `drift`, in the language of this process. */
export const words = messagesOf({ en, ja });
