import { countText } from '@infra/common/words';

/**
 * Sentences of the commands of this folder, in English, by command: those that were written since a second language is
 * planned. Older sentences stand where they are printed.
 */
export const en = {
  drift: {
    unknownStack: ({ stackName, stackNames }: { readonly stackName: string; readonly stackNames: readonly string[] }) =>
      `lib/config has no stack ${stackName}, but: ${stackNames.join(', ')}.`,
    /** Headlines of a report. */
    changed: ({ resourceCount, stack }: { readonly resourceCount: number; readonly stack: string }) =>
      `${countText(resourceCount, 'resource')} of ${stack} ${resourceCount === 1 ? 'is' : 'are'} not as deployed.`,
    unknown: ({ stack }: { readonly stack: string }) => `Whether ${stack} is as deployed could not be told.`,
    asDeployed: ({ stack }: { readonly stack: string }) => `${stack} is as deployed.`,
    nothingKnown: 'Drift could not be looked for, so nothing is known.',
    /** Titles of lists of resources and properties. */
    couldNotBeCompared: 'Could not be compared',
    notCounted: 'Not counted',
    onlyAwsKnows: 'Only AWS knows what the template says of',
    nothingCompares: 'Nothing compares',
    advice:
      'To keep a change, write it into `lib/config` or `lib/constructs` and deploy. To undo it, after reading what it would do:',
    restLeftOut: 'The rest is left out, because an issue has an end. All of it: `npm run prooflink -- drift`.',
  },
  import: {
    noLog: () => 'It did not start, and has no log.',
    /** Reasons for which a file cannot be imported, each the end of a sentence on the file. */
    csv: {
      notFound: 'there is no such file.',
      noFile: 'it is no file.',
      otherName: 'its name does not end in .csv.',
      invisibleCharacter: 'its name has a character that nobody sees. Rename it.',
      otherEncoding: 'it is not written in UTF-8, or no text. In Excel, save it as "CSV UTF-8 (Comma delimited)".',
      crAlone: 'its lines end with CR alone. Save it with LF, or with CR and LF.',
      empty: 'it is empty.',
      noUsers: 'it has a header and no users.',
      unnamedColumn: 'its first row must name every column, separated by commas.',
      noHeader: ({ excerpt }: Excerpt) => `its first row must name the columns, and reads like a user: ${excerpt}`,
      otherSeparator: ({ excerpt }: Excerpt) => `its columns are not separated by commas: ${excerpt}`,
      repeatedColumn: ({ columnName }: { readonly columnName: string }) =>
        `its first row names the column ${columnName} more than once.`,
      fieldCount: ({ row, fieldCount, columnCount }: FieldCounts) =>
        `row ${row} has ${countText(fieldCount, 'field')}, and its first row names ${countText(columnCount, 'column')}.`,
      strayQuote: ({ row }: Row) =>
        `row ${row} has a quotation mark within a field. Put that field into quotation marks, and write each one in it ` +
        'twice: "Ann ""Annie"" Smith".',
      openQuote: ({ row }: Row) => `row ${row} opens a quotation mark that is never closed.`,
      endlessRecord: ({ row }: Row) => `row ${row} has no end: no line ends, or a quotation mark is open.`,
      otherFault: ({ row, code }: Row & { readonly code: string }) => `row ${row} is no CSV (${code}).`,
      changedMeanwhile: 'it was changed while it was read. Save it, and import it again.',
    },
    waitingForBatch: 'A job may have begun: waiting for AWS Batch to answer.',
    unknownJob: ({ jobName, reason, listCommand }: UnknownJob) =>
      `It is not known whether an import has begun: ${reason}\n` +
      `Look for the job ${jobName} before you import the file again:\n\n  ${listCommand}`,
    unreadableFile: ({ reason }: { readonly reason: string }) => `it cannot be read (${reason}).`,
    otherJob: ({ jobId, definition, importDefinition, region }: OtherJob) =>
      `The job ${jobId} is one of ${definition}, and imports are jobs of ${importDefinition}. ` +
      `Its state: aws batch describe-jobs --jobs ${jobId} --region ${region}`,
  },
  officeHours: {
    brokenDatabase: ({ status, remedy }: { readonly status: string; readonly remedy: string }) =>
      `The database is ${status}, which RDS does not change by itself: ${remedy}.`,
    webTasksStarted: ({ environmentName }: { readonly environmentName: string }) =>
      `Somebody has started the web tasks of ${environmentName} meanwhile, so that its database was not stopped.`,
    disturbed: ({ environmentName, desiredCount, status }: Disturbance) =>
      `Somebody else has started or stopped ${environmentName} at the same time: its database is ${status}, and ` +
      `${countText(desiredCount, 'web task')} ${desiredCount === 1 ? 'is' : 'are'} to run. Agree on one of both, and call ` +
      'it again.',
  },
  reachability: {
    noNetwork: ({
      assemblyFolder,
      stackNames,
    }: {
      readonly assemblyFolder: string;
      readonly stackNames: readonly string[];
    }) =>
      `${assemblyFolder} has no stack with a network, but: ${stackNames.join(', ')}. ` +
      `Synthesize the environments first: npx cdk synth -o ${assemblyFolder}`,
  },
};

interface OtherJob {
  readonly jobId: string;
  readonly definition: string;
  readonly importDefinition: string;
  readonly region: string;
}

interface Excerpt {
  /** The beginning of the header. */
  readonly excerpt: string;
}

interface Row {
  /** Number of a row as spreadsheets count them: the header is row 1. */
  readonly row: number;
}

interface FieldCounts extends Row {
  readonly fieldCount: number;
  readonly columnCount: number;
}

interface UnknownJob {
  readonly jobName: string;
  readonly reason: string;
  /** Command that lists the job, if there is one. */
  readonly listCommand: string;
}

/** State of an environment that two people have started and stopped at once. */
interface Disturbance {
  readonly environmentName: string;
  /** Number of web tasks that ECS is to run. */
  readonly desiredCount: number;
  /** Status of the database, as RDS names it. */
  readonly status: string;
}
