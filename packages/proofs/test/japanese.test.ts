import type { Command } from 'commander';
import { CannotTellError } from '@infra/common/outcome';
import { brokenRules } from '@infra/testing/app-rules';
import { template } from '@infra/testing/assembly';
import { withFields } from '@infra/testing/config';
import { dev } from '@infra/testing/configs';
import { deployLocalProgram } from '@infra/local/deploy-local-program';
import type { Answer } from '@infra/doctor/health/answer';
import type { Step } from '@infra/commands/steps';
import { newProoflinkProgram } from '@infra/commands/prooflink';
import { answerCommands } from '@infra/operate/test/support/answer-commands';
import { command, prooflink } from '@infra/testing/prooflink';
import { call } from '@infra/commands/test/support/call';

jest.mock('@infra/common/language', () => ({
  language: 'ja',
  wordsOf: <Words>({ ja }: { readonly ja: Words }): Words => ja,
}));
jest.mock('../../../lib/language', () => ({
  language: 'ja',
  wordsOf: <Words>({ ja }: { readonly ja: Words }): Words => ja,
}));
jest.mock('@infra/commands/cdk-cli', () => ({ runCdk: () => Promise.resolve({ exitCode: 0, output: '' }) }));

/** Commands stay as they are in every language. */
const COMMAND = /\b(?:npx|npm|aws|cdk|settings) [!-~ ]+/g;
/** Two words in small letters, side by side. */
const ENGLISH = /\b[a-z]{3,} [a-z]{2,}/g;

/** English in a text that a Japanese terminal shows, but for commands. */
function englishIn(text: string): string[] {
  return text.replace(COMMAND, '').match(ENGLISH) ?? [];
}

/** AWS with the stack of dev, whose database is lost. Everything else is refused. */
function answerWithoutDatabase(): void {
  const { Resources } = template('dev');
  const StackResourceSummaries = Object.entries(Resources).map(([LogicalResourceId, { Type }]) => ({
    LogicalResourceId,
    PhysicalResourceId: `prooflink-${LogicalResourceId}`,
    ResourceType: Type,
  }));
  const deployments = [{ status: 'PRIMARY', rolloutState: 'FAILED' }];
  answerCommands({
    GetCallerIdentity: { Account: '123456789012' },
    CreateServiceLinkedRole: new Error('AccessDenied'),
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'UPDATE_COMPLETE' }] },
    ListStackResources: { StackResourceSummaries },
    GetTemplate: { TemplateBody: JSON.stringify({ Resources }) },
    DescribeServices: { services: [{ desiredCount: 1, runningCount: 0, deployments }] },
    DescribeDBInstances: { DBInstances: [] },
  });
}

beforeEach(answerWithoutDatabase);
afterEach(() => jest.restoreAllMocks());

/** Commands that only CI calls, in English. */
const FOR_CI = ['review', 'comment'];

/** The help of every command that a person calls. */
const HELPS: readonly (readonly [title: string, program: () => Command, args: readonly string[]])[] = [
  ['deploy:local', deployLocalProgram, []],
  ...newProoflinkProgram()
    .commands.map((each) => each.name())
    .filter((name) => !FOR_CI.includes(name))
    .map((name) => [name, newProoflinkProgram, [name]] as const),
];

test.each(HELPS)('%s --help is Japanese in a Japanese terminal', async (_title, program, args) => {
  const { stdout } = await call(program(), ...args, '--help');
  expect(stdout).toContain('使い方: ');
  expect(englishIn(stdout)).toEqual([]);
});

test('English is found, and commands are none', () => {
  expect(englishIn('RDSの状態: the database runs. npx cdk deploy ProoflinkDev')).toEqual(['the database']);
});

test('the overview is Japanese by the locale of the terminal', async () => {
  const { stdout } = await prooflink({ ...process.env, LC_ALL: 'ja_JP.UTF-8' }, '--help');
  const [forPeople = ''] = stdout.split('\nCIのコマンド');
  expect(forPeople).toContain('運用のコマンド');
  expect(englishIn(forPeople)).toEqual([]);
});

test.each([
  // A deployment would make an empty database: its fix must not depend on the words of an error.
  { title: 'a lost database', args: ['doctor', 'dev'], says: '復元' },
  { title: 'a refused release', args: ['release', 'dev', '--app', 'v2'], says: '変更していません' },
  { title: 'a prepared account', args: ['prepare', 'dev'], says: '作成' },
])('no English is in a report on $title', async ({ args, says }) => {
  const { stdout, stderr } = await command(...args);
  expect(`${stdout}${stderr}`).toContain(says);
  expect(englishIn(`${stdout}${stderr}`)).toEqual([]);
});

test('what a person reads comes from a catalogue: the compiler refuses a string that was written elsewhere', () => {
  const says = 'not a sentence of a catalogue';
  // @ts-expect-error -- a refusal
  const refusal = new CannotTellError(says);
  // @ts-expect-error -- the title of a step
  const step: Step = { title: says, work: () => Promise.resolve() };
  // @ts-expect-error -- an answer to a question
  const answer: Answer = { result: 'wrong', says };
  expect([refusal.message, step.title, answer.says]).toEqual([says, says, says]);
});

test('no English is in the refusal of a config', () => {
  const broken = { account: '1234', region: 'tokyo', 'network.cidr': '10.0.0.0', 'webService.cpu': 0 };
  const rules = brokenRules('dev', withFields(dev, broken));
  expect(rules.length).toBeGreaterThan(3);
  expect(englishIn(rules.join('\n'))).toEqual([]);
});
