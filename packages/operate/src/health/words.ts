import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { HealthResult } from './answer';

/** Texts of a sentence by their names. */
type Texts<Name extends string> = Readonly<Record<Name, string>>;

/** Number of answers with a result. */
export interface AnswerCount {
  readonly result: HealthResult;
  readonly answerCount: number;
}

/** Titles of the tables with the answers of each result. */
const TITLES: Readonly<Record<HealthResult, string>> = {
  wrong: 'Wrong',
  unknown: 'Could not be asked',
  look: 'A person must look',
  asleep: 'Asleep',
  well: 'Well',
};

/** Sentences of the report of `status` and `doctor`, in English. */
export const en = {
  titles: TITLES,
  answerWithFix: ({ says, fix }: Texts<'says' | 'fix'>) => `${says}\nFix: ${fix}`,
  /** Headline above the commands that a cell of a table breaks. */
  brokenCommands: 'Commands that a table breaks, each in one line to copy:',
  /** Line on the number of answers per result, the worst first. */
  counts: ({ environmentName, counts }: Texts<'environmentName'> & { readonly counts: readonly AnswerCount[] }) => {
    const texts = counts.map(({ result, answerCount }) => `${TITLES[result].toLowerCase()}: ${answerCount}`);
    return `${environmentName}: ${texts.join(', ')}.`;
  },
  /** Lines of the verdict on an environment. */
  verdict: {
    notWell: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} is not well. The first cause, from the outside in:`,
    whatFixesIt: 'What fixes it:',
    allCauses: ({ command }: Texts<'command'>) => `All causes: ${command}`,
    notAsked: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} could not be asked for everything.`,
    asleep: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} is well, and sleeps.`,
    well: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} is well.`,
  },
  /** List of faults in a sentence. */
  list: ({ items }: { readonly items: readonly string[] }) => items.join(', '),
  /** Answer to AWS's error for a missing resource. */
  notThere: ({ reason }: Texts<'reason'>) => `It is not there: ${reason}`,
  /** Fixes that take the place of a deployment, or come before it. */
  databaseFirst: ({ restoringChapter }: Texts<'restoringChapter'>) => `the database first: ${restoringChapter}`,
  waitForStack: ({ stackName, stackStatus }: Texts<'stackName' | 'stackStatus'>) =>
    `wait until ${stackName} is no longer ${stackStatus}, then:`,
  /** Sentences without a period on a path over TCP that a security group blocks. */
  path: {
    notAdmitted: ({ destination, port, source }: Texts<'destination' | 'source'> & { readonly port: number }) =>
      `${destination} does not admit port ${port} from ${source}`,
    notLetOut: ({ source, port, destination }: Texts<'source' | 'destination'> & { readonly port: number }) =>
      `${source} lets nothing out to port ${port} of ${destination}`,
  },
};

/** Sentences of the report of `status` and `doctor`, in the language of this process. */
export const words = messagesOf({ en, ja });
