import { askData } from './listing/data';
import { askNetwork } from './listing/network';
import { askOperations } from './listing/operations';
import { askService } from './listing/service';

/** Resources of an account: CloudFormation's type → the physical ids, as CloudFormation has them. */
export type Listing = Readonly<Record<string, readonly string[]>>;

/**
 * Types that exist only as a part of another one, and that one. No service lists them by themselves.
 * A type that is neither here nor in the listing fails the test.
 */
export const PARTS: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'nothing in AWS',
  'AWS::EC2::Route': 'the route table',
  'AWS::EC2::SecurityGroupIngress': 'the security group',
  'AWS::EC2::SubnetRouteTableAssociation': 'the subnet',
  'AWS::EC2::VPCGatewayAttachment': 'the VPC',
  'AWS::ElasticLoadBalancingV2::Listener': 'the load balancer',
  'AWS::IAM::Policy': 'the role',
  'AWS::S3::BucketPolicy': 'the bucket',
  'AWS::SNS::TopicPolicy': 'the topic',
  'AWS::SecretsManager::SecretTargetAttachment': 'the secret',
  'Custom::AWS': 'what it has made',
  'Custom::S3AutoDeleteObjects': 'nothing in AWS',
  'Custom::VpcRestrictDefaultSG': 'the security group',
};

/** Asks every service for all that it holds. The SDK finds the local AWS through the process's variables. */
export async function takeListing(): Promise<Listing> {
  const asked = { ...askNetwork(), ...askData(), ...askService(), ...askOperations() };
  const entries = Object.entries(asked).map(async ([type, ids]) => [type, (await ids).sort()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Resources of the one that the other lacks, a line each. */
export function beyond(listing: Listing, baseline: Listing): string[] {
  return Object.entries(listing).flatMap(([type, ids]) =>
    ids.filter((id) => !baseline[type]?.includes(id)).map((id) => `${type} ${id}`),
  );
}
