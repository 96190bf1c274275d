import { CloudFormation, type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { byDesign } from '../../shared/drift-by-design';
import { differenceOf } from '../../shared/drift-difference';
import { RESTORING } from '../../shared/lost-database';
import type { DeployedStack } from '../../environment/deployed-stack';
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
export async function driftOf(environment: DeployedStack, resource: StandingResource): Promise<HandReport> {
  return reportOf(environment, resource, await detect(environment, resource));
}

async function detect({ client, description }: DeployedStack, { logicalId }: StandingResource) {
  const wanted = { StackName: description.StackName, LogicalResourceId: logicalId };
  return (await client(CloudFormation).detectStackResourceDrift(wanted)).StackResourceDrift;
}

function reportOf(
  environment: DeployedStack,
  { logicalId, physicalId, type }: StandingResource,
  drift: StackResourceDrift | undefined,
): HandReport {
  const of = { logicalId, physicalId, type };
  const fix = revertDrift(environment);
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
      const changes = (drift.PropertyDifferences ?? [])
        .filter((each) => byDesign(drift, each.PropertyPath ?? '', each.ActualValue ?? '') === undefined)
        .map((each) => {
          const { path, expected = 'not set', actual = 'not set' } = differenceOf(drift, each, mask);
          return { ...of, what: wordsFor(path, drift.ExpectedProperties), expected, actual, fix };
        });
      return { changes, notCompared: [] };
    }
    default: {
      const reason =
        drift?.DriftStatusReason ?? `CloudFormation answers ${drift?.StackResourceDriftStatus ?? 'nothing'}`;
      return { changes: [], notCompared: [{ ...of, what: '', reason }] };
    }
  }
}

/** The command that takes back whatever CloudFormation compares. */
export const revertDrift = ({ description }: DeployedStack) =>
  `npx cdk deploy ${description.StackName ?? ''} --revert-drift`;

/** The storage that a database has grown to by itself; a deploy that reverts drift would shrink it, which RDS refuses. */
export async function grownStorage(
  environment: DeployedStack,
  database: StandingResource,
): Promise<string | undefined> {
  const drift = await detect(environment, database).catch(() => undefined);
  const storage = drift?.PropertyDifferences?.find(({ PropertyPath }) => PropertyPath === '/AllocatedStorage');
  return storage?.ActualValue;
}
