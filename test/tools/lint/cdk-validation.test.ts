import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { createStacks } from '../../../lib/create-stacks';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../../support/environments';
import { findings } from '../../support/findings';

test('the CDK’s validation finds nothing that is not answered, in other environments and the delivery either; it finds a warning', () => {
  const found = findings(
    (app) => {
      createStacks(app, { ...testEnvironments, ...deliveredEnvironments }, testDelivery);
      const subnet = { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24', availabilityZone: 'ap-northeast-1a' };
      new CfnSubnet(new Stack(app, 'Open'), 'Subnet', subnet);
    },
    { builtinCloudFormationValidation: true },
  );
  expect(new Set(found)).toEqual(
    new Set(['E1151', 'W3010'].map((rule) => `CloudFormation Validate: ${rule}: Open/Subnet`)),
  );
});
