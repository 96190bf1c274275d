import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPosition } from '../../../../tools/operate/rehearse/position';
import { answerCommands } from '../../support/answer-commands';
import { ARN, describedStack, PLACE, synthesizeRehearsalOfTests } from './rehearsal-stacks';

jest.mock('../../../../tools/program/pause', () => ({ pause: () => Promise.resolve() }));

const ID = '2026-11-29-abcdef';
const NOW = new Date('2026-11-29T05:00:00Z');
const folder = synthesizeRehearsalOfTests();
const template = readFileSync(join(folder, 'ProoflinkRehearsal.template.json'), 'utf8');

interface State {
  /** Statuses of the stack at each question in turn; none: there is no stack. */
  readonly statuses?: readonly string[];
  readonly appTag?: string;
  /** Stage that deleted a stack before. */
  readonly deletedBy?: string;
  readonly templateBody?: string;
}

function awsIn({ statuses = [], appTag = '', deletedBy, templateBody = template }: State): void {
  const remaining = [...statuses];
  const DeletionTime = new Date('2026-11-29T04:00:00Z');
  const deletedArn = `${ARN}-deleted`;
  answerCommands({
    ListStacks: () => {
      const isBeingDeleted = statuses.includes('DELETE_COMPLETE') && remaining.length > 1;
      const isListed = deletedBy !== undefined && !isBeingDeleted;
      return {
        StackSummaries: isListed ? [{ StackName: 'ProoflinkRehearsal', StackId: deletedArn, DeletionTime }] : [],
      };
    },
    DescribeStackEvents: { StackEvents: [{ ClientRequestToken: `rehearsal-${ID}-${deletedBy ?? ''}-1` }] },
    GetTemplate: { TemplateBody: templateBody },
    DescribeStacks: ({ StackName }: { StackName?: string }) => {
      if (StackName === deletedArn) return { Stacks: [describedStack({ StackStatus: 'DELETE_COMPLETE' })] };
      const StackStatus = remaining.length > 1 ? remaining.shift() : remaining[0];
      const Parameters = [{ ParameterKey: 'AppImageTag', ParameterValue: appTag }];
      // By its name alone, a deleted stack is not there any more.
      const isGone = StackStatus === undefined || (StackName === undefined && StackStatus === 'DELETE_COMPLETE');
      return { Stacks: isGone ? [] : [describedStack({ StackStatus, Parameters })] };
    },
  });
}

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

it.each<{ readonly title: string; readonly state: State; readonly next: string | undefined; readonly isNew?: true }>([
  { title: 'a call before anything was deployed begins anew', state: {}, next: 'prepare', isNew: true },
  {
    title: 'a call that was killed with its first change set begins anew',
    state: { statuses: ['REVIEW_IN_PROGRESS'] },
    next: 'prepare',
    isNew: true,
  },
  {
    title: 'a call that was killed while the stack is created goes on with the images, once it is created',
    state: { statuses: ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE'] },
    next: 'images',
  },
  {
    title: 'a creation that failed meanwhile is to be destroyed',
    state: { statuses: ['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE'] },
    next: undefined,
  },
  {
    title: 'a call that was killed during its release goes on with it',
    state: { statuses: ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'], appTag: 'rehearsal-1' },
    next: 'release',
  },
  {
    title: 'so does one that was killed while a release rolled back',
    state: { statuses: ['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'], appTag: 'rehearsal-1' },
    next: 'release',
  },
  {
    title: 'a stack that is stuck is to be destroyed',
    state: { statuses: ['UPDATE_ROLLBACK_FAILED'], appTag: 'rehearsal-1' },
    next: undefined,
  },
  {
    title: 'a call that was killed while it destroyed goes on with the second life',
    state: { statuses: ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'], deletedBy: 'destroy' },
    next: 'deployAgain',
  },
  {
    title: 'a call that was killed between its lives goes on with the second one',
    state: { deletedBy: 'destroy' },
    next: 'deployAgain',
  },
  {
    title: 'a call that was killed in its second life goes on to its end',
    state: { statuses: ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'], deletedBy: 'destroy' },
    next: 'destroyAgain',
  },
  {
    title: 'after a rehearsal that ended a new one begins',
    state: { deletedBy: 'destroyAgain' },
    next: 'prepare',
    isNew: true,
  },
  {
    title: 'after a rehearsal that failed a new one begins',
    state: { deletedBy: 'failed' },
    next: 'prepare',
    isNew: true,
  },
  { title: 'after --destroy a new one begins', state: { deletedBy: 'asked' }, next: 'prepare', isNew: true },
])('$title', async ({ state, next, isNew = false }) => {
  awsIn(state);
  const position = await readPosition(PLACE, folder, NOW);
  expect(position.next).toBe(next);
  expect(position.isContinued).toBe(!isNew);
  if (isNew)
    expect(position).toMatchObject({
      start: NOW.toISOString(),
      id: expect.stringMatching(/^2026-11-29-\w{6}$/) as string,
    });
  else expect(position).toMatchObject({ start: '2026-11-29T03:00:00.000Z', id: ID });
});

it('a deployed template of another version is not continued, and the command that destroys it is named', async () => {
  awsIn({ statuses: ['CREATE_COMPLETE'], templateBody: '{"Resources":{}}' });
  await expect(readPosition(PLACE, folder, NOW)).rejects.toThrow(
    'Destroy it: npm run prooflink -- rehearse 123456789012 --destroy',
  );
});
