import { basename } from 'node:path';
import { template } from '../../../test/support/assembly';
import { Deployed } from '../../../test/support/deployed';
import { stepsOf, workflows } from './workflow';

const delivery = new Deployed(template('delivery'));

/** Files of the workflows that assume the role which a variable names. */
function filesThatAssume(variable: string): string[] {
  const names = new RegExp(`\\b${variable}(?:_ARN)? \\}\\}$`);
  const files = workflows().filter((workflow) =>
    stepsOf(workflow).some(({ with: inputs }) => names.test(String(inputs?.['role-to-assume']))),
  );
  return files.map(({ file }) => basename(file)).sort();
}

/** Files of workflows on main that the trust policy of a role names. */
function trustedFiles(role: string): string[] {
  const trust = JSON.stringify(delivery.at('AWS::IAM::Role', 'AssumeRolePolicyDocument', role));
  const files = trust.matchAll(/\.github\/workflows\/([\w-]+\.yml)@refs\/heads\/main/g);
  return [...new Set(Array.from(files, ([, file = '']) => file))].sort();
}

test.each([
  { role: 'prooflink-delivery-drift', variable: 'DRIFT_ROLE' },
  { role: 'prooflink-delivery-deploy-prod', variable: 'DEPLOY_ROLE' },
  { role: 'prooflink-delivery-release-prod', variable: 'RELEASE_ROLE' },
  { role: 'prooflink-delivery-push-prod', variable: 'PUSH_ROLE' },
])('$role is trusted to the workflows on main that assume it: AWS refuses any other one', ({ role, variable }) => {
  const files = filesThatAssume(variable);
  expect(files).not.toEqual([]);
  expect(trustedFiles(role)).toEqual(files);
});

test('a pull request brings its own workflows along: no file is named for the role that compares', () => {
  expect(filesThatAssume('DIFF_ROLE')).toEqual(['diff.yml']);
  expect(trustedFiles('prooflink-delivery-diff')).toEqual([]);
});

test('rehearsal.yml alone assumes the role of the rehearsal, which no stack makes', () => {
  expect(filesThatAssume('REHEARSAL_ROLE')).toEqual(['rehearsal.yml']);
});
