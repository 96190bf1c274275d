import { type ISecurityGroup, type IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { resourceNames } from '../../lib/config/names';
import { newApp } from './synth';

export const ACCOUNT = '123456789012';
export const REGION = 'ap-northeast-1';

/** The physical names of the environment `test`. */
export const names = resourceNames('test');

const ZONES = ['ap-northeast-1a', 'ap-northeast-1c'];

class TestStack extends Stack {
  /** With a concrete account the CDK would look the zones up. */
  public override get availabilityZones(): string[] {
    return ZONES;
  }
}

/** An empty stack in which a test builds one construct, with the feature flags of cdk.json. */
export function newStack(): Stack {
  return new TestStack(newApp(), 'Test', { env: { account: ACCOUNT, region: REGION } });
}

/** A VPC outside of the stack, with a public and a private subnet in each of two zones. */
export function importVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ZONES,
    publicSubnetIds: ['subnet-public-a', 'subnet-public-c'],
    publicSubnetRouteTableIds: ['rtb-public-a', 'rtb-public-c'],
    isolatedSubnetIds: ['subnet-private-a', 'subnet-private-c'],
    isolatedSubnetRouteTableIds: ['rtb-private-a', 'rtb-private-c'],
  });
}

/** A security group outside of the stack. */
export function importSecurityGroup(stack: Stack): ISecurityGroup {
  return SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1');
}
