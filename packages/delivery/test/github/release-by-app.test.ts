import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runStep, stepOf } from '@infra/testing/run-step';
import { unreviewedEnvironment, workflow } from '@infra/testing/workflow';

const root = temporaryFolder('release-by-app-');
const step = stepOf('release.yml', 'release', { name: 'Refuse an app where no reviewer is asked' });

/** Runs the step for prod, while GitHub answers with the environment's protection rules. */
function run(rules: string) {
  const variables = { ENVIRONMENT: 'prod', APP_TAG: 'v1', BATCH_TAG: '', MIGRATION: '', GH_REPO: 'a/b', RULES: rules };
  return runStep(step, { folder: mkdtempSync(join(root, 'test-')), variables, programs: { gh: 'eval "$RULES"' } });
}

test('the step runs for an app alone, and never for the environment that follows main without an approval', () => {
  const name = unreviewedEnvironment();
  expect(step.if).toBe(`inputs.environment != '${name}' && endsWith(github.triggering_actor, '[bot]')`);
  // Otherwise the application's workflow starts a release that this step refuses, or leaves one to a person that needs none.
  expect(workflow('application/release.yml').text).toContain(`if [ "$ENVIRONMENT" = ${name} ] || `);
});

test('an app releases to an environment whose reviewer is asked', () => {
  expect(run('echo branch_policy; echo required_reviewers')).toMatchObject({ status: 0, stdout: '' });
});

test('an app is refused where no reviewer is asked, with the command by which a person releases', () => {
  const { status, stdout } = run('echo branch_policy');
  expect(status).toBe(1);
  expect(stdout).toContain('gh workflow run release.yml --ref main -f environment=prod -f app-image-tag=v1');
});

test('an app is refused where GitHub does not answer', () => {
  expect(run('exit 1').status).toBe(1);
});

test.each([
  { tag: '3f1c2b7_v1.0-rc', status: 0 },
  { tag: 'v1\n::stop-commands::x', status: 1 },
])('the tag "$tag", which is printed for a person and in the log, ends with $status', ({ tag, status }) => {
  const check = stepOf('release.yml', 'release', { name: 'Refuse what is no tag' });
  const variables = { APP_TAG: '', BATCH_TAG: tag };
  const { stdout, ...result } = runStep(check, { folder: mkdtempSync(join(root, 'test-')), variables });
  expect(result.status).toBe(status);
  expect(stdout).not.toContain('stop-commands');
});

test('no line of the application’s log is a command for GitHub', () => {
  const { stdout } = runStep(stepOf('release.yml', 'release', { name: 'Release' }), {
    folder: mkdtempSync(join(root, 'test-')),
    variables: { ENVIRONMENT: 'dev', APP_TAG: '', BATCH_TAG: '', MIGRATION: '' },
    programs: { node: 'echo "::error::of the application"' },
  });
  expect(stdout).toMatch(/^::stop-commands::[0-9a-f]{32}\n::error::of the application\n/);
});
