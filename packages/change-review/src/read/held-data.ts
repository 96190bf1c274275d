import type { Resource } from '@infra/common/template';
import { isTrue } from '@infra/common/values';
import { policyStrength } from './value';
import { schemaOf } from './resource-schemas';

/** Types that lose something with their resource, such as images, jobs or disks, though the schemas do not call them stateful. */
const ALSO_STATEFUL: ReadonlySet<string> = new Set([
  'AWS::ECR::Repository',
  'AWS::Batch::JobQueue',
  'AWS::Batch::ComputeEnvironment',
  'AWS::EC2::Instance',
]);

/** Types whose data is what an environment exists for. */
const MAIN_DATA = /^AWS::(RDS::DB(Instance|Cluster)|S3::Bucket|DynamoDB|EFS)/;
const LOGS = /^AWS::Logs/;

const RANK_WITHOUT_DATA = -1;

/** Instances of a cluster, whose data is in the cluster's own storage. */
const INSTANCE_OF_CLUSTER = /^AWS::(DocDB|Neptune)::DBInstance$/;

/** Properties that name what a new resource is filled from: a snapshot, a source, or an import. */
const SOURCE_OF_DATA =
  /^(DB(Cluster)?|Cluster)?Snapshot(Identifier|Id|Name|Arns?)$|^SourceDB|^ImportSourceSpecification$|^ImageId$/;

/** True if a resource holds something that creating it again does not restore. */
export function holdsData({ Type, Properties = {} }: Resource): boolean {
  const isInCluster = Type === 'AWS::RDS::DBInstance' && Properties['DBClusterIdentifier'] !== undefined;
  if (isInCluster || INSTANCE_OF_CLUSTER.test(Type)) return false;
  return ALSO_STATEFUL.has(Type) || schemaOf(Type)?.isStateful === true;
}

/** True if a resource holds data, and nothing when it is created. */
export function isCreatedEmpty(resource: Resource): boolean {
  const properties = Object.keys(resource.Properties ?? {});
  const isFilled = properties.some((property) => SOURCE_OF_DATA.test(property));
  return holdsData(resource) && !isFilled;
}

/** Sort key of a resource by what it holds: main data first, logs last, and within a kind what is kept or protected. */
export function rankOf(resource: Resource): number {
  if (!holdsData(resource)) return RANK_WITHOUT_DATA;
  const { Type, Properties = {}, DeletionPolicy } = resource;
  const protection = isTrue(Properties['DeletionProtection']) ? 1 : 0;
  return 10 * rankOfType(Type) + policyStrength(DeletionPolicy, Type) + protection;
}

function rankOfType(type: string): number {
  if (LOGS.test(type)) return 0;
  return MAIN_DATA.test(type) ? 2 : 1;
}
