import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Fn, Stack } from 'aws-cdk-lib/core';
import { acknowledge, acknowledgeWildcard } from '../../lib/acknowledge';
import * as environments from '../../lib/config';
import { createStacks } from '../../lib/create-stacks';
import { testDelivery } from '../support/environments';
import { findings } from '../support/findings';
import { newApp } from '../support/synth';

test('the CDK’s validation and cdk-nag find nothing that is not answered beside its resource', () => {
  expect(findings((app) => createStacks(app, environments, testDelivery))).toEqual([]);
});

test('what nobody answered for is found, by both checks', () => {
  const found = findings((app) => {
    const stack = new Stack(app, 'Open');
    // What is answered with no reason stays a finding: its safeguard was said to be on.
    acknowledge(new Bucket(stack, 'Files'), { 'AwsSolutions-S10': undefined });
    new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24', availabilityZone: 'ap-northeast-1a' });
  });
  expect(found).toContain('AwsSolutions: AwsSolutions-S10: Open/Files/Resource');
  expect(found.some((finding) => finding.startsWith('CloudFormation Validate: '))).toBe(true);
});

test('an answer that cannot be written as cdk-nag writes the finding is refused: it would answer nothing', () => {
  const arn = Fn.select(0, Fn.split(',', Fn.importValue('Arns')));
  expect(() => {
    acknowledgeWildcard(new Stack(newApp()), arn, 'reason');
  }).toThrow('An ARN that cannot be written');
});
