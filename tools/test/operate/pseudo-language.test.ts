import { omitKeys } from '@infra/common/values';
import { type OfficeHoursAction, runOfficeHours } from '../../operate/office-hours';
import { outsideOfSentences } from '../../../test/support/sentences';
import { answerWithCourse, answerWithService, PARTS } from './office-hours-answers';

jest.mock(
  '../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../test/support/sentences').pseudoLanguage,
);
jest.mock('../../program/pause', () => ({ pause: () => Promise.resolve() }));

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

afterEach(() => jest.restoreAllMocks());

/** Status of a database, behind the title of its step. */
const STATUS = /: [a-z-]+( \[\])?$/;

/** Lines of `start` or `stop`, its error included, with words that no language can replace. */
async function ownWords(action: OfficeHoursAction, environmentName = 'dev'): Promise<string[]> {
  const texts: string[] = [];
  const note = (text: unknown) => texts.push(String(text)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(note);
  jest.spyOn(process.stderr, 'write').mockImplementation(note);
  try {
    const { stdout, stderr } = await runOfficeHours(environmentName, action, 0);
    texts.push(stdout, stderr);
  } catch (error) {
    texts.push((error as Error).message);
  }
  expect(texts.join('\n')).toContain('⟦');
  const lines = outsideOfSentences(texts.join('\n')).split('\n');
  return lines.filter((line) => /\p{Letter}/u.test(line.replace(STATUS, '')));
}

describe('no word of start and stop is outside of the sentences', () => {
  it.each<{ title: string; action: OfficeHoursAction; answer: () => unknown }>([
    {
      title: 'an environment that starts',
      action: 'start',
      answer: () => answerWithCourse({ desiredCounts: [1], databaseStatuses: ['stopped', 'starting', 'available'] }),
    },
    {
      title: 'one that stops',
      action: 'stop',
      answer: () => answerWithService({ desiredCount: 0, runningCount: 0 }),
    },
    {
      title: 'a database that is broken',
      action: 'start',
      answer: () => answerWithCourse({ desiredCounts: [1], databaseStatuses: ['storage-full'] }),
    },
    {
      title: 'a database that never starts',
      action: 'start',
      answer: () => answerWithCourse({ desiredCounts: [1], databaseStatuses: ['starting'] }),
    },
    {
      title: 'a request that RDS refuses',
      action: 'start',
      answer: () =>
        answerWithCourse({
          desiredCounts: [1],
          databaseStatuses: ['stopped'],
          answers: { StartDBInstance: new Error('⟦refused⟧') },
        }),
    },
    {
      title: 'web tasks that do not come to rest',
      action: 'start',
      answer: () =>
        answerWithService({
          desiredCount: 1,
          runningCount: 1,
          deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }],
        }),
    },
    {
      title: 'web tasks that do not start',
      action: 'start',
      answer: () =>
        answerWithService({
          desiredCount: 1,
          runningCount: 0,
          deployments: [{ status: 'PRIMARY', rolloutState: 'FAILED' }],
        }),
    },
    {
      title: 'web tasks that somebody starts meanwhile',
      action: 'stop',
      answer: () => answerWithCourse({ desiredCounts: [1], databaseStatuses: ['available'] }),
    },
    {
      title: 'a database that somebody stops meanwhile',
      action: 'start',
      answer: () => answerWithCourse({ desiredCounts: [1], databaseStatuses: ['available', 'stopping'] }),
    },
  ])('$title', async ({ action, answer }) => {
    answer();
    expect(await ownWords(action)).toEqual([]);
  });

  it('an environment without office hours', async () => {
    answerWithService({ desiredCount: 2 }, omitKeys(PARTS, 'startDatabase', 'startTasks', 'stopTasks', 'stopDatabase'));
    expect(await ownWords('stop', 'prod')).toEqual([]);
  });
});
