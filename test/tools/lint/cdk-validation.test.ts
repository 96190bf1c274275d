import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { createStacks } from '../../../lib/create-stacks';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../../support/environments';
import { findings } from '../../support/findings';

const validated = { builtinCloudFormationValidation: true };

test('the CDK’s validation finds nothing that is not answered, in other environments and the delivery either', () => {
  expect(
    findings((app) => createStacks(app, { ...testEnvironments, ...deliveredEnvironments }, testDelivery), validated),
  ).toEqual([]);
});

test('it finds an unacknowledged warning', () => {
  const found = findings((app) => {
    const stack = new Stack(app, 'Open');
    new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24', availabilityZone: 'ap-northeast-1a' });
  }, validated);
  expect(found.some((finding) => finding.startsWith('CloudFormation Validate: '))).toBe(true);
});
