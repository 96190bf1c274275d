import { LONGEST_MIGRATION_MINUTES, SESSION_HOURS } from '@infra/testing/app-rules';
import { Minutes } from '@infra/operate/release/time-limits';

test('a release ends by itself before a session of its role does, or AWS refuses its last requests', () => {
  expect(Minutes.preparation + Minutes.release).toBeLessThanOrEqual(SESSION_HOURS * 60);
});

test('a scan, the longest migration that the config admits, its two deployments with a rollback and the wait fit into a release', () => {
  const { preparation, scan, deployment, migrationRequest, migrationStart, serving } = Minutes;
  const beforeMigration = preparation + scan + deployment + migrationRequest + migrationStart;
  const afterMigration = deployment + serving;
  expect(beforeMigration + LONGEST_MIGRATION_MINUTES + afterMigration).toBeLessThanOrEqual(Minutes.release);
});
