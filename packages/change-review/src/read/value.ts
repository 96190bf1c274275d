import { isSecretName } from '@infra/common/secret-patterns';
import type { Resource } from '@infra/common/template';
import { namesReferredToIn, NO_ECHO_REFERENCE, type NormalizedText } from './normalized-text';

export { defaultOf, withDefaults } from './defaults';

// Whatever a rule wants to know of a normalized value: an ARN, a reference, a policy on deletion, a secret, a default.

/** References by the physical name or ARN that their resources have: a template may also write those out. */
export type KnownNames = ReadonlyMap<NormalizedText, NormalizedText>;

const ARNS = /arn:[^"',\s]+/g;
/** Places at which the part of an ARN that is known may end. */
const END_OF_PART = /[/:]|$/g;

/** A text in which physical names and ARNs that are written out are references. */
export function withReferences(text: NormalizedText, knownNames: KnownNames): NormalizedText {
  const reference = knownNames.get(text);
  if (reference !== undefined) return reference;
  if (!text.includes('arn:')) return text;
  return text.replace(ARNS, (arn) => withReferenceAtStart(arn, knownNames));
}

/** An ARN whose longest known beginning is a reference. */
function withReferenceAtStart(arn: NormalizedText, knownNames: KnownNames): NormalizedText {
  const matches = [...arn.matchAll(END_OF_PART)];
  const ends = matches.map(({ index }) => index).reverse();
  for (const end of ends) {
    const reference = knownNames.get(arn.slice(0, end));
    if (reference !== undefined) return `${reference}${arn.slice(end)}`;
  }
  return arn;
}

/** A part of an ARN, which may have references. */
const PART = '((?:\\$\\{[^}]*\\}|[^:])*)';
const ARN = new RegExp(`^arn:${PART}:${PART}:${PART}:${PART}:(.*)$`);

/** Parts of an ARN, in whichever spelling; undefined for any other text. */
export function arnOf(text: NormalizedText) {
  const [, , service = '', , account = '', resource = ''] = ARN.exec(text) ?? [];
  return service === '' ? undefined : { service, account, resource };
}

/** True if a value refers to a parameter or a resource of the template. */
export function isInTemplate(value: unknown): boolean {
  return namesReferredToIn(value).some((name) => !name.startsWith('AWS::'));
}

/** Strength of a policy by what it keeps: nothing, a snapshot, or the resource. */
export const KEEPS = { nothing: 0, snapshot: 1, resource: 2 } as const;

const RETAIN = /^Retain/;

/** Types of which CloudFormation makes a snapshot; of others it makes none, whatever the policy. */
const WITH_SNAPSHOTS: ReadonlySet<string> = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

/** True if the policy `Snapshot` has an effect on a type. */
export function hasSnapshots(type: string): boolean {
  return WITH_SNAPSHOTS.has(type);
}

/** Strength of a DeletionPolicy or an UpdateReplacePolicy of a resource type. */
export function policyStrength(policy: unknown, type: string): number {
  return hasSnapshots(type) || policy !== 'Snapshot' ? strengthWithSnapshots(policy) : KEEPS.nothing;
}

/** True for `Retain` and `RetainExceptOnCreate`. */
export function isRetained(policy: unknown): boolean {
  return RETAIN.test(String(policy));
}

/** Strength of a policy of a type with snapshots. */
export function strengthWithSnapshots(policy: unknown): number {
  if (isRetained(policy)) return KEEPS.resource;
  return policy === 'Snapshot' ? KEEPS.snapshot : KEEPS.nothing;
}

/** Adds the defaults of both policies to a resource. */
export function withDefaultPolicies(resource: Resource): Resource {
  return {
    DeletionPolicy: defaultDeletionPolicy(resource),
    UpdateReplacePolicy: 'Delete',
    ...resource,
  };
}

function defaultDeletionPolicy({ Type, Properties }: Resource): unknown {
  // SAM sets the policy by a property of its own.
  if (Type === 'AWS::Serverless::LayerVersion') return Properties?.['RetentionPolicy'] ?? 'Retain';
  const isOwnInstance = Type === 'AWS::RDS::DBInstance' && Properties?.['DBClusterIdentifier'] === undefined;
  return isOwnInstance || Type === 'AWS::RDS::DBCluster' ? 'Snapshot' : 'Delete';
}

/** Label of a masked secret, which the template has in plain text. */
const PLAIN_SECRET = /\(hidden value \d+\)/;
/** Dynamic reference, which CloudFormation resolves. */
const START_OF_DYNAMIC_REFERENCE = '{{resolve:';
const END_OF_DYNAMIC_REFERENCE = '}}';
/** Services that keep secrets. */
const OF_SECRET = /^(secretsmanager|ssm-secure):/;
/** Key of a secret's JSON. */
const KEY_IN_SECRET = /:SecretString:([^:]*)/;

/** Reference to an attribute of a resource; a doubled `$` is a text. */
const ATTRIBUTE = /(?<!\$)\$\{[^{}]*\.(\w+)\}/g;
/** Attributes that only lead to a secret. */
const LEADS_TO_SECRET = /(Arn|ARN|Id|Name|Url|Version)\d*$|DNS/;

/** Keys that Secrets Manager gives to the secret of a database, but for its password: they only locate the database. */
const KEYS_WITHOUT_SECRET: ReadonlySet<string> = new Set([
  'dbClusterIdentifier',
  'dbInstanceIdentifier',
  'dbname',
  'engine',
  'host',
  'masterarn',
  'port',
  'username',
]);

/** True if a text has a secret in plain text. */
export function hasPlainSecret(text: string): boolean {
  return PLAIN_SECRET.test(text);
}

/** True if a text has a secret, or gets one at the deployment: CloudFormation puts in the value of a reference. */
export function hasAnySecret(text: string): boolean {
  const hasNoEchoReference = NO_ECHO_REFERENCE.test(text);
  return hasPlainSecret(text) || hasNoEchoReference || hasReferenceToSecret(text) || hasSecretAttribute(text);
}

/** True if a text gets an attribute whose value is a secret, such as the `SecretAccessKey` of an access key. */
function hasSecretAttribute(text: string): boolean {
  return [...text.matchAll(ATTRIBUTE)].some(([, attribute = '']) => {
    return isSecretName(attribute) && !LEADS_TO_SECRET.test(attribute);
  });
}

export function hasReferenceToSecret(text: string): boolean {
  const [, ...pieces] = text.split(START_OF_DYNAMIC_REFERENCE);
  return pieces.some((piece) => {
    const [reference = ''] = piece.split(END_OF_DYNAMIC_REFERENCE);
    const [, key = ''] = KEY_IN_SECRET.exec(reference) ?? [];
    return OF_SECRET.test(reference) && !KEYS_WITHOUT_SECRET.has(key);
  });
}
