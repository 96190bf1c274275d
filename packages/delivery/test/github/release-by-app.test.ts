import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runStep, stepOf } from './run-step';
import { unreviewedEnvironment } from '@infra/testing/workflow';

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
