import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { byDesign } from './drift-by-design';
import { differenceOf } from './drift-difference';
import { RESTORING } from '../lost-database';
import type { Environment } from '../environment';
import { deleted, type Finding } from './row';
import type { StandingResource } from './template';
import { wordsFor } from './words';

/**
 * The types that CloudFormation compares; docs/decisions/0018-who-sees-a-change-by-hand.md has the sources. A type of
 * which that is in doubt is not among them.
 */
export const COMPARED_BY_CLOUDFORMATION: ReadonlySet<string> = new Set([
  'AWS::Batch::ComputeEnvironment',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::ECR::Repository',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
]);

/** CloudFormation's comparison of one resource, which takes one call and a second or two. */
export async function driftOf({ client, description, redeployCommand: fix }: Environment, resource: StandingResource) {
  const wanted = { StackName: description.StackName, LogicalResourceId: resource.logicalId };
  const { StackResourceDrift: drift } = await client(CloudFormation).detectStackResourceDrift(wanted);
  const status = drift?.StackResourceDriftStatus;
  if (status === 'IN_SYNC') return [];
  // A deploy would make an empty database in its place.
  if (status === 'DELETED') return [deleted(resource.type === 'AWS::RDS::DBInstance' ? RESTORING : fix)];
  if (!drift || status !== 'MODIFIED')
    return [{ what: '', reason: drift?.DriftStatusReason ?? `CloudFormation answers ${status ?? 'nothing'}` }];
  const mask = new SecretMask();
  return (drift.PropertyDifferences ?? []).flatMap((each): Finding[] => {
    const { path, expected = 'not set', actual = 'not set' } = differenceOf(drift, each, mask);
    const storage = path === '/AllocatedStorage' ? actual : undefined;
    if (byDesign(drift, path, each.ActualValue ?? '') === undefined)
      return [{ what: wordsFor(path, drift.ExpectedProperties), expected, actual, fix, storage }];
    return storage ? [{ what: '', storage }] : [];
  });
}
