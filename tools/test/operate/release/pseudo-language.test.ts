import type { ReleasePlan } from '../../../operate/release/plan';
import { outsideOfSentences } from '../../../../test/support/sentences';
import { cli, release, type StackState } from './releasing';

jest.mock(
  '../../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../../test/support/sentences').pseudoLanguage,
);
jest.mock('../../../program/pause', () => ({ pause: () => new Promise((resolve) => setImmediate(resolve)) }));
jest.mock('../../../operate/release/cdk', () => ({
  deployStack: (_folder: string, _stack: string, parameters: Record<string, string>) =>
    Promise.resolve(cli.deploy(parameters, stack)),
}));
jest.mock('../../../operate/release/stack-template', () => ({ readStackTemplate: () => ({ Resources: {} }) }));
jest.mock('../../../operate/release/plan', () => ({ planRelease: () => Promise.resolve(plan) }));

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

let plan: ReleasePlan;
let stack: StackState;

beforeEach(() => {
  stack = { status: 'UPDATE_COMPLETE', app: 'm0', migration: 'm0', migrated: 'm0' };
  plan = {
    problems: [],
    migration: { migrates: true, imageTag: 'm1', timeoutSeconds: 60 },
    mayRestartWebTasks: true,
    deployedAppTag: 'm0',
  };
  cli.deploy = (parameters) => {
    stack.app = parameters['AppImageTag'] ?? stack.app;
    stack.migration = parameters['MigrationImageTag'] ?? stack.migration;
    return true;
  };
});
afterEach(() => jest.restoreAllMocks());

/** Lines of a release with words that no language can replace; commands, and the application's log, are none. */
function ownWords({ stdout, progress }: { readonly stdout: string; readonly progress: string }): string[] {
  const lines = outsideOfSentences(`${stdout}\n${progress}`).split('\n');
  return lines.filter((line) => !/^(?: {4}ready| {2}ready|npx cdk rollback ProoflinkDev|[-\s]*)$/.test(line));
}

const serves = () => stack.app;

test('a release that migrates and serves has no word of its own', async () => {
  const ended = await release({ stack, serves, log: ['ready'] });
  expect(ended.exitCode).toBe(0);
  expect(ownWords(ended)).toEqual([]);
});

test('a release that is refused has none', async () => {
  plan = { ...plan, problems: ['⟦a problem⟧', '⟦another one⟧'] };
  const ended = await release({ stack, serves });
  expect(ended.exitCode).toBe(2);
  expect(ownWords(ended)).toEqual([]);
});

test.each(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS'])(
  'a release whose deployment ends as %s has none, the stopped tasks included',
  async (status) => {
    cli.deploy = (parameters) => {
      stack.migration = parameters['MigrationImageTag'] ?? stack.migration;
      if (parameters['AppImageTag'] === undefined) return true;
      stack.status = status;
      return false;
    };
    const stoppedTasks = [{ id: 'crashed-1', tag: 'm1', reason: 'Essential container in task exited' }];
    const ended = await release({ stack, serves, stoppedTasks, log: ['ready'] });
    expect(ended.exitCode).not.toBe(0);
    expect(ownWords(ended)).toEqual([]);
  },
);
