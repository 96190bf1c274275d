import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { groupBy } from '@infra/common/values';
import type { DeployedResource } from '@infra/operate/deployed/deployed-resources';
import type { Change, FailedComparison, Findings } from '../changed-by-hand/findings';
import { words } from './words';

/** Longest body of an issue that GitHub accepts, in characters. */
const LONGEST_ISSUE = 65_536;

/** An id that AWS gives to a request, in the text of an error. The extended id of S3 is in base64. */
const REQUEST_ID = /\b(Request ?ID|RequestToken): ?[\w+/=-]+/gi;

/**
 * Writes the findings as the body of an issue. The same findings have the same text on every day, so that the workflow
 * sees whether anything is new: the text has neither dates nor ids of requests.
 *
 * The text is in the locale's language. CI has no Japanese locale, so that its issues are in English.
 */
export function renderDrift(stackName: string, findings: Findings): string {
  const { changes, failures, neverCompared } = findings;
  const paragraphs = [
    headline(stackName, findings),
    ...renderChanges(changes),
    ...renderFailures(failures),
    ...renderNeverCompared(neverCompared),
    '',
  ];
  return cutToIssue(paragraphs.join('\n\n'));
}

/** Writes the body of an issue if no finding is known, since the comparison itself failed. */
export function renderFailure(message: string): string {
  const paragraphs = [`**${words.nothingKnown}**`, fencedBlock(withoutRequestIds(message)), ''];
  return cutToIssue(paragraphs.join('\n\n'));
}

function headline(stackName: string, findings: Findings): string {
  const sentence = headlineSentence(inlineCode(stackName), findings);
  return `**${sentence}**`;
}

function headlineSentence(stack: string, { changes, failures }: Findings): string {
  const changedIds = new Set(changes.map(({ logicalId }) => logicalId));
  if (changedIds.size > 0) return words.changed({ resourceCount: changedIds.size, stack });
  if (failures.length > 0) return words.unknown({ stack });
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
  return [words.advice, fencedBlock([...fixes].join('\n'))];
}

/** A title with a list of what failed, as two paragraphs; none if nothing did. */
function renderFailures(failures: readonly FailedComparison[]): string[] {
  if (failures.length === 0) return [];
  const items = failures.map((failed) => {
    const reason = withoutRequestIds(failed.reason);
    return `- ${pathAndType(failed)}: ${inlineCode(reason)}`;
  });
  return [words.couldNotBeCompared, items.join('\n')];
}

/** The text of an error, which is then the same every night. */
function withoutRequestIds(error: string): string {
  return error.replace(REQUEST_ID, '$1: …');
}

/** Construct path and type of a resource. */
function pathAndType({ path, type }: DeployedResource): string {
  return `${inlineCode(path)} (${inlineCode(type)})`;
}

/** A paragraph in small print with the types that nothing compares; none if there are none. */
function renderNeverCompared(resources: readonly DeployedResource[]): string[] {
  if (resources.length === 0) return [];
  const types = new Set(resources.map(({ type }) => inlineCode(type)));
  return [`<sub>${words.nothingCompares({ items: [...types].sort() })}</sub>`];
}

/** Cuts a text that is too long for an issue after a whole line, and says so. */
function cutToIssue(text: string): string {
  if (text.length <= LONGEST_ISSUE) return text;
  // The note comes first: behind a cut block of commands it would be one of them.
  const withNote = `_${words.restLeftOut}_\n\n${text}`;
  return withNote.slice(0, withNote.lastIndexOf('\n', LONGEST_ISSUE));
}
