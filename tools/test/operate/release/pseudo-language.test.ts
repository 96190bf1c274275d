import type { ReleasePlan } from '../../../operate/release/plan';
import { outsideOfSentences } from '../../../../test/support/sentences';
import { FakeStack, release } from './releasing';

jest.mock(
  '../../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../../test/support/sentences').pseudoLanguage,
);
jest.mock('../../../program/pause', () => ({ pause: () => new Promise((resolve) => setImmediate(resolve)) }));
jest.mock('../../../operate/release/plan', () => ({ planRelease: () => Promise.resolve(plan) }));

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

let plan: ReleasePlan;
let stack: FakeStack;

beforeEach(() => {
  stack = new FakeStack();
  plan = { problems: [], migration: { migrates: true, imageTag: 'm1' }, deployedAppTag: 'm0' };
});
afterEach(() => jest.restoreAllMocks());

/** Lines of a release with words that no language can replace; commands, and the application's log, are none. */
function ownWords({ stdout, progress }: { readonly stdout: string; readonly progress: string }): string[] {
  const lines = outsideOfSentences(`${stdout}\n${progress}`).split('\n');
  return lines.filter((line) => !/^(?: {4}ready| {2}ready|npx cdk rollback ProoflinkDev|[-\s]*)$/.test(line));
}

test('a release that migrates and serves has no word of its own', async () => {
  const ended = await release({ stack, log: ['ready'] });
  expect(ended.exitCode).toBe(0);
  expect(ownWords(ended)).toEqual([]);
});

test('a release that is refused has none', async () => {
  plan = { ...plan, problems: ['⟦a problem⟧', '⟦another one⟧'] };
  const ended = await release({ stack });
  expect(ended.exitCode).toBe(2);
  expect(ownWords(ended)).toEqual([]);
});

test.each(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'])(
  'a release whose update ends as %s has none, the stopped tasks included',
  async (status) => {
    stack.onUpdate = ({ AppImageTag }) => (AppImageTag === undefined ? 'UPDATE_COMPLETE' : status);
    const stoppedTasks = [{ id: 'crashed-1', tag: 'm1', reason: 'Essential container in task exited' }];
    const ended = await release({ stack, stoppedTasks, log: ['ready'] });
    expect(ended.exitCode).not.toBe(0);
    expect(ownWords(ended)).toEqual([]);
  },
);
