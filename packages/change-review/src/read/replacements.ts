import type { Resource } from '@infra/common/template';
import { entriesOf, stableJson } from '@infra/common/values';
import { type BeforeAndAfter, isCertain, keysOfEither, type Replacement } from '../model/entry';
import { namesReferredToIn } from './normalized-text';
import { mayBeSame } from './possible-values';
import { propertySchemaOf, typeMadeOf } from './resource-schemas';
import type { TemplateReader } from './template-reader';

/** Resources that CloudFormation replaces, by their logical IDs. */
export type Replacements = ReadonlyMap<string, Replacement>;

/** Types of which each change makes a new revision beside the earlier ones, and the message that names them. */
export const REVISIONS: ReadonlyMap<string, 'noun.task' | 'noun.job'> = new Map([
  ['AWS::ECS::TaskDefinition', 'noun.task'],
  ['AWS::Batch::JobDefinition', 'noun.job'],
]);

/**
 * Properties that AWS changes on the running instance, although the schema calls their replacement conditional: because of
 * read replicas and restores of RDS, and of root volumes of EC2 that are no EBS volumes.
 */
const MODIFIED_IN_PLACE: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'AWS::RDS::DBInstance',
    [
      'AutoMinorVersionUpgrade',
      'BackupRetentionPeriod',
      'DBParameterGroupName',
      'MultiAZ',
      'PreferredMaintenanceWindow',
      'StorageType',
    ],
  ],
  ['AWS::EC2::Instance', ['EbsOptimized', 'InstanceType', 'SecurityGroupIds', 'Tenancy', 'UserData']],
]);

/** A resource that both sides have. */
interface CommonResource {
  readonly id: string;
  readonly isOtherType: boolean;
  readonly replacingProperties: readonly ReplacingProperty[];
}

/** A property whose change replaces the resource. */
interface ReplacingProperty {
  readonly name: string;
  readonly isCreateOnly: boolean;
  /** True if a condition or a parameter decides whether the value changes at all. */
  readonly mayStaySame: boolean;
  readonly isChanged: boolean;
  /** Logical IDs that its new value refers to: it changes with any of them that is replaced. */
  readonly references: readonly string[];
}

/** The resources that are replaced, and with them those that refer to one in a property that cannot change in place. */
export function findReplacements(
  { before, after }: BeforeAndAfter<ReadonlyMap<string, Resource>>,
  readers: BeforeAndAfter<TemplateReader>,
): Replacements {
  const commonResources: CommonResource[] = [];
  for (const [id, resource] of after) {
    const earlier = before.get(id);
    if (!earlier) continue;
    commonResources.push(commonResource(id, { before: earlier, after: resource }, readers));
  }
  const replacements = new Map<string, Replacement>();
  let previousSize = -1;
  // A replacement may replace others, until none is added.
  while (previousSize !== replacements.size) {
    previousSize = replacements.size;
    for (const resource of commonResources) {
      const replacement = replacementOf(resource, replacements);
      if (replacement) replacements.set(resource.id, replacement);
    }
  }
  return replacements;
}

function commonResource(
  id: string,
  resource: BeforeAndAfter<Resource>,
  readers: BeforeAndAfter<TemplateReader>,
): CommonResource {
  const isOtherType = typeMadeOf(resource.before.Type) !== typeMadeOf(resource.after.Type);
  return { id, isOtherType, replacingProperties: replacingProperties(resource, readers) };
}

function replacingProperties(
  { before, after }: BeforeAndAfter<Resource>,
  readers: BeforeAndAfter<TemplateReader>,
): ReplacingProperty[] {
  const propertiesBefore = entriesOf(before.Properties);
  const propertiesAfter = entriesOf(after.Properties);
  const replacing: ReplacingProperty[] = [];
  for (const name of keysOfEither(propertiesBefore, propertiesAfter)) {
    const impact = propertySchemaOf(after.Type, name)?.causesReplacement ?? impactWithoutSchema(name);
    const isInPlace = MODIFIED_IN_PLACE.get(after.Type)?.includes(name) ?? false;
    if (impact === 'no' || (impact === 'maybe' && isInPlace)) continue;
    const valueBefore = propertiesBefore.get(name);
    const value = propertiesAfter.get(name);
    replacing.push({
      name,
      isCreateOnly: impact === 'yes',
      mayStaySame: mayBeSame({ before: valueBefore, after: value }, readers),
      isChanged: stableJson(valueBefore) !== stableJson(value),
      references: namesReferredToIn(value),
    });
  }
  return replacing;
}

/** Custom resources have no schema: only another handler replaces one for certain. */
function impactWithoutSchema(property: string): 'yes' | 'no' {
  return property === 'ServiceToken' ? 'yes' : 'no';
}

function replacementOf(resource: CommonResource, replacements: Replacements): Replacement | undefined {
  const { isOtherType, replacingProperties: properties } = resource;
  const refersToReplaced = ({ references }: ReplacingProperty) => {
    return references.some((id) => isCertain(replacements.get(id)));
  };
  const changed = properties.filter((property) => property.isChanged || refersToReplaced(property));
  if (changed.length === 0 && !isOtherType) return undefined;
  const causes = isOtherType ? ['Type'] : [];
  const possibleCauses: string[] = [];
  for (const property of changed) {
    const isReplaced = property.isCreateOnly && (refersToReplaced(property) || !property.mayStaySame);
    (isReplaced ? causes : possibleCauses).push(property.name);
  }
  return { causes, possibleCauses };
}
