/** Lists that are sets: AWS ignores their order, and an empty one is none. */
const UNORDERED_LISTS: ReadonlySet<string> = new Set([
  'AlarmActions',
  'AllowedHeaders',
  'AllowedMethods',
  'AllowedOrigins',
  'DependsOn',
  'Dimensions',
  'Environment',
  'ExposedHeaders',
  'ExposedMethods',
  'ExposedOrigins',
  'InsufficientDataActions',
  'ManagedPolicyArns',
  'OKActions',
  'Policies',
  'ResourceRequirements',
  'Roles',
  'RouteTableIds',
  'Secrets',
  'SecurityGroupEgress',
  'SecurityGroupIds',
  'SecurityGroupIngress',
  'SecurityGroups',
  'SubnetIds',
  'Subnets',
  'Tags',
  'VPCSecurityGroups',
]);
const ATTRIBUTES = /^\w+Attributes$/;
const LIFECYCLE_RULES = /(^|[.\]])(LifecyclePolicyText\.rules|LifecycleConfiguration\.Rules)$/;

/** Everything in a pattern of events is a set of alternatives. */
const EVENT_PATTERN = 'EventPattern.';

/** True if the order of the list at a path has no meaning. */
export function isUnordered(path: string): boolean {
  const name = path.split(/[.\]]/).at(-1) ?? '';
  const isListOfSet = UNORDERED_LISTS.has(name) || ATTRIBUTES.test(name) || LIFECYCLE_RULES.test(path);
  return isListOfSet || path.startsWith(EVENT_PATTERN);
}
