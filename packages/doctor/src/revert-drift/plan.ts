import type { DifferenceType } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { type Difference, differencesBetween, textOf } from '../changed-by-hand/differences';
import { isDriftByDesign } from '../changed-by-hand/drift-by-design';
import { readableName } from '../changed-by-hand/property-name';
import { RESTORING_CHAPTER } from '@infra/operate/deployed/restoring-chapter';
import { revertDriftCommand } from '../revert-drift-command';
import type { DeployedStack } from '@infra/operate/deployed/deployed-stack';
import { words as changedByHand } from '../changed-by-hand/words';
import { Part } from '@infra/commands/app';
import { deployedSettings } from '@infra/operate/release/deployed-settings';
import type { PlannedChange, PlannedProperty } from './change-set';
import { words } from './words';

/** Longest value that a line shows, in characters. */
const LONGEST_VALUE = 60;

/** Change of the number of wanted tasks of a service, which nobody asks to revert: office hours and people decide it. */
export function taskCountIn(changes: readonly PlannedChange[]): PlannedProperty | undefined {
  const services = changes.filter(({ type, isCreated }) => type === 'AWS::ECS::Service' && !isCreated);
  return services.flatMap(({ properties }) => properties).find(({ name }) => name === 'DesiredCount');
}

/** True unless a change consists of nothing but drift by design, such as the number of wanted tasks. */
export function isWanted(change: PlannedChange): boolean {
  if (change.isCreated || change.isReplaced || change.properties.length === 0) return true;
  return change.properties.some((property) => {
    // CloudFormation names not every value.
    return isUnnamed(property) || wantedDifferences(change, property).length > 0;
  });
}

function isUnnamed({ actual, expected }: PlannedProperty): boolean {
  return differencesBetween(expected, actual).length === 0;
}

/** Differences within a property, without drift by design. */
function wantedDifferences({ type: ResourceType }: PlannedChange, { name, actual, expected }: PlannedProperty) {
  return differencesBetween(expected, actual, `/${name}`).filter((difference) => {
    const reported = { PropertyPath: difference.path, DifferenceType: differenceType(difference) };
    return !isDriftByDesign({ ResourceType }, { ...reported, ActualValue: String(difference.actual) });
  });
}

function differenceType({ actual, expected }: Difference): DifferenceType {
  if (actual === undefined) return 'REMOVE';
  return expected === undefined ? 'ADD' : 'NOT_EQUAL';
}

/** Reasons for which a change set must not be executed. */
export function refusals(stack: DeployedStack, changes: readonly PlannedChange[]): string[] {
  const databases = changes.filter(({ type }) => type === 'AWS::RDS::DBInstance');
  if (databases.some(({ isCreated, isReplaced }) => isCreated || isReplaced)) {
    return [words.emptyDatabase({ restoringChapter: RESTORING_CHAPTER })];
  }
  const isSettingsLost = changes.some(({ path, isCreated }) => isCreated && path === Part.settingsSecret.path);
  if (isSettingsLost && deployedSettings(stack).size > 0) return [words.emptySettings];
  const command = revertDriftCommand(stack);
  const storages = databases.flatMap(({ properties }) => properties.filter(({ name }) => name === 'AllocatedStorage'));
  const grown = storages.filter(({ actual, expected }) => Number(actual) > Number(expected));
  return grown.map(({ actual }) => {
    return words.smallerStorage({ remedy: changedByHand.grownStorage({ size: String(actual), command }) });
  });
}

/** Lines on what a change set would change, without secrets. */
export function describeChanges(changes: readonly PlannedChange[]): string[] {
  const mask = new SecretMask();
  return changes.map((change) => {
    const resource = `${change.path} (${change.type})`;
    if (change.isCreated) return words.created({ resource });
    const properties = change.properties.flatMap((property) => describeProperty(mask, change, property));
    return change.isReplaced ? words.replaced({ resource, properties }) : words.changed({ resource, properties });
  });
}

function describeProperty(mask: SecretMask, change: PlannedChange, property: PlannedProperty): string[] {
  const { name, actual, expected } = property;
  if (isUnnamed(property)) return [name];
  const masked = { name, actual: mask.mask(actual, name), expected: mask.mask(expected, name) };
  const texts = wantedDifferences(change, masked).map((difference) => {
    return describeDifference(readableName(difference.path, { [name]: expected }), difference);
  });
  // Several items of a list have one name.
  return [...new Set(texts)];
}

function describeDifference(name: string, { actual, expected }: Difference): string {
  if (actual === undefined || expected === undefined) return name;
  const texts = [textOf(actual), textOf(expected)];
  return texts.some((text) => text.length > LONGEST_VALUE) ? name : `${name} \`${texts.join('` → `')}\``;
}
