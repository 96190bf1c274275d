import { CfnSubnet, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { type App, Stack } from 'aws-cdk-lib/core';
import { createStacks } from '../../../lib/create-stacks';
import { deliveredEnvironments, testDelivery, testEnvironments } from '../../../test/support/environments';
import { withFields } from '../../../test/support/config';
import { dev } from '../../../test/support/configs';
import { findings } from '../../../test/support/findings';

/** A stack with a subnet that has one error and one warning: without them, a validation that is off would pass. */
function addFaultySubnet(app: App): void {
  new CfnSubnet(new Stack(app, 'Faulty'), 'Subnet', {
    vpcId: 'vpc-1',
    cidrBlock: '10.0.0.0/24',
    availabilityZone: 'ap-northeast-1a',
  });
}

function createAllStacks(app: App): void {
  createStacks(app, { ...testEnvironments, ...deliveredEnvironments }, testDelivery);
  addFaultySubnet(app);
}

/** Findings of `cdk synth` that no code acknowledges with a reason (lib/acknowledge.ts). */
let open: readonly string[];

beforeAll(() => {
  open = findings(createAllStacks, { builtinCloudFormationValidation: true });
});

test('the CDK’s validation runs: it reports an id that no VPC can have (E1151), and warns of a fixed zone (W3010)', () => {
  const ofFaultyStack = open.filter((finding) => finding.includes('Faulty/'));
  expect(new Set(ofFaultyStack)).toEqual(
    new Set(['CloudFormation Validate: E1151: Faulty/Subnet', 'CloudFormation Validate: W3010: Faulty/Subnet']),
  );
});

test('no environment has an unacknowledged finding, nor have GitHub’s roles: an error would end every synth', () => {
  // Examples that are left in a config have a test of their own (test/app/other-configs.test.ts).
  const others = /Faulty\/|Annotation::prooflink:placeholders/;
  expect(open.filter((finding) => !others.test(finding))).toEqual([]);
});

test('values of a config that only the CDK refuses are reported together, each at its resource: RDS or EC2 would refuse them', () => {
  const mistakes = withFields(dev, {
    // RDS offers the class elsewhere, and the version nowhere yet.
    'database.instanceType': new InstanceType('x2iedn.xlarge'),
    'database.engineVersion': '20',
    'network.publicSubnets[1].cidr': '10.1.2.0/24',
    'network.privateSubnets[1].cidr': '10.0.11.128/25',
  });
  const found = findings((app) => createStacks(app, { dev: mistakes }), { builtinCloudFormationValidation: true });
  expect(found.sort()).toEqual([
    'CloudFormation Validate: E3025: ProoflinkDev/Database/Instance/Resource',
    'CloudFormation Validate: E3059: ProoflinkDev/Network/Vpc/PublicSubnet2/Subnet',
    'CloudFormation Validate: E3060: ProoflinkDev/Network/Vpc/PrivateSubnet2/Subnet',
    'CloudFormation Validate: E9006: ProoflinkDev/Database/Instance/Resource',
  ]);
});
