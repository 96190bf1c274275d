import { deletionPolicy, holdsData, isTrue, policyStrength, replacePolicy } from './data';
import type { Level } from './model';
import type { Resource } from '../shared/template';
import { isRecord } from '../shared/values';
import { say, type Words } from '../shared/words';

/** Something that protected a resource, or hid it, and does so less after the change. */
export interface Weakening {
  readonly level: Exclude<Level, 'other'>;
  readonly says: Words;
}

interface Safeguard {
  readonly type: string;
  readonly property: string;
  readonly level: Weakening['level'];
  readonly isWeaker: (before: unknown, after: unknown) => boolean;
  readonly says: string;
}

const switchedOff = (before: unknown, after: unknown): boolean => isTrue(before) && !isTrue(after);
const switchedOn = (before: unknown, after: unknown): boolean => !isTrue(before) && isTrue(after);
const differs = (before: unknown, after: unknown): boolean => JSON.stringify(before) !== JSON.stringify(after);
const isSmaller = (before: unknown, after: unknown): boolean => Number(after) < Number(before);
/** RDS keeps backups for a day where the template says nothing. */
const backupDays = (value: unknown): number => Number(value ?? 1);

const SAFEGUARDS: readonly Safeguard[] = [
  ...['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'].flatMap((type): Safeguard[] => [
    {
      type,
      property: 'DeletionProtection',
      level: 'risk',
      isWeaker: switchedOff,
      says: 'Its deletion protection is switched off.',
    },
    {
      type,
      property: 'BackupRetentionPeriod',
      level: 'risk',
      isWeaker: (before, after) => backupDays(before) > 0 && backupDays(after) === 0,
      says: 'Its automated backups are switched off, and those that there are get deleted.',
    },
    {
      type,
      property: 'BackupRetentionPeriod',
      level: 'weaker',
      isWeaker: (before, after) => backupDays(after) > 0 && backupDays(after) < backupDays(before),
      says: 'Its backups reach back less far.',
    },
    {
      type,
      property: 'PubliclyAccessible',
      level: 'weaker',
      isWeaker: switchedOn,
      says: 'It gets an address on the internet.',
    },
  ]),
  {
    type: 'AWS::RDS::DBInstance',
    property: 'EngineVersion',
    level: 'weaker',
    isWeaker: differs,
    says: 'The engine changes: the database is away meanwhile, and there is no way back but a snapshot.',
  },
  {
    type: 'AWS::RDS::DBInstance',
    property: 'AllocatedStorage',
    level: 'weaker',
    isWeaker: isSmaller,
    says: 'RDS refuses to make storage smaller: the deployment would fail.',
  },
  {
    type: 'AWS::Logs::LogGroup',
    property: 'RetentionInDays',
    level: 'weaker',
    isWeaker: (before, after) => after !== undefined && (before === undefined || isSmaller(before, after)),
    says: 'Log events older than the new retention are deleted.',
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'VersioningConfiguration',
    level: 'weaker',
    isWeaker: (before, after) => isRecord(before) && before.Status === 'Enabled' && differs(before, after),
    says: 'It no longer keeps earlier versions of what is overwritten or deleted.',
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'LifecycleConfiguration',
    level: 'weaker',
    isWeaker: differs,
    says: 'Its lifecycle rules change: look whether objects expire that should not.',
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'PublicAccessBlockConfiguration',
    level: 'weaker',
    isWeaker: (before, after) =>
      isRecord(before) && Object.keys(before).some((key) => switchedOff(before[key], isRecord(after) && after[key])),
    says: 'Less of what would make it public is blocked.',
  },
  {
    type: 'AWS::ECR::Repository',
    property: 'LifecyclePolicy',
    level: 'weaker',
    isWeaker: differs,
    says: 'Its lifecycle policy changes: look whether images expire that something still runs.',
  },
  {
    type: 'AWS::ECR::Repository',
    property: 'EmptyOnDelete',
    level: 'weaker',
    isWeaker: switchedOn,
    says: 'Images no longer keep it from being deleted.',
  },
  {
    type: 'AWS::SecretsManager::Secret',
    property: 'GenerateSecretString',
    level: 'weaker',
    isWeaker: differs,
    says: 'A new value is generated: what still uses the old one, such as a database password, no longer fits.',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    property: 'LoadBalancerAttributes',
    level: 'weaker',
    isWeaker: (before, after) => switchedOff(loadBalancerProtection(before), loadBalancerProtection(after)),
    says: 'Its deletion protection is switched off.',
  },
];

function loadBalancerProtection(attributes: unknown): unknown {
  if (!Array.isArray(attributes)) return undefined;
  return attributes.filter(isRecord).find(({ Key }) => Key === 'deletion_protection.enabled')?.Value;
}

/** Which safeguards of a resource a change weakens. */
export function weakenings(before: Resource, after: Resource): Weakening[] {
  const found: Weakening[] = SAFEGUARDS.filter(
    ({ type, property, isWeaker }) =>
      type === after.Type && isWeaker(before.Properties?.[property], after.Properties?.[property]),
  ).map(({ level, says }) => ({ level, says: [says] }));
  if (!holdsData(after)) return found;
  if (typeof after.Condition === 'string' && after.Condition !== before.Condition) {
    found.push({ level: 'risk', says: say`Where the condition ${after.Condition} does not hold, it is removed.` });
  }

  for (const [attribute, policyOf] of [
    ['DeletionPolicy', deletionPolicy],
    ['UpdateReplacePolicy', replacePolicy],
  ] as const) {
    const [old, now] = [policyOf(before), policyOf(after)];
    if (policyStrength(now) >= policyStrength(old)) continue;
    const when = attribute === 'DeletionPolicy' ? 'removed from the stack' : 'replaced';
    found.push({
      level: 'risk',
      says: say`Its ${attribute} keeps less: ${old} becomes ${now} for the day that it is ${[when]}.`,
    });
  }
  return found;
}
