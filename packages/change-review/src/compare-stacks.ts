import type { SynthesizedStack } from '@infra/common/assembly';
import { groupBy } from '@infra/common/values';
import type { AcceptedFindings } from './accepted-findings';
import type { AcrossStacks } from './read/across-stacks';
import { cdkDiff } from './cdk-diff';
import { manifestEntry } from './entries/manifest-entry';
import { resourceEntries } from './entries/resource-entries';
import { sectionEntries } from './entries/section-entries';
import { findingsOf } from './entry-findings';
import { byRank, joinAlike, summaryOf, urgentOf } from './group-findings';
import { judgeChanges } from './judge/judge';
import { wordsForCount, wordsOf } from './messages';
import { join, say } from './messages/words';
import type { Entry } from './model/entry';
import type { Finding } from './model/finding';
import type { EnvironmentReview } from './model/review';
import { networkFindings } from './network/network-findings';
import { isRetained } from './read/value';
import { type ComparisonContext, readBothSides, type StackComparison } from './read/stack-comparison';
import { rightsFindings } from './rights/rights-findings';

/** Stack without anything in it. */
export const EMPTY_STACK: SynthesizedStack = {
  name: '',
  environment: '',
  terminationProtection: false,
  tags: {},
  artifact: {},
  template: { Resources: {} },
};

const STACK_REMOVED: Finding = {
  level: 'left',
  subject: wordsOf('subject.stack'),
  sentences: [wordsOf('stackGone')],
  changes: [],
  advice: [wordsOf('do.environment')],
};

/**
 * Compares both versions of a stack, of which one may be missing. A nested one that is removed is deleted; another one
 * stays deployed.
 * @param across - Relations between the stacks of the app.
 */
export function compareStacks(
  base: SynthesizedStack | undefined,
  head: SynthesizedStack | undefined,
  across: AcrossStacks,
  accepted: AcceptedFindings,
): EnvironmentReview {
  const { name } = head ?? base ?? EMPTY_STACK;
  if (!head) {
    return {
      name,
      findings: accepted.applyTo(name, findingsOnRemoval(base ?? EMPTY_STACK, across)),
      summary: wordsOf('removedEnvironment'),
    };
  }
  const before = base ?? withoutTemplate(head);
  const comparison = readBothSides(before, head, across);
  const findings = accepted.applyTo(name, joinAlike(findingsOn(comparison)));
  const diff = cdkDiff(before.template, head.template);
  if (base) {
    return {
      name,
      findings: byRank(findings),
      summary: summaryOf(findings),
      cdkDiff: diff,
    };
  }
  const resourceCount = Object.keys(head.template.Resources).length;
  return {
    name,
    findings: byRank([...urgentOf(findings), newResources(head)]),
    summary: wordsForCount('newEnvironment', resourceCount),
    cdkDiff: diff,
  };
}

/** Compares the values of entries, and judges each difference. */
export function findingsOnEntries(entries: readonly Entry[], context: ComparisonContext): Finding[] {
  return entries.flatMap((entry) => {
    const changes = judgeChanges(entry, context);
    return findingsOf(entry, changes, context);
  });
}

function findingsOn(comparison: StackComparison): Finding[] {
  const manifest = manifestEntry(comparison);
  const sections = sectionEntries(comparison);
  const resources = resourceEntries(comparison);
  const findings = findingsOnEntries([manifest, ...sections, ...resources], comparison);
  // Network paths and rights follow from values: without a change of any, they are the same.
  if (findings.length === 0) return [];
  return [...findings, ...networkFindings(comparison), ...rightsFindings(comparison)];
}

function findingsOnRemoval(before: SynthesizedStack, across: AcrossStacks): Finding[] {
  const { nested } = before;
  // Its parent's review says so.
  if (isRetained(nested?.deletionPolicy)) return [];
  const comparison = readBothSides(before, withoutTemplate(before), across);
  const findings = findingsOnEntries(resourceEntries(comparison), comparison);
  return byRank([...(nested ? [] : [STACK_REMOVED]), ...urgentOf(findings)]);
}

function withoutTemplate(stack: SynthesizedStack): SynthesizedStack {
  return { ...stack, template: EMPTY_STACK.template };
}

/** All types of resources in a new environment, without a look at each resource. */
function newResources({ template }: SynthesizedStack): Finding {
  const resourcesByType = groupBy(Object.values(template.Resources), ({ Type }) => Type);
  const types = [...resourcesByType].sort();
  const counts = types.map(([type, resources]) => {
    const count = [String(resources.length)];
    return say`${type} × ${count}`;
  });
  return {
    level: 'look',
    subject: wordsOf('subject.newResources'),
    sentences: [wordsOf('newResources', { counts: join(counts, ', ') })],
    changes: [],
  };
}
