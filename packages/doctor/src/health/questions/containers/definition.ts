import { SecretMask } from '@infra/common/secret-mask';
import { familyAndRevision } from '@infra/operate/deployed/arn';
import { type Difference, differencesBetween, textOf } from '../../../changed-by-hand/differences';
import { readableName } from '../../../changed-by-hand/property-name';
import type { Definition } from '@infra/operate/deployed/containers';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import type { CheckedContainer } from './container-kind';
import { words } from './words';
import { isStackInProgress, physicalIdOf } from '@infra/operate/deployed/deployed-stack';

/**
 * Checks that the containers run the revision that the stack has registered, or an equal one. One that was registered by
 * hand may name another image, role, bucket, secret or log group.
 */
export async function checkDefinition(checkedContainer: CheckedContainer): Promise<Answer> {
  const { environment, container, kind } = checkedContainer;
  const differences = await differencesByHand(checkedContainer);
  if (differences.length === 0) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.definition.byHand({
      containers: kind.pluralName,
      revision: familyAndRevision(container.definitionArn),
      revisionOfStack: familyAndRevision(physicalIdOf(environment, kind.definition)),
      differences,
    }),
    fix: kind.restoreCommand(environment, container),
  });
}

/** True if the containers run a revision that no deployment has registered, and that differs from the stack's. */
export async function isRevisionByHand(checkedContainer: CheckedContainer): Promise<boolean> {
  const differences = await differencesByHand(checkedContainer);
  return differences.length > 0;
}

/** Texts on what differs in a revision that was registered by hand; none if the containers run no such revision. */
async function differencesByHand(checkedContainer: CheckedContainer): Promise<string[]> {
  const { environment, container, kind } = checkedContainer;
  if (!isOtherRevision(checkedContainer)) return [];
  const definitionOfStack = await kind.readDefinition(environment, physicalIdOf(environment, kind.definition));
  return describeDifferences(definitionOfStack, await kind.readDefinition(environment, container.definitionArn));
}

/** True for a revision that is not the stack's. An older one of the web tasks is: ECS returns to the last one that served. */
function isOtherRevision({ environment, container, kind }: CheckedContainer): boolean {
  if (isStackInProgress(environment)) return false;
  const revisionOfStack = familyAndRevision(physicalIdOf(environment, kind.definition));
  const revision = familyAndRevision(container.definitionArn);
  if (revision === revisionOfStack) return false;
  const isOtherFamily = familyOf(revision) !== familyOf(revisionOfStack);
  return isOtherFamily || kind.idSuffix === 'batch' || numberOf(revision) > numberOf(revisionOfStack);
}

/** Family of `<family>:<revision>`. */
function familyOf(familyWithRevision: string): string {
  return familyWithRevision.split(':')[0] ?? '';
}

/** Revision of `<family>:<revision>`. */
function numberOf(familyWithRevision: string): number {
  return Number(familyWithRevision.split(':')[1]);
}

/** Texts on what differs, without the values of secrets. */
function describeDifferences(definitionOfStack: Definition, definition: Definition): string[] {
  const mask = new SecretMask();
  const expected = mask.mask(definitionOfStack);
  const actual = mask.mask(definition);
  const changed = differencesBetween(expected, actual);
  const added = differencesBetween(actual, expected).filter((difference) => difference.actual === undefined);
  const knownPaths = new Set(changed.map(({ path }) => path));
  const onlyAdded = added.filter(({ path }) => !knownPaths.has(path));
  const differences: Difference[] = [
    ...changed,
    ...onlyAdded.map(({ path, expected: value }) => ({ path, expected: undefined, actual: value })),
  ];
  const withEffect = differences.filter((difference) => isSet(difference.expected) || isSet(difference.actual));
  return withEffect.map((difference) => describeDifference(difference, definition));
}

/** False for a property that is left out, and for an empty object or list, which AWS may add. */
function isSet(value: unknown): boolean {
  return value !== undefined && !['{}', '[]'].includes(JSON.stringify(value));
}

function describeDifference({ path, expected, actual }: Difference, definition: unknown): string {
  return `${readableName(path, definition)} ${valueText(expected)} → ${valueText(actual)}`;
}

function valueText(value: unknown): string {
  return value === undefined ? words.definition.notSet : textOf(value);
}
