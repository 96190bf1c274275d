import { joinWholeChapters, MISSING, missingLines } from './differences';

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
