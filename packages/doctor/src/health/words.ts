import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Lists, type Numbers, type Texts } from '@infra/common/words';
import type { HealthResult } from './answer';

/** Number of answers with a result. */
export interface AnswerCount {
  readonly result: HealthResult;
  readonly answerCount: number;
}

/** Titles above the answers of each result. */
const TITLES: Readonly<Record<HealthResult, string>> = {
  wrong: 'Wrong',
  unknown: 'Could not be asked',
  underway: 'Underway',
  look: 'A person must look',
  asleep: 'Asleep',
  well: 'Well',
};

/** Sentences of the report of `status` and `doctor`, in English. */
export const en = {
  titles: TITLES,
  answerWithFix: ({ says, fix }: Texts<'says' | 'fix'>) => `${says}\nFix: ${fix}`,
  /** Fix that is that of the first cause. */
  fixAsAbove: 'as above',
  /** Line on the number of answers per result, the worst first. */
  counts: ({ environmentName, counts }: Texts<'environmentName'> & { readonly counts: readonly AnswerCount[] }) => {
    const texts = counts.map(({ result, answerCount }) => `${TITLES[result].toLowerCase()}: ${answerCount}`);
    return `${environmentName}: ${texts.join(', ')}.`;
  },
  /** First line, above the verdict. @param rights - Actions of IAM. */
  missingRights: ({ rights }: Lists<'rights'>) => `Not looked at for lack of rights: ${rights.join(', ')}.`,
  /** Verdict on an environment. */
  verdict: {
    withoutService: ({ environmentName }: Texts<'environmentName'>) => `${environmentName}: users are without service.`,
    notWellButServed: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} is not well, though users are served.`,
    notWell: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} is not well.`,
    notAsked: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} could not be asked for everything.`,
    underway: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName}: a deployment is underway. Ask again after it.`,
    underwayWithoutService: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName}: a deployment is underway, and until its end users are without service.`,
    asleep: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} is well, and sleeps.`,
    well: ({ environmentName }: Texts<'environmentName'>) => `${environmentName} is well.`,
  },
  /** Headline of the first cause, with the statement that is not true. */
  firstCause: ({ statement }: Texts<'statement'>) => `First cause: “${statement}” is not true.`,
  cutOff: ({ lineCount }: Numbers<'lineCount'>) => `(${countText(lineCount, 'further line')} below)`,
  whatFixesIt: 'What fixes it:',
  allCauses: ({ command }: Texts<'command'>) => `All causes: ${command}`,
  /** Last line of a report that is longer than a screen. */
  beginAtTop: ({ lineCount }: Numbers<'lineCount'>) =>
    `The first cause, and what fixes it, is at the top of these ${lineCount} lines.`,
  /** List of faults in a sentence. */
  list: ({ items }: Lists<'items'>) => items.join(', '),
  /** Fix after AWS's error for too many requests. */
  askAgain: ({ command }: Texts<'command'>) =>
    `in a minute, ask again. Others of this account ask AWS as much at the same time: ${command}`,
  /** Answer to AWS's error for a missing resource. */
  notThere: ({ reason }: Texts<'reason'>) => `It is not there: ${reason}`,
  /** @param path - Construct path of a resource that neither CloudFormation nor a command creates again. */
  makeNewOne: ({ path }: Texts<'path'>) =>
    `change the id of ${path} in lib/constructs, and deploy: that creates another one`,
  /** Fixes that take the place of a deployment, or come before it. */
  databaseFirst: ({ restoringChapter }: Texts<'restoringChapter'>) => `the database first: ${restoringChapter}`,
  waitForStack: ({ stackName, stackStatus }: Texts<'stackName' | 'stackStatus'>) =>
    `wait until ${stackName} is no longer ${stackStatus}, then:`,
  /** Sentences without a period on a path over TCP that a security group blocks. */
  path: {
    notAdmitted: ({ destination, port, source }: Texts<'destination' | 'source'> & Numbers<'port'>) =>
      `${destination} does not admit port ${port} from ${source}`,
    notLetOut: ({ source, port, destination }: Texts<'source' | 'destination'> & Numbers<'port'>) =>
      `${source} lets nothing out to port ${port} of ${destination}`,
  },
};

/** Sentences of the report of `status` and `doctor`, in the language of this process. */
export const words = messagesOf({ en, ja });
