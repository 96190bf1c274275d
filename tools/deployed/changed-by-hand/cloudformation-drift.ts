import { CloudFormation, type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { words } from '../words';
import type { Environment } from '../environment';
import { RESTORING_CHAPTER } from '../restoring-chapter';
import type { DeployedResource } from './deployed-resources';
import { whyNotByHand } from './drift-by-design';
import { type Change, type ChangeByDesign, deletion, failedComparison, type Findings, NO_FINDINGS } from './findings';
import { maskDifference } from './masked-difference';
import { readableName } from './property-name';

/**
 * Types that CloudFormation compares for certain; docs/decisions/0018-who-sees-a-change-by-hand.md has the sources.
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
  'AWS::WAFv2::WebACL',
]);

/** States of a stack in which CloudFormation refuses to compare, beside those of a deployment that is underway. */
const REFUSED_STATES = /^(CREATE_FAILED|DELETE_FAILED|ROLLBACK_FAILED|ROLLBACK_COMPLETE|UPDATE_FAILED)$/;

/** Asks CloudFormation to compare one resource. An answer takes a second or two. */
export async function detectDrift(environment: Environment, resource: DeployedResource): Promise<Findings> {
  const { client, details, redeployCommand } = environment;
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = details;
  if (REFUSED_STATES.test(stackStatus)) {
    const reason = words.changedByHand.driftRefused({ stackName, stackStatus });
    return { ...NO_FINDINGS, notCompared: [failedComparison(resource, reason)] };
  }
  const { StackResourceDrift: drift } = await client(CloudFormation).detectStackResourceDrift({
    StackName: stackName,
    LogicalResourceId: resource.logicalId,
  });
  switch (drift?.StackResourceDriftStatus) {
    case 'IN_SYNC':
      return NO_FINDINGS;
    case 'DELETED':
      return { ...NO_FINDINGS, changes: [deletion(resource, fixForDeleted(resource, redeployCommand))] };
    case 'MODIFIED':
      return findingsIn(drift, resource, redeployCommand);
    default: {
      const status = drift?.StackResourceDriftStatus;
      const reason = drift?.DriftStatusReason ?? words.changedByHand.otherAnswer({ status });
      return { ...NO_FINDINGS, notCompared: [failedComparison(resource, reason)] };
    }
  }
}

/** A deployment would create an empty database in the place of a deleted one. */
function fixForDeleted({ type }: DeployedResource, redeployCommand: string): string {
  return type === 'AWS::RDS::DBInstance' ? RESTORING_CHAPTER : redeployCommand;
}

/** Changes by hand and by design in CloudFormation's answer; those known to be false are with the latter. */
function findingsIn(drift: StackResourceDrift, resource: DeployedResource, fix: string): Findings {
  const mask = new SecretMask();
  const changes: Change[] = [];
  const byDesign: ChangeByDesign[] = [];
  for (const difference of drift.PropertyDifferences ?? []) {
    const notSet = words.changedByHand.notSet();
    const { path, expected = notSet, actual = notSet } = maskDifference(drift, difference, mask);
    const property = readableName(path, drift.ExpectedProperties);
    const why = whyNotByHand(drift, difference);
    const grownStorage = path === '/AllocatedStorage' ? actual : undefined;
    if (why === undefined) changes.push({ ...resource, property, expected, actual, fix, grownStorage });
    else byDesign.push({ ...resource, property, expected, actual, why, grownStorage });
  }
  return { changes, byDesign, notCompared: [] };
}
