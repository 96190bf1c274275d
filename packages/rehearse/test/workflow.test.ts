import { STAGES } from '../src/stages';
import { page } from '@infra/testing/documents';
import { workflow } from '@infra/testing/workflow';
import { APP_COMMAND } from './support/app-command';

const job = workflow('rehearsal.yml').jobs['rehearse'] ?? {};
const steps = job.steps ?? [];

test('the workflow synthesizes the app that is tested', () => {
  expect(workflow('rehearsal.yml').text).toContain(`--app "${APP_COMMAND}"`);
});

/** Minutes for packages and both images, before the stages. */
const PREPARATION_MINUTES = 25;

test('the job outlasts its stages: cancelled by GitHub, a rehearsal would have seen half of it', () => {
  const expectedMinutes = STAGES.reduce((sum, { minutes }) => sum + minutes, 0);
  expect(Number(job['timeout-minutes'])).toBeGreaterThan(expectedMinutes + PREPARATION_MINUTES);
});

test.each(['docs/delivery.md', 'docs/delivery.ja.md'])(
  'the role of %s admits the session that the job asks for: AWS refuses a longer one',
  (file) => {
    const signIns = steps.filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
    expect(signIns).toHaveLength(1);
    const [, maximum] = /--role-name rehearsal --max-session-duration (\d+)/.exec(page(file).text) ?? [];
    expect(Number(maximum)).toBe(signIns[0]?.with?.['role-duration-seconds']);
  },
);
