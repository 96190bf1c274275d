import type { DifferenceType } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { coverageOf, type Effect } from '../changed-by-hand/coverage';
import { type Difference, differencesBetween, textOf } from '../changed-by-hand/differences';
import { type DriftByDesign, driftByDesign } from '../changed-by-hand/drift-by-design';
import { readableName } from '../changed-by-hand/property-name';
import { RESTORING_CHAPTER } from '@infra/operate/deployed/restoring-chapter';
import { revertDriftCommand } from '../revert-drift-command';
import type { DeployedStack } from '@infra/operate/deployed/deployed-stack';
import { words as changedByHandWords } from '../changed-by-hand/words';
import { Part } from '@infra/commands/app';
import { deployedSettings } from '@infra/operate/release/deployed-settings';
import type { PlannedChange, PlannedProperty } from './change-set';
import { words } from './words';

/** Longest value that a line shows, in characters. */
const LONGEST_VALUE = 60;

/** Types whose update starts web tasks, or waits for the database. */
const TYPES_WITH_TASKS: ReadonlySet<string> = new Set([
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::RDS::DBInstance',
]);

/** True if a change set starts web tasks, or changes the database. */
export function needsDatabase(changes: readonly PlannedChange[]): boolean {
  return changes.some(({ type }) => TYPES_WITH_TASKS.has(type));
}

/** A difference within a property, and the reason if it is no change by hand. */
interface PlannedDifference extends Difference {
  readonly byDesign?: DriftByDesign;
}

function differencesIn({ type: ResourceType }: PlannedChange, property: PlannedProperty): PlannedDifference[] {
  const { name, actual, expected } = property;
  return differencesBetween(expected, actual, `/${name}`).map((difference) => {
    const reported = {
      PropertyPath: difference.path,
      DifferenceType: differenceType(difference),
      ExpectedValue: String(difference.expected),
      ActualValue: String(difference.actual),
    };
    return { ...difference, byDesign: driftByDesign({ ResourceType }, reported) };
  });
}

function differenceType({ actual, expected }: Difference): DifferenceType {
  if (actual === undefined) return 'REMOVE';
  return expected === undefined ? 'ADD' : 'NOT_EQUAL';
}

/** The differences of a change; `undefined` if it is more than CloudFormation names values for. */
function namedDifferences(change: PlannedChange): PlannedDifference[] | undefined {
  if (change.isCreated || change.properties.length === 0 || change.properties.some(isUnnamed)) return undefined;
  return change.properties.flatMap((property) => differencesIn(change, property));
}

function isUnnamed({ actual, expected }: PlannedProperty): boolean {
  return differencesBetween(expected, actual).length === 0;
}

/** Issues of CloudFormation's roadmap by which a change is a false one, which changes nothing; none if it is real. */
export function falseBy(change: PlannedChange): number[] {
  const issues = namedDifferences(change)?.map(({ byDesign }) => byDesign?.falseBy) ?? [undefined];
  return issues.every((issue) => issue !== undefined) ? [...new Set(issues)] : [];
}

/** True unless a change consists of nothing but drift by design, such as the number of wanted tasks. */
export function isWanted(change: PlannedChange): boolean {
  return namedDifferences(change)?.some(({ byDesign }) => byDesign === undefined) ?? true;
}

/** Reasons for which a change set must not be executed. */
export function refusals(stack: DeployedStack, changes: readonly PlannedChange[]): string[] {
  const databases = changes.filter(({ type }) => type === 'AWS::RDS::DBInstance');
  if (databases.some(({ isCreated, replacement }) => isCreated || replacement === 'True')) {
    return [words.emptyDatabase({ restoringChapter: RESTORING_CHAPTER })];
  }
  const isSettingsLost = changes.some(({ path, isCreated }) => isCreated && path === Part.settingsSecret.path);
  if (isSettingsLost && deployedSettings(stack).size > 0) return [words.emptySettings];
  const secrets = changes.filter(({ type, isCreated, isInSync }) => {
    return type === 'AWS::SecretsManager::Secret' && !isCreated && !isInSync;
  });
  if (secrets.length > 0) return [words.changedSecrets({ changes: describeChanges(secrets) })];
  const command = revertDriftCommand(stack);
  const storages = databases.flatMap(({ properties }) => properties.filter(({ name }) => name === 'AllocatedStorage'));
  const grown = storages.filter(({ actual, expected }) => Number(actual) > Number(expected));
  return grown.map(({ actual }) => {
    return words.smallerStorage({ remedy: changedByHandWords.grownStorage({ size: String(actual), command }) });
  });
}

/**
 * Paths of changes that a person has not chosen. CloudFormation executes a change set as a whole, so that one with other
 * parts is refused.
 */
export function notChosen(changes: readonly PlannedChange[], chosenPaths: readonly string[]): string[] {
  const paths = changes.map(({ path }) => path);
  return paths.filter((path) => !chosenPaths.some((chosen) => path === chosen || path.startsWith(`${chosen}/`)));
}

/** Lines on what a change set would change, and what that does beyond it, without secrets. */
export function describeChanges(changes: readonly PlannedChange[]): string[] {
  const mask = new SecretMask();
  return changes.map((change) => {
    const effects = effectsOf(change).map((effect) => words.effects[effect]);
    return [describeChange(mask, change), ...effects].join('\n    ');
  });
}

function describeChange(mask: SecretMask, change: PlannedChange): string {
  const resource = `${change.path} (${change.type})`;
  if (change.isCreated) return words.created({ resource });
  const properties = change.properties.flatMap((property) => describeProperty(mask, change, property));
  switch (change.replacement) {
    case 'True':
      return words.replaced({ resource, properties });
    case 'Conditional':
      return words.mayBeReplaced({ resource, properties });
    default:
      return words.changed({ resource, properties });
  }
}

function describeProperty(mask: SecretMask, change: PlannedChange, property: PlannedProperty): string[] {
  const { name, actual, expected } = property;
  if (isUnnamed(property)) return [name];
  const masked = { name, actual: mask.mask(actual, name), expected: mask.mask(expected, name) };
  const real = differencesIn(change, masked).filter(({ byDesign }) => byDesign?.falseBy === undefined);
  const texts = real.map((difference) => {
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

/** Effects of a change beyond its values, by the table of coverage. */
function effectsOf({ type, path, isCreated, replacement, properties }: PlannedChange): Effect[] {
  const { reverting = [], creating } = coverageOf(type);
  const effects: Effect[] = [];
  if (isCreated && path === Part.sessionSecret.path) effects.push('signsUsersOut');
  if (creating && (isCreated || replacement === 'True')) effects.push(creating);
  for (const { properties: names, effect, applies } of reverting) {
    const reverted = properties.filter(({ name }) => names.includes(name));
    if (reverted.some((values) => applies?.(values) ?? true)) effects.push(effect);
  }
  return [...new Set(effects)];
}
