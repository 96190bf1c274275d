import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { byDesign } from '../../shared/drift-by-design';
import { differenceOf } from '../../shared/drift-difference';
import { RESTORING } from '../../shared/lost-database';
import type { Environment } from '../../environment/environment';
import type { HandReport } from './report';
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
export async function driftOf(environment: Environment, resource: StandingResource): Promise<HandReport> {
  const { logicalId, physicalId, type } = resource;
  const wanted = { StackName: environment.description.StackName, LogicalResourceId: logicalId };
  const { StackResourceDrift: drift } = await environment.client(CloudFormation).detectStackResourceDrift(wanted);
  const of = { logicalId, physicalId, type };
  const fix = environment.redeploy;
  switch (drift?.StackResourceDriftStatus) {
    case 'IN_SYNC':
      return { changes: [], notCompared: [] };
    case 'DELETED': {
      // A deploy would make an empty database in its place.
      const first = type === 'AWS::RDS::DBInstance' ? RESTORING : fix;
      return { changes: [{ ...of, what: '', expected: 'there', actual: 'gone', fix: first }], notCompared: [] };
    }
    case 'MODIFIED': {
      const mask = new SecretMask();
      const { PropertyDifferences: all = [] } = drift;
      const changes = all
        .filter((each) => byDesign(drift, each.PropertyPath ?? '', each.ActualValue ?? '') === undefined)
        .map((each) => {
          const { path, expected = 'not set', actual = 'not set' } = differenceOf(drift, each, mask);
          return { ...of, what: wordsFor(path, drift.ExpectedProperties), expected, actual, fix };
        });
      const storage = all.find(({ PropertyPath }) => PropertyPath === '/AllocatedStorage')?.ActualValue;
      return { changes, notCompared: [], storage };
    }
    default: {
      const reason =
        drift?.DriftStatusReason ?? `CloudFormation answers ${drift?.StackResourceDriftStatus ?? 'nothing'}`;
      return { changes: [], notCompared: [{ ...of, what: '', reason }] };
    }
  }
}
