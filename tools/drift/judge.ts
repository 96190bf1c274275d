import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { SecretMask } from '@infra/common/secret-mask';
import { subjectOf } from '@infra/common/naming';
import type { Template } from '@infra/common/template';
import { say, type Words } from '@infra/common/words';
import { byDesign, UNREADABLE } from '../shared/drift-by-design';
import { type Difference, differenceOf } from '../shared/drift-difference';

/** A resource that somebody changed or deleted by hand. */
export interface DriftedResource {
  readonly subject: Words;
  readonly type: string;
  readonly deleted: boolean;
  readonly differences: readonly Difference[];
}

/** The result of a comparison. */
export interface Judgement {
  readonly drifted: readonly DriftedResource[];
  /** Differences by design, a sentence each. */
  readonly byDesign: readonly Words[];
  /** Comparisons that CloudFormation could not make, a sentence each. */
  readonly unknown: readonly Words[];
  /** The resource types that CloudFormation could not read, as is known of them. */
  readonly unreadable: readonly string[];
  /** The resource types that CloudFormation never compares. */
  readonly unchecked: readonly string[];
}

/** Puts what CloudFormation found into words; secrets are masked, and what changes by design is set apart. */
export function judge(drifts: readonly StackResourceDrift[], template: Template, mask: SecretMask): Judgement {
  const drifted: DriftedResource[] = [];
  const designs: Words[] = [];
  const unknown: Words[] = [];
  const unreadable = new Set<string>();
  const compared = new Set<string>();
  for (const drift of drifts) {
    const id = drift.LogicalResourceId ?? '';
    const subject = subjectOf(id, template.Resources[id] ?? { Type: drift.ResourceType ?? '' });
    const type = drift.ResourceType ?? '';
    const status = drift.StackResourceDriftStatus;
    if (status === 'NOT_CHECKED' || status === 'UNSUPPORTED') continue;
    compared.add(id);
    if (status === 'IN_SYNC') continue;
    if (status === 'DELETED') {
      drifted.push({ subject, type, deleted: true, differences: [] });
    } else if (status === 'MODIFIED') {
      const differences: Difference[] = [];
      for (const difference of drift.PropertyDifferences ?? []) {
        const why = byDesign(drift, difference.PropertyPath ?? '', difference.ActualValue ?? '');
        const told = differenceOf(drift, difference, mask);
        if (why === undefined) differences.push(told);
        else
          designs.push(
            say`${subject}, ${told.path}: ${told.expected ?? ''} became ${told.actual ?? 'unknown'}, as ${[why]}.`,
          );
      }
      // MODIFIED without a difference would be news, and must not get lost.
      if (differences.length > 0 || !drift.PropertyDifferences?.length) {
        drifted.push({ subject, type, deleted: false, differences });
      }
    } else if (status === 'UNKNOWN' && UNREADABLE.includes(drift.ResourceType)) {
      unreadable.add(drift.ResourceType ?? '');
    } else {
      unknown.push(say`${subject}: ${drift.DriftStatusReason ?? `the status ${String(status)}, without a reason`}`);
    }
  }
  const rest = Object.entries(template.Resources).filter(([id, { Type }]) => !compared.has(id) && Type !== METADATA);
  const types = (found: Iterable<string>) => [...new Set(found)].sort();
  return {
    drifted,
    byDesign: designs,
    unknown,
    unreadable: types(unreadable),
    unchecked: types(rest.map(([, { Type }]) => Type)),
  };
}

/** CDK's own usage record: there is nothing to compare. */
const METADATA = 'AWS::CDK::Metadata';
