import { DELIVERY } from './says-delivery';
import type { Says } from './says-parts';
import { REVIEW } from './says-review';
import { workflow, workflows } from './workflow';

const SAYS: Says = { ...REVIEW, ...DELIVERY };
const parts = Object.entries(SAYS).flatMap(([file, jobs]) =>
  Object.entries(jobs).map(([job, says]) => ({ file, job, says })),
);

/** Lines of a job, or of what precedes the jobs; a list's dash is left out. */
function linesOf(file: string, job: string): string[] {
  const [on = '', jobs = ''] = workflow(file).text.split('\njobs:\n');
  const text = job === 'on' ? on : `\n${jobs}`.split(/\n {2}(?=[\w-]+:\n)/).find((one) => one.startsWith(`${job}:\n`));
  return (text ?? '').split('\n').map((line) => line.trim().replace(/^- /, ''));
}

/** Lines that are not there, each searched behind the one before. */
function missing(lines: readonly string[], says: readonly string[]): string[] {
  let at = 0;
  return says.filter((line) => {
    const found = lines.indexOf(line, at);
    at = found < 0 ? at : found + 1;
    return found < 0;
  });
}

test.each(parts)('$file: $job says what it has to, in this order', ({ file, job, says }) => {
  expect(missing(linesOf(file, job), says)).toEqual([]);
});

test('a line that goes, or moves, is noticed', () => {
  expect([missing(['a', 'c'], ['a', 'b']), missing(['b', 'a'], ['a', 'b'])]).toEqual([['b'], ['b']]);
});

test('there is no other job, and nothing else starts a workflow', () => {
  for (const { file, jobs, on } of workflows()) {
    const { on: starts = [], ...named } = SAYS[file] ?? {};
    expect([file, ...Object.keys(jobs)]).toEqual([file, ...Object.keys(named)]);
    expect(starts).toEqual(expect.arrayContaining(Object.keys(on).map((event) => `${event}:`)));
  }
});
