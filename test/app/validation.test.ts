import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Fn, Stack } from 'aws-cdk-lib/core';
import { acknowledge, acknowledgeWildcard } from '../../lib/acknowledge';
import { createStacks } from '../../lib/create-stacks';
import * as configured from '../../lib/config';
import { delivery } from '../../lib/config/delivery';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../support/environments';
import { findings } from '../support/findings';
import { newApp } from '../support/synth';

// The CDK's own validation takes seconds to start: packages/proofs/test/lint has it.
// One after the other: rules compare environments of a config, of which a team's knows nothing of the tests'.
test.each([
  {
    title: 'the tests’ environments',
    environments: { ...testEnvironments, ...deliveredEnvironments },
    itsDelivery: testDelivery,
  },
  { title: 'lib/config', environments: configured, itsDelivery: delivery },
])('cdk-nag finds nothing unanswered in $title', ({ environments, itsDelivery }) => {
  const all = findings((app) => createStacks(app, environments, itsDelivery));
  // Examples that are left in a config have a test of their own.
  const unanswered = all.filter((finding) => !finding.includes('Annotation::prooflink:placeholders'));
  expect(unanswered.map(withAdvice)).toEqual([]);
});

/** A finding with the two ways to answer it. */
function withAdvice(finding: string): string {
  const [, rule = ''] = finding.split(': ');
  return (
    `${finding}. Change the resource, or write beside it why it may stay (lib/acknowledge.ts): ` +
    `acknowledge(<its construct>, { '${rule}': '<why>' })`
  );
}

test('a bucket that a team adds bare is red, with what to write for each rule', () => {
  const ofBareBucket = findings((app) => {
    const stack = new Stack(app, 'Shared');
    // An answer without a reason stays a finding: its safeguard was declared on.
    acknowledge(new Bucket(stack, 'Files'), { 'AwsSolutions-S1': undefined });
  });
  expect(ofBareBucket.map(withAdvice)).toContain(
    'AwsSolutions: AwsSolutions-S1: Shared/Files/Resource. Change the resource, or write beside it why it may stay ' +
      "(lib/acknowledge.ts): acknowledge(<its construct>, { 'AwsSolutions-S1': '<why>' })",
  );
});

test('an answer that cannot be written as cdk-nag writes the finding is refused', () => {
  // It would answer nothing.
  const arn = Fn.select(0, Fn.split(',', Fn.importValue('Arns')));
  expect(() => {
    acknowledgeWildcard(new Stack(newApp()), arn, 'reason');
  }).toThrow('An ARN that cannot be written');
});
