import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { STAGE_NAMES, type StageRecord } from '../../../operate/rehearse/observation';
import type { RehearseOptions } from '../../../operate/rehearse/rehearse';
import { writeReport } from '../../../operate/rehearse/report/write-report';
import { outsideOfSentences } from '../../../../test/support/sentences';
import {
  AFTERNOON,
  aws,
  beginAnew,
  cdk,
  deploymentEnds,
  docker,
  progress,
  prooflink,
  readReport,
  rehearse,
} from './calls';
import { PLACE } from './rehearsal-stacks';

jest.mock(
  '../../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../../test/support/sentences').pseudoLanguage,
);
jest.mock('../../../program/pause', () => ({ pause: () => Promise.resolve() }));
jest.mock('../../../program/cdk-cli', () => ({ runCdk: jest.fn(), interruptRunningCdk: jest.fn() }));
jest.mock('../../../operate/rehearse/processes', () => ({
  runProoflink: jest.fn(),
  runProgram: jest.fn(),
  interruptRunningProcesses: jest.fn(),
}));

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

beforeEach(beginAnew);
afterEach(() => jest.restoreAllMocks());

/** A line of no words, but for the mark of a list or a command to paste. */
const WITHOUT_WORDS = /^(\$ npx cdk .*|[-\s]*)$/;

/** Lines that a terminal shows with words that no language can replace. */
function ownLines(text: string): string[] {
  return outsideOfSentences(text)
    .split('\n')
    .filter((line) => !WITHOUT_WORDS.test(line));
}

/** Names that a report has in every language. */
const NAMES_IN_REPORT = {
  idOfRow: /`[\w-]+`/g,
  type: /\bAWS::\w+::\w+/g,
  version: /\bv?\d+(\.\d+)+/g,
  commit: /\b[0-9a-f]{40}\b/g,
  region: /\bap-northeast-1\b/g,
  idOfRehearsal: /\b2026-11-2\d-\w{6}\b/g,
  stage: new RegExp(`\\b(${STAGE_NAMES.join('|')})\\b`, 'g'),
};

/** Words of a report that no language can replace. */
function ownWords(report: string): readonly string[] {
  let withoutNames = outsideOfSentences(report);
  for (const name of Object.values(NAMES_IN_REPORT)) withoutNames = withoutNames.replace(name, '');
  return withoutNames.match(/[A-Za-z]+/g) ?? [];
}

interface Call {
  readonly title: string;
  readonly exitCode: number;
  readonly options?: Partial<RehearseOptions>;
  readonly account?: string;
  readonly now?: Date;
  /** Changes the account before the call. */
  readonly begin?: () => void;
}

