import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { groupBy } from '@infra/common/values';
import { count } from '@infra/common/words';
import type { DeployedResource } from '../../deployed/changed-by-hand/deployed-resources';
import type { Change, ChangeByDesign, Findings, NotCompared } from '../../deployed/changed-by-hand/findings';

/** Longest text of an error, in characters. */
const LONGEST_FAILURE = 10_000;
/** GitHub refuses a longer issue. */
const LONGEST_ISSUE = 65_536;

/** The body of an issue. It has no date, so that the same drift reads the same tomorrow. */
export function renderDrift(stackName: string, findings: Findings): string {
  const { changes, byDesign, notCompared } = findings;
  const failed = notCompared.filter(({ cause }) => cause === 'failed');
  const unresolved = notCompared.filter(({ cause }) => cause === 'unresolved');
  const unsupported = notCompared.filter(({ cause }) => cause === 'unsupported');
  const sections = [
    headline(stackName, changes, failed),
    ...renderChanges(changes),
    ...list('Could not be compared', failed.map(failureLine)),
    ...list('Not counted', byDesign.map(byDesignLine)),
    ...small('Only AWS knows what the template says of', unresolved.map(propertyOf)),
    ...small('Nothing compares', unsupported.map(typeOf)),
    '',
  ];
  return cut(sections.join('\n\n'));
}

/** Ids of requests differ each night. */
function withoutRequestIds(reason: string): string {
  return reason.replace(/\b(Request ?ID|RequestToken): ?[\w-]+/gi, '$1: …');
}

/** The body of an issue when nothing could be found out. */
export function renderFailure(message: string): string {
  const title = '**Drift could not be looked for, so nothing is known.**';
  return [title, fencedBlock(message.slice(0, LONGEST_FAILURE), ''), ''].join('\n\n');
}

function headline(stackName: string, changes: readonly Change[], failed: readonly NotCompared[]): string {
  const stack = inlineCode(stackName);
  const resources = new Set(changes.map(({ logicalId }) => logicalId)).size;
  const verb = resources === 1 ? 'is' : 'are';
  if (resources > 0) return `**${count(resources, 'resource')} of ${stack} ${verb} not as deployed.**`;
  return failed.length > 0 ? `**Whether ${stack} is as deployed could not be told.**` : `**${stack} is as deployed.**`;
}

/** Construct and type of a resource. */
function subjectOf({ path, type }: DeployedResource): string {
  return `${inlineCode(path)} (${inlineCode(type)})`;
}

function failureLine(finding: NotCompared): string {
  return `${subjectOf(finding)}: ${inlineCode(withoutRequestIds(finding.reason))}`;
}

function byDesignLine(change: ChangeByDesign): string {
  const values = `${inlineCode(change.expected)} became ${inlineCode(change.actual)}`;
  return `${subjectOf(change)}, ${change.property}: ${values}, as ${change.why}.`;
}

function typeOf({ type }: NotCompared): string {
  return inlineCode(type);
}

function propertyOf({ path, property }: NotCompared): string {
  return `${inlineCode(path)} ${property}`;
}

/** The changes of each resource, and what to do about them; nothing if there is none. */
function renderChanges(changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const byResource = groupBy(changes, ({ logicalId }) => logicalId);
  return [[...byResource.values()].map(renderResource).join('\n'), ...advice(changes)];
}

function renderResource(changes: readonly Change[]): string {
  const properties = changes.filter(({ property }) => property !== '');
  const [first] = changes;
  const subject = first ? subjectOf(first) : '';
  const verb = properties.length > 0 ? 'was changed' : 'was deleted';
  const lines = properties.map(
    ({ property, expected, actual }) =>
      `  - ${property}: ${inlineCode(expected)} was deployed, ${inlineCode(actual)} is there`,
  );
  return [`- **${subject}** ${verb}`, ...lines].join('\n');
}

function advice(changes: readonly Change[]): string[] {
  const fixes = [...new Set(changes.map(({ fix }) => fix))];
  return [
    'To keep a change, write it into `lib/config` or `lib/constructs` and deploy. To undo it, after reading what it would do:',
    fencedBlock(fixes.join('\n'), ''),
  ];
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}:`, items.map((item) => `- ${item}`).join('\n')];
}

function small(title: string, items: readonly string[]): string[] {
  const unique = [...new Set(items)].sort();
  return unique.length === 0 ? [] : [`<sub>${title}: ${unique.join(', ')}.</sub>`];
}

function cut(text: string): string {
  const end = '\n\n_The rest is left out, because an issue has an end. All of it: `npm run prooflink -- drift`._\n';
  if (text.length <= LONGEST_ISSUE) return text;
  const lastLine = text.lastIndexOf('\n', LONGEST_ISSUE - end.length);
  return `${text.slice(0, lastLine)}${end}`;
}
