import { basename } from 'node:path';
import { hasCommand } from '@infra/commands/prooflink';
import { template } from '@infra/testing/assembly';
import { Deployed } from '@infra/testing/deployed';
import { stepsOf, workflow, workflows } from '@infra/testing/workflow';

const delivery = new Deployed(template('delivery'));

/** Files of the workflows that assume a role. */
function filesThatAssume(role: string): string[] {
  const files = workflows().filter((each) =>
    stepsOf(each).some(({ with: inputs }) => String(inputs?.['role-to-assume']).includes(role)),
  );
  return files.map(({ file }) => basename(file)).sort();
}

/** Files of workflows on main that the trust policy of a role names. */
function trustedFiles(role: string): string[] {
  const trust = JSON.stringify(delivery.at('AWS::IAM::Role', 'AssumeRolePolicyDocument', role));
  const files = trust.matchAll(/\.github\/workflows\/([\w-]+\.yml)@refs\/heads\/main/g);
  return [...new Set(Array.from(files, ([, file = '']) => file))].sort();
}

/** False for the workflow of the package doctor where a team has taken it out. */
function isHere(file: string): boolean {
  return file !== 'drift-stack.yml' || hasCommand('drift');
}

test.each([
  { role: 'prooflink-delivery-drift', assumedAs: 'prooflink-delivery-drift' },
  { role: 'prooflink-delivery-deploy-prod', assumedAs: 'prooflink-delivery-deploy-${{ inputs.environment }}' },
  { role: 'prooflink-delivery-release-prod', assumedAs: 'prooflink-delivery-release-${{ inputs.environment }}' },
  { role: 'prooflink-delivery-push-prod', assumedAs: 'prooflink-delivery-push-${{ env.ENVIRONMENT }}' },
])('$role is trusted to the workflows on main that assume it: AWS refuses any other one', ({ role, assumedAs }) => {
  const files = filesThatAssume(assumedAs);
  expect(files).not.toEqual([]);
  expect(trustedFiles(role).filter(isHere)).toEqual(files);
});

test.each([
  { file: 'deploy-stack.yml', role: 'deploy-prod' },
  { file: 'release.yml', role: 'release-prod' },
])('$file asks for as long a session as $role admits: AWS refuses more', ({ file, role }) => {
  const seconds = stepsOf(workflow(file)).flatMap((step) => step.with?.['role-duration-seconds'] ?? []);
  expect(seconds).toEqual([delivery.at('AWS::IAM::Role', 'MaxSessionDuration', `prooflink-delivery-${role}`)]);
});
