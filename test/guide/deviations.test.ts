import { joinWholeChapters, missingLines } from './differences';

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
  /** Rows of the guide's tables: two resources in chapter 12, one in chapter 7. */
  const rows = [
    { chapter: '12', resource: '12-7 computeEnvironment' },
    { chapter: '12', resource: '12-8 jobQueue' },
    { chapter: '7', resource: '7-1 cluster' },
  ];
  const missing = { says: 'there is none', chapter: '12' };
  const computeEnvironment = { ...missing, row: 'dev: 12-7 computeEnvironment', missing: '12-7 computeEnvironment' };
  const jobQueue = { ...missing, row: 'dev: 12-8 jobQueue', missing: '12-8 jobQueue' };

  test('are one line if all are missing, as those of a section that is off', () => {
    expect(joinWholeChapters('dev', [computeEnvironment, jobQueue], rows)).toEqual([
      { row: 'dev: 12', says: 'the whole chapter is missing' },
    ]);
  });

  test('are a line each if others exist', () => {
    expect(joinWholeChapters('dev', [jobQueue], rows)).toEqual([jobQueue]);
  });
});
