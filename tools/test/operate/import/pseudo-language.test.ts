import fs, { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClientException } from '@aws-sdk/client-batch';
import { temporaryFolder } from '@infra/common/testing';
import { checkCsvFile } from '../../../operate/import/check-csv-file';
import { type ImportRequest, runImport } from '../../../operate/import/import-users';
import { outsideOfSentences } from '../../../../test/support/sentences';
import { answerCommands, type Answers } from '../../support/answer-commands';
import { stackAnswers } from '../../support/parts';
import { REFUSED_FILES } from './refused-files';

jest.mock(
  '../../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../../test/support/sentences').pseudoLanguage,
);
jest.mock('../../../program/pause', () => ({ pause: () => Promise.resolve() }));

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const folder = temporaryFolder('import-');
const users = join(folder, 'users.csv');
writeFileSync(users, 'email,name\nann@example.com,Ann\n');

afterEach(() => jest.restoreAllMocks());

/** The sentence on a file, at whose end is that of the reason. */
const REFUSAL = /^⟦[^⟦⟧]+⟦[^⟦⟧]+⟧⟧$/;

describe('a refused file is refused in a sentence', () => {
  it.each(REFUSED_FILES)('$title', async ({ content }) => {
    const path = join(folder, 'refused.csv');
    writeFileSync(path, content);
    await expect(checkCsvFile(path)).rejects.toThrow(REFUSAL);
  });

  it.each([
    { title: 'that is not there', name: 'none.csv' },
    { title: 'that is a folder', name: '' },
    { title: 'of another name', name: 'users.txt' },
    { title: 'whose name has an end of a line', name: 'us\ners.csv' },
  ])('$title', async ({ name }) => {
    const path = join(folder, name);
    if (name.startsWith('us')) writeFileSync(path, 'email\n');
    await expect(checkCsvFile(path)).rejects.toThrow(REFUSAL);
  });

  it('that may not be read', async () => {
    const denied = Object.assign(new Error('EACCES: permission denied'), { syscall: 'open' });
    jest.spyOn(fs, 'statSync').mockImplementation(() => {
      throw denied;
    });
    await expect(checkCsvFile(users)).rejects.toThrow(REFUSAL);
  });
});

const IMPORT_JOB = { jobDefinition: 'arn:…:job-definition/import-definition:7' };
const PARTS = { database: 'prooflink-dev-db', jobQueue: 'import-queue', jobDefinition: 'import-definition:1' };
const SUBMITTED: Answers = {
  DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'CREATE_COMPLETE' }] },
  ...stackAnswers(PARTS),
  DescribeDBInstances: { DBInstances: [{ DBInstanceStatus: 'available' }] },
  PutObject: {},
  SubmitJob: { jobId: 'job' },
  DescribeJobs: { jobs: [{ ...IMPORT_JOB, status: 'SUCCEEDED' }] },
};

/** Ctrl-C, once a request reaches AWS. */
function pressCtrlC<Answer>(answer: Answer): () => Answer {
  return () => {
    process.emit('SIGINT');
    return answer;
  };
}

/** Everything that an import prints, its last error included. */
async function printedBy(answers: Answers, request: ImportRequest): Promise<string> {
  const texts: string[] = [];
  const note = (text: unknown) => texts.push(String(text)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(note);
  jest.spyOn(process.stderr, 'write').mockImplementation(note);
  jest.spyOn(console, 'log').mockImplementation((line) => note(`${String(line)}\n`));
  jest.spyOn(fs, 'writeSync').mockImplementation((_, text) => texts.push(text));
  jest.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('⟦end⟧');
  });
  answerCommands({ ...SUBMITTED, ...answers });
  await runImport('dev', request).catch((error: unknown) => note((error as Error).message));
  return texts.join('\n');
}

/** A status of AWS Batch, with its reason. */
const STATUS = /^(RUNNABLE: no capacity|[A-Z]+)$/;

/** Lines with words outside of the sentences. */
function ownWords(printed: string): string[] {
  const lines = outsideOfSentences(printed).split('\n');
  return lines.filter((line) => /\p{Letter}/u.test(line) && !STATUS.test(line));
}

describe('no word of an import is outside of the sentences', () => {
  it.each([
    { title: 'that succeeds', answers: {} },
    { title: 'that AWS Batch refuses', answers: { SubmitJob: new ClientException({ message: 'no', $metadata: {} }) } },
    {
      title: 'whose job is unknown',
      answers: { SubmitJob: new Error('⟦lost⟧'), ListJobs: { jobSummaryList: [] } },
    },
    {
      title: 'without a database',
      answers: { DescribeDBInstances: { DBInstances: [{ DBInstanceStatus: 'storage-full' }] } },
    },
    { title: 'that cannot be uploaded', answers: { PutObject: new Error('⟦refused⟧') } },
    { title: 'that is left before its job', answers: { PutObject: pressCtrlC({}) } },
    { title: 'that is left while its job is submitted', answers: { SubmitJob: pressCtrlC({ jobId: 'job' }) } },
  ])('$title', async ({ answers }) => {
    expect(ownWords(await printedBy(answers, { csvPath: users }))).toEqual([]);
  });
});

describe('nor of a job that is followed', () => {
  const waiting = { ...IMPORT_JOB, status: 'RUNNABLE', statusReason: 'no capacity', createdAt: 0 };
  const states = [waiting, waiting, { ...IMPORT_JOB, status: 'FAILED' }];

  it.each([
    { title: 'that waits, and does not start', DescribeJobs: () => ({ jobs: states.splice(0, 1) }) },
    {
      title: 'that fails',
      DescribeJobs: { jobs: [{ ...IMPORT_JOB, status: 'FAILED', container: { exitCode: 1, logStreamName: 'log' } }] },
    },
    { title: 'that is forgotten', DescribeJobs: { jobs: [] } },
    { title: 'of another definition', DescribeJobs: { jobs: [{ jobDefinition: 'reminders:1' }] } },
    { title: 'that cannot be followed', DescribeJobs: new Error('⟦lost⟧') },
    { title: 'that is left', DescribeJobs: pressCtrlC({ jobs: [waiting] }) },
  ])('$title', async ({ DescribeJobs }) => {
    const answers = { DescribeJobs, DescribeJobDefinitions: {}, GetLogEvents: {} };
    expect(ownWords(await printedBy(answers, { jobId: 'job' }))).toEqual([]);
  });
});
