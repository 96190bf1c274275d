import { LONGEST_MIGRATION_MINUTES } from '../../../lib/config/rules/web-service';
import { SESSION_HOURS } from '../../../lib/delivery/workflow-role';
import { Minutes } from '../../operate/release/time-limits';
import { template } from '../../../test/support/assembly';
import { Deployed } from '../../../test/support/deployed';
import { type Job, jobsOf, workflow, workflows } from './workflow';

const CREDENTIALS = 'aws-actions/configure-aws-credentials@';
/** Session that the action asks for, unless it is given a length; AWS admits as much for every role. */
const DEFAULT_SESSION_MINUTES = 60;

const SESSION_MINUTES = SESSION_HOURS * 60;
const releaseJob = workflow('release.yml').jobs['release'] ?? {};

/** Length in minutes of each session for which a job asks. */
function sessionMinutes({ steps = [] }: Job): number[] {
  return steps
    .filter(({ uses }) => uses?.startsWith(CREDENTIALS))
    .map(({ with: inputs }) => Number(inputs?.['role-duration-seconds'] ?? DEFAULT_SESSION_MINUTES * 60) / 60);
}

test.each(['dev', 'prod'])('the job asks for as long a session as the role of %s admits: AWS refuses more', (name) => {
  const role = `prooflink-delivery-release-${name}`;
  const maximumSeconds = new Deployed(template('delivery')).at('AWS::IAM::Role', 'MaxSessionDuration', role);
  expect(sessionMinutes(releaseJob)).toEqual([Number(maximumSeconds) / 60]);
});

test('a release ends by itself before the session of its job does, or AWS refuses its last questions', () => {
  expect(Minutes.release).toBeLessThan(SESSION_MINUTES);
});

test('a release ends by itself before GitHub cancels its job, which installs and checks packages first', () => {
  expect(Minutes.preparation + Minutes.release).toBeLessThanOrEqual(Number(releaseJob['timeout-minutes']));
});

test('a scan, the longest migration that the config admits, its two deployments with a rollback and the wait fit into a release', () => {
  const { preparation, scan, deployment, migrationRequest, migrationStart, serving } = Minutes;
  const beforeMigration = preparation + scan + deployment + migrationRequest + migrationStart;
  const afterMigration = deployment + serving;
  expect(beforeMigration + LONGEST_MIGRATION_MINUTES + afterMigration).toBeLessThanOrEqual(Minutes.release);
});

/** Jobs that sign in to AWS. */
const JOBS_WITH_A_SESSION = workflows()
  .flatMap((one) => jobsOf(one).map(([name, job]) => ({ file: one.file, name, job })))
  .filter(({ job }) => sessionMinutes(job).length > 0);

test.each(JOBS_WITH_A_SESSION)(
  '$file: $name ends before its session does, or AWS refuses its last calls',
  ({ job }) => {
    expect(Number(job['timeout-minutes'])).toBeLessThanOrEqual(Math.min(...sessionMinutes(job)));
  },
);

test('the jobs that sign in to AWS are found', () => {
  expect(JOBS_WITH_A_SESSION.map(({ file, name }) => `${file}: ${name}`)).toEqual(
    expect.arrayContaining([
      'deploy-stack.yml: deploy',
      'diff.yml: deployed',
      'drift.yml: look',
      'rehearsal.yml: rehearse',
      'release.yml: release',
      'application/release.yml: release',
    ]),
  );
});
