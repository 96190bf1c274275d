import { countText } from '@infra/common/words';
import type { StageName } from '../observation';

/** Sentences of a rehearsal's report, in English. */
export const en = {
  title: ({ date }: { readonly date: string }) => `# Rehearsal of ${date}`,
  mask:
    'Account numbers, IP addresses, mail addresses, and names of sessions and users are masked. Names of images and roles ' +
    'are not: read this before you send it.',

  /** Labels for what identifies an account or a person. */
  masks: {
    account: '(account)',
    address: '(IP address)',
    mail: '(mail address)',
    session: '(session)',
    user: '(user)',
  },

  /** Names of what the report begins with. */
  commit: 'repository',
  cdkCli: 'CDK CLI',
  node: 'Node',
  region: 'region',
  rehearsal: 'rehearsal',
  rows: 'rows of docs/first-deploy',
  localRegion: ({ region }: { readonly region: string }) => `${region} of a local AWS, not of AWS`,
  changedCommit: ({ commit }: { readonly commit: string }) => `${commit}, and changed files`,
  unknownCommit: 'not known, since this is no git repository',
  counts: ({ seen, refuted, notSeen }: Readonly<Record<'seen' | 'refuted' | 'notSeen', number>>) =>
    `${seen} seen, ${refuted} refuted, ${notSeen} not seen`,

  /** Headings of the report's chapters. */
  notSeen: '## Not seen',
  refuted: '## Refuted',
  seen: '## Seen',
  stages: '## Stages',
  durations: '## Durations of resources',

  /** Headings of tables. */
  row: 'row',
  claim: 'to confirm',
  because: 'not seen, because',
  stage: 'stage',
  began: 'began (UTC)',
  duration: 'duration',
  expected: 'expected',
  exitCode: 'exit code',
  resourceType: 'type',
  operation: 'operation',
  count: 'how many',
  longest: 'longest',
  assumed: 'the local AWS assumes',

  none: 'None.',
  skipped: 'left out',
  notEnded: 'not ended',
  observed: ({
    id,
    claim,
    stages,
  }: Readonly<Record<'id' | 'claim', string>> & { readonly stages: readonly StageName[] }) =>
    `- \`${id}\`: ${claim} (${stages.join(', ')})`,
  advice: ({ advice }: { readonly advice: string }) => `Advice: ${advice}`,
  /** A link of a page: its text, and the page that it leads to. */
  link: ({ text, page }: Readonly<Record<'text' | 'page', string>>) => `${text} (${page})`,
  wordsOfStage: ({ stage }: { readonly stage: StageName }) =>
    `Words of AWS, and of the commands that asked it, in ${stage}:`,
  shortOperations: ({ number, seconds }: Readonly<Record<'number' | 'seconds', number>>) =>
    `${countText(number, 'further operation')} took less than ${seconds} seconds each, as the local AWS assumes.`,
  source:
    "Measured by the stack's events, from IN_PROGRESS to COMPLETE or FAILED. The assumptions are those of " +
    'packages/local-aws/server/cloudformation/pace.py, which were chosen, not measured. It assumes nothing of one resource in ' +
    'a deletion.',

  /** Reasons for which a row was not seen. */
  stagesDidNotRun: ({ stages }: { readonly stages: readonly StageName[] }) =>
    stages.length === 1 ? `the stage ${stages.join()} did not run` : `no stage of ${stages.join(', ')} ran`,
  stageSkipped: ({ stage, skippedBecause }: { readonly stage: StageName; readonly skippedBecause: string }) =>
    `the stage ${stage} was left out: ${skippedBecause}`,
  stageFailed: ({ stage, exitCode }: { readonly stage: StageName; readonly exitCode: number }) =>
    `the stage ${stage} ended with exit code ${exitCode} before it`,
  stageNotEnded: ({ stage }: { readonly stage: StageName }) =>
    `the stage ${stage} has not ended: it runs, or was interrupted`,
  needs: ({ needs }: { readonly needs: string }) => `it needs ${needs}`,
  stageSawNothing: ({ stage }: { readonly stage: StageName }) => `the stage ${stage} got no answer to it`,

  /** Errors. */
  unknownRow: ({ stage, row }: { readonly stage: StageName; readonly row: string }) =>
    `The stage ${stage} observed a row "${row}", which docs/first-deploy does not have. If the rehearsal began with another ` +
    'version of this repository, check that one out, and call it again.',
  unsafeId: ({ rehearsalId }: { readonly rehearsalId: string }) =>
    `The tag Rehearsal of the stack is "${rehearsalId}", and no id of a rehearsal: letters, digits, "_" and "-".`,
  unreadableRecord: ({ path, line }: Readonly<Record<'path' | 'line', string>>) =>
    `${path} has a line that is no record of a stage: ${line.slice(0, 200)}. Remove that line, and call it again.`,

  /** Durations. */
  seconds: ({ seconds }: { readonly seconds: number }) => `${seconds} s`,
  minutes: ({ minutes, seconds }: Readonly<Record<'minutes' | 'seconds', number>>) => `${minutes} min ${seconds} s`,
};
