import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { LONGEST_MIGRATION_MINUTES } from '../../../../lib/config/rules/web-service';
import { SESSION_HOURS } from '../../../../lib/delivery/workflow-role';
import { Minutes } from '../../../../tools/operate/release/time-limits';

const SESSION_MINUTES = SESSION_HOURS * 60;

test('the longest migration, its two deployments with a rollback and the wait fit into the time of a release', () => {
  const { preparation, deployment, migrationRequest, migrationStart, serving } = Minutes;
  const beforeMigration = preparation + deployment + migrationRequest + migrationStart;
  const afterMigration = deployment + serving;
  expect(beforeMigration + LONGEST_MIGRATION_MINUTES + afterMigration).toBeLessThanOrEqual(Minutes.release);
});

test('a release ends by itself before the session of its job does, and before its job is cancelled', () => {
  const workflow = parse(readFileSync('.github/workflows/deploy-stack.yml', 'utf8')) as {
    readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes': number }>>;
  };
  const jobMinutes = workflow.jobs['deploy']?.['timeout-minutes'] ?? 0;
  expect(Minutes.release).toBeLessThan(SESSION_MINUTES);
  // The job installs and checks packages before.
  expect(Minutes.release + Minutes.preparation).toBeLessThanOrEqual(jobMinutes);
});
