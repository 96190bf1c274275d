import * as configured from '../../lib/config';
import { deployed } from '../support/deployed';
import { deviations } from './deviations';
import {
  type ComparedEnvironment,
  differencesFromGuide,
  joinWholeChapters,
  MISSING,
  missingLines,
} from './differences';

/** Environments of the guide's tables. */
const GUIDE_ENVIRONMENTS = ['dev', 'prod'] as const;

const configuredNames = Object.keys(configured) as (keyof typeof configured)[];

/** Environments of lib/config that the guide has, too: a team may rename or remove one. */
const comparedEnvironments = configuredNames.flatMap((configuredName): ComparedEnvironment[] => {
  const name = GUIDE_ENVIRONMENTS.find((guideName: string) => guideName === configuredName);
  if (!name) return [];
  return [{ name, config: configured[configuredName], stack: deployed(`lib/${configuredName}`) }];
});

test('lib/config has the values of the guide and of docs/decisions, or deviations.ts gives a reason', () => {
  const lines = comparedEnvironments.flatMap((environment) => {
    return missingLines(differencesFromGuide(environment), deviations);
  });
  if (lines.length > 0) {
    throw new Error(
      'lib/config differs from the guide or a decision. If that is meant, add these lines to test/guide/deviations.ts, ' +
        `each with its reason in place of <why>:\n\n  ${lines.join('\n  ')}\n`,
    );
  }
});

test('each line of deviations.ts is about a row that differs', () => {
  // A stale one would excuse the row's next difference.
  const differences = comparedEnvironments.flatMap(differencesFromGuide);
  const rows = differences.map(({ row }) => row);
  expect(Object.keys(deviations).filter((row) => !rows.includes(row))).toEqual([]);
});

/**
 * A difference as the comparison makes it, and the line that deviations.ts then lacks. A row's key is its environment, the
 * guide's chapter and resource, and the property as the guide's table calls it: クラス is the instance class.
 */
const LARGER_CLASS = { row: 'dev: 3-2 database: クラス', says: '"large", in the guide "micro"' };
const LINE_TO_PASTE = `// "large", in the guide "micro"\n  'dev: 3-2 database: クラス': '<why>',`;

test.each<{ readonly title: string; readonly reasons: Readonly<Record<string, string>> }>([
  { title: 'no line', reasons: {} },
  { title: 'the placeholder of the pasted line', reasons: { [LARGER_CLASS.row]: '<why>' } },
  { title: 'spaces alone', reasons: { [LARGER_CLASS.row]: '  ' } },
  { title: 'dots alone', reasons: { [LARGER_CLASS.row]: '...' } },
])('a difference with $title for a reason is printed as a line to paste', ({ reasons }) => {
  expect(missingLines([LARGER_CLASS], reasons)).toEqual([LINE_TO_PASTE]);
});

test.each([{ reason: 'larger queries' }, { reason: '大きなクエリのため' }])(
  'a difference with the reason "$reason" needs no further line',
  ({ reason }) => {
    expect(missingLines([LARGER_CLASS], { [LARGER_CLASS.row]: reason })).toEqual([]);
  },
);

describe('missing resources of a chapter', () => {
  /** All resources of the guide's tables: two in chapter 12, one in chapter 7. */
  const resources = ['dev: 12-7 computeEnvironment', 'dev: 12-8 jobQueue', 'dev: 7-1 cluster'];
  const computeEnvironment = { row: 'dev: 12-7 computeEnvironment', says: MISSING };
  const jobQueue = { row: 'dev: 12-8 jobQueue', says: MISSING };

  test('are one line if all are missing, as those of a section that is off', () => {
    expect(joinWholeChapters([computeEnvironment, jobQueue], resources)).toEqual([
      { row: 'dev: 12', says: 'the whole chapter is missing' },
    ]);
  });

  test('are a line each if others exist', () => {
    expect(joinWholeChapters([jobQueue], resources)).toEqual([jobQueue]);
  });
});
