// First: the program that is tested loads the config.
import '@infra/testing/use-guide-configs';
import { newProoflinkProgram } from '@infra/commands/prooflink';
import { call } from '@infra/commands/test/support/call';

/** Functions that do the work of the commands, as they were called: a name, then what it got. */
const mockCalled: unknown[][] = [];

/** A module whose functions only note that they were called, and end well. */
function mockWork(...names: readonly string[]) {
  const outcome = { exitCode: 0, stdout: '', stderr: '' };
  const noted =
    (name: string) =>
    async (...given: unknown[]) => {
      mockCalled.push([name, ...given]);
      return await Promise.resolve(outcome);
    };
  return Object.fromEntries(names.map((name) => [name, noted(name)]));
}

jest.mock('@infra/rehearse/rehearse', () => mockWork('runRehearse'));
jest.mock('@infra/operate/prepare/prepare', () => mockWork('runPrepare'));
jest.mock('@infra/operate/settings/settings', () => mockWork('listSettings', 'setSetting'));
jest.mock('@infra/operate/settings/ask-value', () => ({ openValuePrompt: () => ({ close: () => undefined }) }));
jest.mock('@infra/cost/cost', () => mockWork('runCost'));
jest.mock('@infra/operate/release/release', () => mockWork('runRelease'));
jest.mock('@infra/operate/release/restart', () => mockWork('runRestart'));
jest.mock('@infra/doctor/health/health', () => mockWork('runHealth'));
jest.mock('@infra/operate/import/import-users', () => mockWork('runImport'));
jest.mock('@infra/operate/import/run-job', () => mockWork('runJob'));
jest.mock('@infra/operate/access/logs', () => mockWork('runLogs'));
jest.mock('@infra/operate/access/shell', () => mockWork('runShell'));
jest.mock('@infra/operate/access/database', () => mockWork('runDatabase'));
jest.mock('@infra/operate/office-hours', () => mockWork('runOfficeHours'));
jest.mock('@infra/doctor/drift/drift', () => mockWork('runDrift'));
jest.mock('@infra/doctor/revert-drift/revert-drift', () => mockWork('runRevertDrift'));
jest.mock('@infra/delivery/review/review', () => mockWork('runReview'));
jest.mock('@infra/delivery/comment/comment', () => mockWork('runDiffComment'));

/** Calls of every command, and what its function gets. */
const CALLS: readonly (readonly [commandLine: string, called: readonly unknown[]])[] = [
  [
    'rehearse 1 --until deploy --yes --keep --report r',
    ['runRehearse', '1', { until: 'deploy', yes: true, keep: true, report: 'r' }],
  ],
  ['rehearse 1 --destroy', ['runRehearse', '1', expect.objectContaining({ destroy: true })]],
  ['prepare dev prod --json', ['runPrepare', { environmentNames: ['dev', 'prod'], json: true }]],
  ['settings prod', ['listSettings', 'prod']],
  ['settings prod set KEY', ['setSetting', 'prod', 'KEY', expect.any(Function)]],
  ['cost prod --assembly out --json', ['runCost', ['prod'], { assembly: 'out', json: true }]],
  [
    'release prod --app a --batch b --image C=c --image D=d --migration --json',
    ['runRelease', 'prod', { appTag: 'a', batchTag: 'b', images: ['C=c', 'D=d'], migration: true, json: true }],
  ],
  ['release prod --app a --no-migration', ['runRelease', 'prod', { appTag: 'a', migration: false }]],
  ['restart prod --json', ['runRestart', 'prod', { json: true }]],
  ['restart prod mails', ['runRestart', 'prod', { workerName: 'mails' }]],
  ['status prod --json', ['runHealth', 'prod', 'status', expect.objectContaining({ json: true })]],
  ['doctor prod --json', ['runHealth', 'prod', 'doctor', expect.objectContaining({ json: true })]],
  ['import prod users.csv', ['runImport', 'prod', { csvPath: 'users.csv' }]],
  ['import prod --job 1', ['runImport', 'prod', { jobId: '1' }]],
  ['run prod reminders', ['runJob', 'prod', 'reminders']],
  ['start prod', ['runOfficeHours', 'prod', 'start']],
  ['stop prod', ['runOfficeHours', 'prod', 'stop']],
  ['logs prod mails --follow --since 2d', ['runLogs', 'prod', { name: 'mails', follow: true, since: '2d' }]],
  ['logs prod --import', ['runLogs', 'prod', { import: true, since: '1h' }]],
  ['shell prod mails', ['runShell', 'prod', 'mails']],
  ['database prod', ['runDatabase', 'prod']],
  ['drift ProoflinkProd', ['runDrift', 'ProoflinkProd']],
  ['revert-drift prod --yes', ['runRevertDrift', 'prod', { yes: true }]],
  [
    'revert-drift prod --only Web/Logs --only Web/Service',
    ['runRevertDrift', 'prod', { only: ['Web/Logs', 'Web/Service'] }],
  ],
  [
    'review base head --markdown --json --config-diff c --accept lost --accepted-findings a --stack s --lose names',
    [
      'runReview',
      'base',
      'head',
      {
        markdown: true,
        json: true,
        configDiff: 'c',
        accept: ['lost'],
        acceptedFindings: ['a'],
        stack: 's',
        lose: 'names',
      },
      expect.any(Function),
    ],
  ],
  ['comment 1 file', ['runDiffComment', '1', 'file', process.env]],
];

it.each(CALLS)(
  '%s: ignored, a value would let the command deploy, ask or write something else',
  async (line, called) => {
    mockCalled.length = 0;
    await call(newProoflinkProgram(), ...line.split(' '));
    expect(mockCalled).toEqual([called]);
  },
);

it('every option has a call above', () => {
  const lines = CALLS.map(([line]) => `${line} `);
  const options = newProoflinkProgram().commands.flatMap((command) =>
    command.options.map(({ long }) => ({ name: command.name(), long: long ?? '' })),
  );
  const missing = options.filter(
    ({ name, long }) => !lines.some((line) => line.startsWith(`${name} `) && line.includes(` ${long} `)),
  );
  expect(missing).toEqual([]);
});
