import type { Assembly } from '@infra/common/assembly';
import { AcceptedFindings } from './accepted-findings';
import { readAcrossStacks } from './read/across-stacks';
import { compareStacks, EMPTY_STACK, findingsOnEntries } from './compare-stacks';
import { joinAcrossStacks, summaryOf } from './group-findings';
import { wordsOf } from './messages';
import type { Words } from './messages/words';
import { type Entry, keysOfEither } from './model/entry';
import { LEVELS, mostUrgent, positionOf } from './model/finding';
import type { EnvironmentReview, Review } from './model/review';
import type { ComparisonContext } from './read/stack-comparison';
import { TemplateReader } from './read/template-reader';
import { ASSEMBLY_MANIFEST } from './rules/rule';

/** Rank of findings without a resource, such as rights: after main data, before the rest. */
const RANK_WITHOUT_RESOURCE = 5;
const HIGHEST_RANK = 500;
const LOWEST_RANK = -1;

/** Compares two assemblies, environment by environment. */
export function compareAssemblies(
  base: Assembly,
  head: Assembly,
  configDiff: string,
  accepted = new AcceptedFindings(),
): Review {
  const across = readAcrossStacks(base, head);
  const keys = keysOfEither(base.stacks, head.stacks);
  const environments = keys.map((key) => compareStacks(base.stacks.get(key), head.stacks.get(key), across, accepted));
  environments.sort((one, other) => sortKeyOf(one) - sortKeyOf(other));
  return {
    notes: versionNotes(base, head),
    environments: [...joinAcrossStacks(environments), ...compareManifests(base, head)],
    configDiff,
  };
}

/** Sort key of environments: the most urgent finding first, and with the same urgency the highest rank. */
function sortKeyOf({ findings }: EnvironmentReview): number {
  if (findings.length === 0) return LEVELS.length - LOWEST_RANK / 1000;
  const levels = findings.map((finding) => finding.level);
  const level = mostUrgent(levels);
  const mostUrgentFindings = findings.filter((finding) => finding.level === level);
  const ranks = mostUrgentFindings.map(({ rank = RANK_WITHOUT_RESOURCE }) => Math.min(rank, HIGHEST_RANK));
  const highestRank = Math.max(LOWEST_RANK, ...ranks);
  return positionOf(level) - highestRank / 1000;
}

/** Compares the manifests without their stacks: files, and what the CDK writes for itself. */
function compareManifests(base: Assembly, head: Assembly): EnvironmentReview[] {
  const manifests = {
    before: base.manifestWithoutStacks,
    after: head.manifestWithoutStacks,
  };
  const entry: Entry = {
    subject: wordsOf('subject.manifest'),
    parts: [{ ruleKey: ASSEMBLY_MANIFEST, normalized: manifests, asWritten: manifests }],
  };
  const reader = new TemplateReader(EMPTY_STACK);
  const context: ComparisonContext = {
    readers: { before: reader, after: reader },
    naming: (text) => text,
    tagsInPolicies: new Set(),
  };
  const findings = findingsOnEntries([entry], context);
  if (findings.length === 0) return [];
  const review: EnvironmentReview = {
    name: 'manifest.json',
    findings,
    summary: summaryOf(findings),
  };
  return [review];
}

function versionNotes(base: Assembly, head: Assembly): Words[] {
  const isSameVersion = base.cdkVersion === head.cdkVersion && base.schemaVersion === head.schemaVersion;
  if (isSameVersion) return [];
  const note = wordsOf('versions', {
    old: versionOf(base),
    now: versionOf(head),
  });
  return [note];
}

function versionOf({ cdkVersion, schemaVersion }: Assembly): string {
  return cdkVersion || `assembly schema ${schemaVersion}`;
}
