import { messagesOf } from '@infra/commands/messages';
import type { Numbers, Texts } from '@infra/common/words';
import { ja } from './ja';

/** Sentences of the questions on jobs and workers, in English. */
export const en = {
  statements: { workers: 'The workers run', jobs: 'The last run of each job succeeded' },
  worker: ({
    serviceName,
    running,
    desired,
    reason,
  }: Texts<'serviceName' | 'reason'> & Numbers<'running' | 'desired'>) =>
    `${serviceName}: ${running} of ${desired} tasks run${reason && ` (${reason})`}`,
  sentence: ({ text }: Texts<'text'>) => `${text}.`,
  failedJob: ({ name, time, reason }: Texts<'name' | 'time' | 'reason'>) => `${name} failed at ${time}: ${reason}`,
};

/** Sentences of the questions on jobs and workers, in the language of this process. */
export const words = messagesOf({ en, ja });
