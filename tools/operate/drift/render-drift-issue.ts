import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { groupBy } from '@infra/common/values';
import type { DeployedResource } from '../../deployed/changed-by-hand/deployed-resources';
import type { Change, ChangeByDesign, Findings, NotCompared } from '../../deployed/changed-by-hand/findings';
import { words } from './words';

/** Longest text of an error, in characters. */
const LONGEST_FAILURE = 10_000;
/** Longest body of an issue that GitHub accepts, in characters. */
const LONGEST_ISSUE = 65_536;

/** An id that AWS gives to a request, in the text of an error. The extended id of S3 is in base64. */
const REQUEST_ID = /\b(Request ?ID|RequestToken): ?[\w+/=-]+/gi;

/** First line of a fenced block, or its last line. */
const FENCE = /^`{3,}/;

/**
 * Writes the findings as the body of an issue. The same findings have the same text on every day, so that the workflow
 * sees whether anything is new: the text has neither dates nor ids of requests.
 *
 * The text is in the locale's language. CI has no Japanese locale, so that its issues are in English.
 */
export function renderDrift(stackName: string, findings: Findings): string {
  const { changes, byDesign, notCompared } = findings;
  const failed = notCompared.filter(({ cause }) => cause === 'failed');
  const unresolved = notCompared.filter(({ cause }) => cause === 'unresolved');
  const unsupported = notCompared.filter(({ cause }) => cause === 'unsupported');
  const paragraphs = [
    headline(stackName, changes, failed),
    ...renderChanges(changes),
    ...listOf(words.couldNotBeCompared(), failed.map(failureItem)),
    ...listOf(words.notCounted(), byDesign.map(byDesignItem)),
    ...smallPrint(words.onlyAwsKnows, unresolved.map(pathAndProperty)),
    ...smallPrint(words.nothingCompares, unsupported.map(resourceType)),
    '',
  ];
  return cutToIssue(paragraphs.join('\n\n'));
}

/** Writes the body of an issue if no finding is known, since the comparison itself failed. */
export function renderFailure(message: string): string {
  const stableMessage = withoutRequestIds(message).slice(0, LONGEST_FAILURE);
  const paragraphs = [`**${words.nothingKnown()}**`, fencedBlock(stableMessage), ''];
  return cutToIssue(paragraphs.join('\n\n'));
}

function headline(stackName: string, changes: readonly Change[], failed: readonly NotCompared[]): string {
  const sentence = headlineSentence(inlineCode(stackName), changes, failed);
  return `**${sentence}**`;
}

function headlineSentence(stack: string, changes: readonly Change[], failed: readonly NotCompared[]): string {
  const changedIds = new Set(changes.map(({ logicalId }) => logicalId));
  if (changedIds.size > 0) return words.changed({ resourceCount: changedIds.size, stack });
  if (failed.length > 0) return words.unknown({ stack });
  return words.asDeployed({ stack });
}

/** The changes, and advice on them, as two paragraphs; none if there are no changes. */
function renderChanges(changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const changesByResource = groupBy(changes, ({ logicalId }) => logicalId);
  const items = [...changesByResource.values()].map(changedResourceItem);
  return [items.join('\n'), ...advice(changes)];
}

/** One item of a list for all changes of one resource. */
function changedResourceItem(changesOfResource: readonly Change[]): string {
  const [firstChange] = changesOfResource;
  const resource = firstChange ? pathAndType(firstChange) : '';
  // The change of a deleted resource names no property.
  const propertyChanges = changesOfResource.filter(({ property }) => property !== '');
  const isDeleted = propertyChanges.length === 0;
  const sentence = isDeleted ? words.deletedResource({ resource }) : words.changedResource({ resource });
  const lines = propertyChanges.map(({ property, expected, actual }) => {
    const change = words.changedProperty({ property, expected: inlineCode(expected), actual: inlineCode(actual) });
    return `  - ${change}`;
  });
  return [`- ${sentence}`, ...lines].join('\n');
}

function advice(changes: readonly Change[]): string[] {
  const fixes = new Set(changes.map(({ fix }) => fix));
  return [words.advice(), fencedBlock([...fixes].join('\n'))];
}

function failureItem(failed: NotCompared): string {
  const reason = withoutRequestIds(failed.reason);
  return `${pathAndType(failed)}: ${inlineCode(reason)}`;
}

/** The text of an error, which is then the same every night. */
function withoutRequestIds(error: string): string {
  return error.replace(REQUEST_ID, '$1: …');
}

function byDesignItem(change: ChangeByDesign): string {
  return words.changedByDesign({
    resource: pathAndType(change),
    property: change.property,
    expected: inlineCode(change.expected),
    actual: inlineCode(change.actual),
    why: change.why,
  });
}

/** Construct path and type of a resource. */
function pathAndType({ path, type }: DeployedResource): string {
  return `${inlineCode(path)} (${inlineCode(type)})`;
}

function pathAndProperty({ path, property }: NotCompared): string {
  return `${inlineCode(path)} ${property}`;
}

function resourceType({ type }: NotCompared): string {
  return inlineCode(type);
}

/** A title with a list below it, as two paragraphs; none if there are no items. */
function listOf(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => `- ${item}`);
  return [title, lines.join('\n')];
}

/** A paragraph in small print with the different items, sorted; none if there are no items. */
function smallPrint(sentence: typeof words.onlyAwsKnows, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const sortedItems = [...new Set(items)].sort();
  return [`<sub>${sentence({ items: sortedItems })}</sub>`];
}

/** Cuts a text that is too long for an issue after a whole line, and says so. */
function cutToIssue(text: string): string {
  if (text.length <= LONGEST_ISSUE) return text;
  const note = `\n\n_${words.restLeftOut()}_\n`;
  const room = LONGEST_ISSUE - note.length;
  const roomForEnd = endOfOpenBlock(text.slice(0, room)).length;
  const cut = cutAfterLine(text, room - roomForEnd);
  // Without the end of the block, the note would be one of its lines.
  return `${cut}${endOfOpenBlock(cut)}${note}`;
}

/** Cuts a text at the end of the last line that ends within a length. */
function cutAfterLine(text: string, length: number): string {
  return text.slice(0, text.lastIndexOf('\n', length));
}

/** Last line of a fenced block that has begun in a text and does not end there; empty if there is none. */
function endOfOpenBlock(text: string): string {
  let openFence: string | undefined;
  for (const line of text.split('\n')) {
    if (openFence === undefined) openFence = FENCE.exec(line)?.[0];
    else if (line === openFence) openFence = undefined;
  }
  return openFence === undefined ? '' : `\n${openFence}`;
}
