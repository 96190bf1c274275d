import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StageName } from '../../../operate/rehearse/observation';
import type { DeletionReason } from '../../../operate/rehearse/own-stack';
import { readPosition } from '../../../operate/rehearse/position';
import { answerCommands, type Answers } from '../../support/answer-commands';
import { ARN, describedStack, PLACE, synthesizeRehearsalOfTests } from './rehearsal-stacks';

// A call pauses between its looks at a stack that changes: here the next look follows at once.
jest.mock('../../../program/pause', () => ({ pause: () => Promise.resolve() }));

/**
 * A rehearsal deploys dev as the stack ProoflinkRehearsal, in an account made for it, and destroys it. Its stages
 * are prepare, deploy, images (pushes them), release, some that observe the running stack, destroy, deployAgain and
 * destroyAgain. A call keeps nothing on the machine: the stack says which rehearsal it is of, by these tags, and which stage
 * is next.
 */
const EARLIER_REHEARSAL = { id: '2026-11-29-abcdef', start: '2026-11-29T03:00:00.000Z' };
const NOW = new Date('2026-11-29T05:00:00Z');

const folder = synthesizeRehearsalOfTests();
const template = readFileSync(join(folder, 'ProoflinkRehearsal.template.json'), 'utf8');

/** State of CloudFormation that an earlier call of `rehearse` has left. */
interface Remains {
  /** Statuses of the stack, which CloudFormation answers one after the other; the last one stays. None without a stack. */
  readonly statuses?: readonly string[];
  /** Tag of the web tasks' image; a release sets it. */
  readonly appTag?: string;
  /** Reason for which a first stack of this name was deleted: a rehearsal deploys a second one after it. */
  readonly deletedBy?: DeletionReason;
  /** Template of the stack: that of the rehearsal's assembly by default. */
  readonly templateBody?: string;
}

const DELETED_ARN = `${ARN}-deleted`;

/** Token that a rehearsal gives its DeleteStack: the events of the deleted stack have it, and with it the reason. */
const tokenOfDeletion = (reason: string) => `rehearsal-${EARLIER_REHEARSAL.id}-${reason}-1`;

/** CloudFormation with the rehearsal's stack, and a deleted one of the same name. */
class FakeCloudFormation {
  private readonly statuses: string[];

  constructor(private readonly remains: Remains) {
    this.statuses = [...(remains.statuses ?? [])];
  }

  answers(): Answers {
    const { deletedBy = '', templateBody = template } = this.remains;
    return {
      DescribeStacks: ({ StackName }: { readonly StackName?: string }) => ({ Stacks: this.describe(StackName) }),
      ListStacks: () => ({ StackSummaries: this.deletedStacks() }),
      DescribeStackEvents: { StackEvents: [{ ClientRequestToken: tokenOfDeletion(deletedBy) }] },
      GetTemplate: { TemplateBody: templateBody },
    };
  }

  /** By its ARN a stack is described even if it is deleted; without one, the stacks that are not deleted are. */
  private describe(arn: string | undefined): object[] {
    if (arn === DELETED_ARN) return [describedStack({ StackStatus: 'DELETE_COMPLETE' })];
    const status = this.nextStatus();
    const isListed = status !== undefined && status !== 'DELETE_COMPLETE';
    if (arn === undefined && !isListed) return [];
    const Parameters = [{ ParameterKey: 'AppImageTag', ParameterValue: this.remains.appTag ?? '' }];
    return [describedStack({ StackStatus: status, Parameters })];
  }

  /** The next of the statuses; the last one stays. */
  private nextStatus(): string | undefined {
    const [status] = this.statuses;
    if (this.statuses.length > 1) this.statuses.shift();
    return status;
  }

  /** Stacks in ListStacks that are deleted. One whose deletion has not ended is not among them. */
  private deletedStacks(): object[] {
    const isBeingDeleted = this.statuses.length > 1 && this.statuses.at(-1) === 'DELETE_COMPLETE';
    if (this.remains.deletedBy === undefined || isBeingDeleted) return [];
    const DeletionTime = new Date('2026-11-29T04:00:00Z');
    return [{ StackName: 'ProoflinkRehearsal', StackId: DELETED_ARN, DeletionTime }];
  }
}

/** Asks AWS, as an earlier call has left it, where the rehearsal is. */
async function readPositionAfter(remains: Remains) {
  answerCommands(new FakeCloudFormation(remains).answers());
  return await readPosition(PLACE, folder, NOW);
}

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

describe('a call that was killed is continued at its stage: its stack costs until a rehearsal destroys it', () => {
  it.each<{ readonly title: string; readonly remains: Remains; readonly next: StageName }>([
    {
      title: 'while the stack was created: with the images, once it is created',
      remains: { statuses: ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE'] },
      next: 'images',
    },
    {
      title: 'during its release: with the release',
      remains: { statuses: ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'], appTag: 'rehearsal-1' },
      next: 'release',
    },
    {
      title: 'while a release rolled back: with the release',
      remains: { statuses: ['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'], appTag: 'rehearsal-1' },
      next: 'release',
    },
    {
      title: 'while it destroyed the stack: with the second deployment',
      remains: { statuses: ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'], deletedBy: 'destroy' },
      next: 'deployAgain',
    },
    {
      title: 'between destroying and deploying again: with the second deployment',
      remains: { deletedBy: 'destroy' },
      next: 'deployAgain',
    },
    {
      title: 'while the stack was created again: with destroying it',
      remains: { statuses: ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'], deletedBy: 'destroy' },
      next: 'destroyAgain',
    },
  ])('$title', async ({ remains, next }) => {
    expect(await readPositionAfter(remains)).toEqual({ ...EARLIER_REHEARSAL, next, isContinued: true });
  });
});

describe('a rehearsal begins anew, with an id and a start of its own', () => {
  it.each<{ readonly title: string; readonly remains: Remains }>([
    { title: 'before anything was deployed', remains: {} },
    {
      title: 'after a call that was killed before CloudFormation executed its first change set',
      remains: { statuses: ['REVIEW_IN_PROGRESS'] },
    },
    { title: 'after a rehearsal that ended', remains: { deletedBy: 'destroyAgain' } },
    { title: 'after a rehearsal that failed, and whose stack was deleted', remains: { deletedBy: 'failed' } },
    { title: 'after a person destroyed the stack with --destroy', remains: { deletedBy: 'asked' } },
  ])('$title', async ({ remains }) => {
    expect(await readPositionAfter(remains)).toEqual({
      id: expect.stringMatching(/^2026-11-29-\w{6}$/) as string,
      start: NOW.toISOString(),
      next: 'prepare',
      isContinued: false,
    });
  });
});

describe('a stack that CloudFormation cannot update has no next stage: it has to be destroyed', () => {
  it.each<{ readonly title: string; readonly remains: Remains }>([
    {
      title: 'its creation failed after the call was killed',
      remains: { statuses: ['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE'] },
    },
    {
      title: 'its rollback failed, and CloudFormation refuses updates',
      remains: { statuses: ['UPDATE_ROLLBACK_FAILED'], appTag: 'rehearsal-1' },
    },
  ])('$title', async ({ remains }) => {
    expect(await readPositionAfter(remains)).toEqual({ ...EARLIER_REHEARSAL, next: undefined, isContinued: true });
  });
});

it('a stack with another template is not continued: its report would be on another version; --destroy removes it', async () => {
  const remains = { statuses: ['CREATE_COMPLETE'], templateBody: '{"Resources":{}}' };
  await expect(readPositionAfter(remains)).rejects.toThrow(
    'Destroy it: npm run prooflink -- rehearse 123456789012 --destroy',
  );
});
