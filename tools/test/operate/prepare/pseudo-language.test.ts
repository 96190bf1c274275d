import { runPrepare } from '../../../operate/prepare/prepare';
import { dev } from '../../../../test/support/configs';
import { outsideOfSentences } from '../../../../test/support/sentences';
import { answerCommands } from '../../support/answer-commands';

jest.mock(
  '../../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../../test/support/sentences').pseudoLanguage,
);
jest.mock('../../../program/cdk-cli', () => ({
  runCdk: () => Promise.resolve({ exitCode: bootstrapExitCode, output: '' }),
}));

let bootstrapExitCode = 0;

afterEach(() => jest.restoreAllMocks());

/** Names of service-linked roles, in front of their results. */
const ROLE = /^\s*AWSServiceRoleFor\w+\s*$/;

/** Words of a report, and of its progress, that no language can replace. */
async function ownWords(answer: unknown): Promise<string[]> {
  let progress = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((progress += String(text))));
  answerCommands({ GetCallerIdentity: { Account: '123456789012' }, CreateServiceLinkedRole: answer });
  const { stdout } = await runPrepare({}, { dev });
  const lines = outsideOfSentences(`${stdout}${progress}`).split('\n');
  return lines.filter((line) => line.trim() !== '' && !ROLE.test(line) && !line.includes('NodeVersionSupport'));
}

beforeAll(() => {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
});

describe('no word of a report is outside of the sentences', () => {
  it.each([
    { title: 'of an account that is prepared', answer: {}, exitCode: 0 },
    { title: 'of roles that could not be made', answer: new Error('AccessDenied'), exitCode: 0 },
    { title: 'of a bootstrap that failed', answer: {}, exitCode: 1 },
  ])('$title', async ({ answer, exitCode }) => {
    bootstrapExitCode = exitCode;
    expect(await ownWords(answer)).toEqual([]);
  });
});

it('nor one of the refusal of an account without environments', async () => {
  answerCommands({ GetCallerIdentity: { Account: '210987654321' } });
  const refused = runPrepare({}, { dev: { ...dev, account: '123456789012' } });
  await expect(refused).rejects.toThrow(/^⟦[^⟦⟧]+⟧$/);
});
