import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { createStacks } from '@infra/commands/app';
import { deliveredEnvironments, testDelivery, testEnvironments } from '@infra/testing/environments';
import { withFields } from '@infra/testing/config';
import { dev } from '@infra/testing/configs';
import { findings } from '@infra/testing/findings';

test('no environment has an unacknowledged finding, nor have GitHub’s roles: an error would end every synth', () => {
  const environments = { ...testEnvironments, ...deliveredEnvironments };
  const open = findings((app) => createStacks(app, environments, testDelivery), {
    builtinCloudFormationValidation: true,
  });
  // Examples that are left in a config have a test of their own (test/app/other-configs.test.ts).
  expect(open.filter((finding) => !finding.includes('Annotation::prooflink:placeholders'))).toEqual([]);
});

test('values of a config that only the CDK refuses are reported together, each at its resource: RDS or EC2 would refuse them', () => {
  const mistakes = withFields(dev, {
    // RDS offers the class elsewhere.
    'database.instanceType': new InstanceType('x2iedn.xlarge'),
    'network.publicSubnets[1].cidr': '10.1.2.0/24',
    'network.privateSubnets[1].cidr': '10.0.11.128/25',
  });
  const found = findings((app) => createStacks(app, { dev: mistakes }), { builtinCloudFormationValidation: true });
  expect(found.sort()).toEqual([
    'CloudFormation Validate: E3025: ProoflinkDev/Database/Instance/Resource',
    'CloudFormation Validate: E3059: ProoflinkDev/Network/Vpc/PublicSubnet2/Subnet',
    'CloudFormation Validate: E3060: ProoflinkDev/Network/Vpc/PrivateSubnet2/Subnet',
  ]);
});
