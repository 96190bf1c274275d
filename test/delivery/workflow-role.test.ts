import { template } from '../support/assembly';
import { Deployed } from '../support/deployed';
import { stepsOf, workflows } from '../workflows/workflow';

/** Files whose jobs assume a role with a token of GitHub's, by the variable that names the role. */
function filesByVariable(): Record<string, string[]> {
  const files: Record<string, Set<string>> = {};
  for (const one of workflows()) {
    for (const { with: given = {} } of stepsOf(one)) {
      const [, variable] = /\b([A-Z]+_ROLE)(?:_ARN)? \}\}$/.exec(String(given['role-to-assume'])) ?? [];
      if (variable !== undefined) (files[variable] ??= new Set()).add(one.file);
    }
  }
  return Object.fromEntries(Object.entries(files).map(([variable, names]) => [variable, [...names].sort()]));
}

/** Files that the trust policy of a role names. */
function trustedFiles(role: string): string[] {
  const trust = JSON.stringify(
    new Deployed(template('delivery')).at('AWS::IAM::Role', 'AssumeRolePolicyDocument', role),
  );
  const files = [...trust.matchAll(/\.github\/workflows\/([\w-]+\.yml)@refs\/heads\/main/g)];
  return [...new Set(files.map(([, file = '']) => file))].sort();
}

test('each role is trusted to the workflows that assume it, as they are on main: AWS refuses any other one', () => {
  const { DIFF_ROLE, DRIFT_ROLE, DEPLOY_ROLE, PUSH_ROLE, REHEARSAL_ROLE } = filesByVariable();
  expect(trustedFiles('prooflink-delivery-drift')).toEqual(DRIFT_ROLE);
  expect(trustedFiles('prooflink-delivery-deploy-prod')).toEqual(DEPLOY_ROLE);
  expect(trustedFiles('prooflink-delivery-push-prod')).toEqual(PUSH_ROLE);
  expect(REHEARSAL_ROLE).toEqual(['rehearsal.yml']);
  // A pull request brings its own.
  expect([DIFF_ROLE, trustedFiles('prooflink-delivery-diff')]).toEqual([['diff.yml'], []]);
});
