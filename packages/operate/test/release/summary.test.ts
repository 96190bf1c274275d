import type { ReleaseOptions } from '../../src/release/options';
import { renderSummary, type Summary } from '../../src/release/summary';

const LINE_WITH_SECRET = 'DATABASE_URL="postgresql://postgres:hunter2hunter2@db/prooflink"';

/** Summary of a release whose migration has logged a secret and a control character. */
const SUMMARY: Summary = {
  exitCode: 1,
  sentences: ['m1 does not serve: its migration failed with exit code 1.', `    ${LINE_WITH_SECRET}`, '    \u001b[2J'],
  servingTags: ['m0'],
  migration: { exitCode: 1, failure: 'failed with exit code 1', lastLines: [LINE_WITH_SECRET] },
};

const stdoutOf = (options: ReleaseOptions) => renderSummary('dev', options, SUMMARY).stdout;

test('a person sees no secret of a log, and no control character: the summary stands in GitHub’s job, too', () => {
  const stdout = stdoutOf({ appTag: 'm1' });
  expect(stdout).toContain('m1 does not serve: its migration failed with exit code 1.');
  expect(stdout).toContain('    DATABASE_URL=');
  expect(stdout).not.toContain('hunter2');
  expect(stdout).not.toContain('\u001b');
});

test('a program sees no secret of a log, neither in the sentences nor among the lines of the migration', () => {
  const stdout = stdoutOf({ appTag: 'm1', json: true });
  const { says, migration } = JSON.parse(stdout) as { says: string[]; migration: { lines: string[] } };
  expect(says[1]).toContain('DATABASE_URL=');
  expect(migration.lines[0]).toContain('DATABASE_URL=');
  expect(stdout).not.toContain('hunter2');
});

// `serves: []` of a refusal read as if no version served.
test('a release that did not ask what serves says nothing of it to a program', () => {
  const { servingTags, ...refusal } = SUMMARY;
  expect(servingTags).toBeDefined();
  const { stdout } = renderSummary('dev', { appTag: 'm1', json: true }, refusal);
  expect(JSON.parse(stdout)).not.toHaveProperty('serves');
});
