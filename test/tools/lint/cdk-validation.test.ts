import { CfnSubnet } from 'aws-cdk-lib/aws-ec2';
import { type App, Stack } from 'aws-cdk-lib/core';
import { createStacks } from '../../../lib/create-stacks';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../../support/environments';
import { findings } from '../../support/findings';

/** A subnet that the CDK's validation refuses, as an example of a finding. */
function addOpenSubnet(app: App): void {
  new CfnSubnet(new Stack(app, 'Open'), 'Subnet', {
    vpcId: 'vpc-1',
    cidrBlock: '10.0.0.0/24',
    availabilityZone: 'ap-northeast-1a',
  });
}

test('the CDK’s validation finds nothing that is not answered in any environment or in the delivery, though it finds a warning', () => {
  const found = findings(
    (app) => {
      createStacks(app, { ...testEnvironments, ...deliveredEnvironments }, testDelivery);
      addOpenSubnet(app);
    },
    { builtinCloudFormationValidation: true },
  );
  expect([...new Set(found)].sort()).toEqual([
    'CloudFormation Validate: E1151: Open/Subnet',
    'CloudFormation Validate: W3010: Open/Subnet',
  ]);
});
