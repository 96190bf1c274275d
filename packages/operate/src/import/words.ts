import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Lists, type Numbers, type Texts } from '@infra/common/words';

interface Row {
  /** Number of a row as spreadsheets count them: the header is row 1. */
  readonly row: number;
}

interface FieldCounts extends Row {
  readonly fieldCount: number;
  readonly columnCount: number;
}

/** Sentences of `import`, in English. */
export const en = {
  notImportable: ({ path, reason }: Texts<'path' | 'reason'>) => `${path} cannot be imported: ${reason}`,
  unreadableFile: ({ reason }: Texts<'reason'>) => `it cannot be read (${reason}).`,
  /** Reasons for which a file cannot be imported, each the end of a sentence on the file. */
  csv: {
    notFound: 'there is no such file.',
    otherName: 'its name does not end in .csv.',
    invisibleCharacter: 'its name has a character that nobody sees. Rename it.',
    otherEncoding: 'it is not written in UTF-8, or no text. In Excel, save it as "CSV UTF-8 (Comma delimited)".',
    crAlone: 'its lines end with CR alone. Save it with LF, or with CR and LF.',
    noUsers: 'it has no users below a header.',
    /** @param excerpt - Beginning of the header. */
    noHeader: ({ excerpt }: Texts<'excerpt'>) =>
      `its first row must name each column once, separated by commas, and is: ${excerpt}`,
    fieldCount: ({ row, fieldCount, columnCount }: FieldCounts) =>
      `row ${row} has ${countText(fieldCount, 'field')}, and its first row names ${countText(columnCount, 'column')}.`,
    strayQuote: ({ row }: Row) =>
      `row ${row} has a quotation mark within a field, or one that is never closed. Put that field into quotation marks, ` +
      'and write each one in it twice: "Ann ""Annie"" Smith".',
    otherFault: ({ row, code }: Row & Texts<'code'>) => `row ${row} is no CSV (${code}).`,
  },

  /** On a file that may be imported. Its URL is as wide as a terminal, and would break within the line of a step. */
  file: ({
    path,
    rowCount,
    byteCount,
    fileUrl,
  }: Texts<'path' | 'fileUrl'> & Readonly<Record<'rowCount' | 'byteCount', number>>) =>
    `${path}: ${countText(rowCount, 'row')} below the header, ${countText(byteCount, 'byte')}. It goes to\n${fileUrl}`,
  /** Lines of progress. */
  steps: {
    checkDatabase: 'Check that the database runs',
    upload: 'Upload the file',
    uploading: ({ percent }: Numbers<'percent'>) => `Upload the file: ${percent} %`,
    submit: 'Submit the job',
    submitted: ({ jobId }: Texts<'jobId'>) => `Submit the job: ${jobId}`,
  },
  startOfJob: 'the start of the job',
  endOfJob: 'its end',

  /** Ends of an import. */
  imported: 'Imported.',
  /** @param logCommand - Shows the job's log; `undefined` if the job did not start. */
  notImported: ({ exitCode, logCommand }: { readonly exitCode?: number; readonly logCommand?: string }) => {
    const result = exitCode === undefined ? 'Not imported' : `Not imported: exit code ${exitCode}`;
    const log = logCommand === undefined ? 'It did not start, and has no log.' : `The log: ${logCommand}`;
    return `${result}. ${log}`;
  },
  moreMemory: ({ environmentName }: Texts<'environmentName'>) =>
    'It was killed, mostly since its memory was full: raise userImport.size.memory in ' +
    `lib/config/${environmentName}.ts, and deploy.`,
  noLocalImage: 'On a local AWS, the image of the import is the folder of npm run deploy:local -- --job <folder>.',
  notFollowed: ({ reason, followCommand }: Texts<'reason' | 'followCommand'>) =>
    `The job could not be followed: ${reason}\nIt may go on. To see how it goes: ${followCommand}`,

  /** Answers to Ctrl-C. */
  left: ({ followCommand, stopCommand }: Texts<'followCommand' | 'stopCommand'>) =>
    `The job goes on without you. To see how it goes:\n\n  ${followCommand}\n\nTo end it:\n\n  ${stopCommand}`,
  nothingBegan: ({ fileUrl }: Texts<'fileUrl'>) =>
    `No job has begun. If the file was uploaded, nothing reads it: ${fileUrl}`,
  waitingForBatch: 'A job may have begun: waiting for AWS Batch to answer.',

  /** Reasons for which no import was begun or followed. */
  notConfigured: ({ environmentName }: Texts<'environmentName'>) =>
    `${environmentName} has no user import: userImport in lib/config/${environmentName}.ts.`,
  databaseNotAvailable: ({ status, remedy }: Texts<'status' | 'remedy'>) =>
    `The database is ${status}: the job would find none. First: ${remedy}`,
  notBegun: ({ reason }: Texts<'reason'>) => `No import was begun: ${reason}`,
  /** @param listCommand - Command that lists the job, if there is one. */
  unknownJob: ({ jobName, reason, listCommand }: Texts<'jobName' | 'reason' | 'listCommand'>) =>
    `It is not known whether a job has begun: ${reason}\n` +
    `Look for the job ${jobName} before you start another one:\n\n  ${listCommand}`,
  /** On a job of the config that runs now. */
  run: {
    notConfigured: ({ environmentName, name, names }: Texts<'environmentName' | 'name'> & Lists<'names'>) =>
      `${environmentName} has no job ${name}. There is: ${names.join(', ') || 'none'} (jobs in lib/config/${environmentName}.ts).`,
    noImage: ({ environmentName }: Texts<'environmentName'>) =>
      `${environmentName} has no web image yet, which jobs run. First: npm run prooflink -- release ${environmentName} --app <tag>`,
  },
  forgottenJob: ({ jobId }: Texts<'jobId'>) => `AWS Batch knows no job ${jobId} (it forgets one a week after its end).`,
  otherJob: ({
    jobId,
    definition,
    importDefinition,
    region,
  }: Texts<'jobId' | 'definition' | 'importDefinition' | 'region'>) =>
    `The job ${jobId} is one of ${definition}, and imports are jobs of ${importDefinition}. ` +
    `Its state: aws batch describe-jobs --jobs ${jobId} --region ${region}`,
};

/** Sentences of `import`, in the language of this process. */
export const words = messagesOf({ en, ja });