const calls: readonly Call[] = [
  { title: 'that goes well', exitCode: 0 },
  {
    title: 'that leaves stages out without Docker',
    exitCode: 0,
    options: { until: 'release' },
    begin: () => (aws.status = 'CREATE_COMPLETE'),
  },
  {
    title: 'whose Docker fails',
    exitCode: 1,
    options: { until: 'release' },
    begin: () => {
      aws.status = 'CREATE_COMPLETE';
      docker.mockResolvedValueOnce({ exitCode: 0, stdout: '28', progress: [] });
      docker.mockResolvedValue({ exitCode: 1, stdout: '', progress: [] });
    },
  },
  {
    title: 'with images of the team',
    exitCode: 0,
    options: { until: 'prepare', appImage: 'app:1', batchImage: 'batch:1', users: __filename },
  },
  {
    title: 'that makes a role, and waits for it',
    exitCode: 0,
    options: { until: 'prepare' },
    begin: () => {
      const parts = [{ name: '⟦role⟧', result: '⟦made⟧', isNew: true }];
      const stdout = JSON.stringify({ parts, environments: [{ lines: [{ usd: { to: 60 } }] }] });
      prooflink.mockResolvedValue({ exitCode: 0, stdout, progress: [] });
    },
  },
  {
    title: 'that cannot prepare the account',
    exitCode: 1,
    begin: () =>
      prooflink
        .mockResolvedValueOnce({ exitCode: 0, stdout: '', progress: [] })
        .mockResolvedValueOnce({ exitCode: 1, stdout: '', progress: [] }),
  },
  {
    title: 'whose deployment fails',
    exitCode: 1,
    begin: () => {
      deploymentEnds('ROLLBACK_COMPLETE', 1);
    },
  },
  {
    title: 'whose stack cannot be deleted',
    exitCode: 1,
    begin: () => {
      deploymentEnds('ROLLBACK_FAILED', 1);
      aws.statusAfterDeletion = 'DELETE_FAILED';
    },
  },
  {
    title: 'whose credentials end',
    exitCode: 3,
    begin: () => {
      cdk.mockImplementation(() => {
        aws.hasCredentials = false;
        return Promise.resolve({ exitCode: 1, output: '' });
      });
    },
  },
  { title: 'that was left in failure', exitCode: 1, begin: () => (aws.status = 'ROLLBACK_COMPLETE') },
  { title: 'that may not ask', exitCode: 2, options: { yes: undefined } },
  { title: 'in an account of another form', exitCode: 2, account: '1234' },
  {
    title: 'in another account, with one image and users of none',
    exitCode: 2,
    account: '210987654321',
    options: { appImage: 'app:1', users: 'nowhere.csv' },
  },
  { title: 'in the evening', exitCode: 2, now: new Date('2026-11-27T20:30:00+09:00') },
  { title: 'with --destroy', exitCode: 0, options: { destroy: true }, begin: () => (aws.status = 'CREATE_COMPLETE') },
  { title: 'with --destroy, and nothing to destroy', exitCode: 0, options: { destroy: true } },
];

it.each(calls)('a call $title has no word of its own, nor has its report', async (call) => {
  call.begin?.();
  const { exitCode, stdout, stderr } = await rehearse(
    call.options,
    call.account ?? PLACE.account,
    call.now ?? AFTERNOON,
  );
  expect({ exitCode, lines: ownLines(progress() + stdout + stderr) }).toEqual({ exitCode: call.exitCode, lines: [] });
  expect(ownWords(readReport() ?? '')).toEqual([]);
});

const reports = temporaryFolder('rehearse-report-');

const STARTED = new Date('2026-11-29T03:00:00Z');

/** A stage that AWS answered without words. */
function stageRecord(record: Partial<StageRecord>): StageRecord {
  return { stage: 'drift', started: STARTED, seconds: 61, exitCode: 0, observations: [], words: [], ...record };
}

it('a report with every kind of verdict has no word of its own', () => {
  const records = [
    stageRecord({ observations: [{ row: 'change-by-hand-reverted', outcome: 'refuted', words: ['–'] }], words: ['–'] }),
    stageRecord({ stage: 'deploy', observations: [{ row: 'values-accepted', outcome: 'seen', words: ['–'] }] }),
    stageRecord({ stage: 'release', skippedBecause: '⟦no Docker⟧' }),
    stageRecord({ stage: 'changeByHand', exitCode: 1 }),
    stageRecord({ stage: 'failedRelease', exitCode: undefined }),
    stageRecord({ stage: 'firstContact', expectedMinutes: 1 }),
  ];
  const file = writeReport({
    directory: mkdtempSync(join(reports, 'report-')),
    rehearsalId: 'r',
    region: PLACE.region,
    records,
  });
  const report = readFileSync(file, 'utf8');
  expect(ownWords(report.replace('| r |', ''))).toEqual([]);
});

it.each([
  { title: 'an id that leads elsewhere', rehearsalId: '../r', records: [] },
  {
    title: 'a row that the page does not have',
    rehearsalId: 'r',
    records: [stageRecord({ observations: [{ row: 'gone' as 'bill', outcome: 'seen', words: [] }] })],
  },
])('the refusal of $title is one sentence', ({ rehearsalId, records }) => {
  const write = () =>
    writeReport({ directory: mkdtempSync(join(reports, 'report-')), rehearsalId, region: PLACE.region, records });
  expect(write).toThrow(/^⟦[^⟦⟧]+⟧$/);
});
