import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Numbers, type Texts } from '@infra/common/words';

/** Sentences of the commands that have no folder of their own, in English, by command. */
export const en = {
  officeHours: {
    /** Lines of progress. */
    steps: {
      startDatabase: () => 'Start the database',
      stopDatabase: () => 'Stop the database',
      noWebTasks: () => 'No image tag yet: there is no web task to start',
      startWebTasks: ({ taskCount }: Numbers<'taskCount'>) => `Start the web tasks, ${taskCount}`,
      stopWebTasks: () => 'Stop the web tasks',
    },
    /** Ends of `start` and `stop`. */
    started: ({ environmentName, url }: Texts<'environmentName' | 'url'>) => `${environmentName} runs: ${url}`,
    stopped: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} sleeps`,
    nextChange: ({ time }: Texts<'time'>) => `Its schedules change that next at ${time}.`,
    failed: ({ environmentName, reason }: Texts<'environmentName' | 'reason'>) =>
      `${environmentName} could not be changed: ${reason}`,
    somebodyElse: ({ environmentName, status, desiredCount, command }: Disturbance) =>
      `Somebody else, or a schedule, does the opposite to ${environmentName} at the same time: its database is ${status}, ` +
      `${webTasksText(desiredCount)} to run. To go on after all, once that has ended: ${command}`,
    scheduleUnderway: ({
      environmentName,
      name,
      time,
      command,
    }: Texts<'environmentName' | 'name' | 'time' | 'command'>) =>
      `Schedules change ${environmentName} just now: ${name} runs at ${time}. After that: ${command}`,
    /** Lines on the wait for the database. */
    databaseIs: ({ status }: Texts<'status'>) => `The database is ${status}`,
    databaseBecomes: ({ status }: Texts<'status'>) => `the status ${status}`,
    /** Work that AWS goes on with, or was not asked for yet, if a command ends now. */
    goesOn: {
      nothing: 'Nothing was changed.',
      startDatabase: ({ command }: Texts<'command'>) =>
        'RDS starts the database by itself, which takes minutes. The web tasks are not started yet. ' +
        `Once the database is available: ${command}`,
      startWebTasks: 'ECS starts the web tasks by itself.',
      stopWebTasks: ({ command }: Texts<'command'>) =>
        `ECS stops the web tasks by itself. The database is not stopped yet, and costs. To stop it: ${command}`,
      stopDatabase: 'RDS stops the database by itself, which takes minutes.',
    },
    notConfigured: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} has no office hours: it always runs (officeHours in lib/config).`,
    /** Problems. */
    slowDatabase: ({ status, minutes, finalStatus }: Texts<'status' | 'finalStatus'> & Numbers<'minutes'>) =>
      `The database is ${status} after ${minutes} minutes, and not ${finalStatus}.`,
    brokenDatabase: ({ status, remedy }: Texts<'status' | 'remedy'>) =>
      `The database is ${status}, which RDS does not change by itself: ${remedy}.`,
    slowWebTasks: ({ minutes }: Numbers<'minutes'>) => `The web tasks did not come to rest in ${minutes} minutes.`,
    /** @param reason - Reason of ECS, without a period. */
    brokenWebTasks: ({ reason }: Texts<'reason'>) => `The web tasks do not start: ${reason}.`,
  },
};

/** Sentences of the commands that have no folder of their own, in the language of this process. */
export const words = messagesOf({ en, ja });

/** State of an environment that two people start and stop at once. */
interface Disturbance extends Texts<'environmentName' | 'command'> {
  /** Number of web tasks that ECS is to run. */
  readonly desiredCount: number;
  /** Status of the database, as RDS names it. */
  readonly status: string;
}

function webTasksText(count: number): string {
  return `and ${countText(count, 'web task')} ${count === 1 ? 'is' : 'are'}`;
}
