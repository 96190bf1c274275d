import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { SecretMask } from '@infra/common/secret-mask';
import { subjectOf } from '@infra/common/naming';
import type { Template } from '@infra/common/template';
import { say, type Words } from '@infra/common/words';
import { byDesign, UNREADABLE } from '../../deployed/changed-by-hand/drift-by-design';
import { type Difference, differenceOf } from '../../deployed/changed-by-hand/drift-difference';

/** A resource that was changed or deleted by hand. */
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

/** CDK's own usage record: there is nothing to compare. */
const METADATA = 'AWS::CDK::Metadata';

/** Puts what CloudFormation found into words; secrets are masked, and what changes by design is set apart. */
export function judge(drifts: readonly StackResourceDrift[], { Resources }: Template, mask: SecretMask): Judgement {
  const drifted: DriftedResource[] = [];
  const [designs, unknown]: [Words[], Words[]] = [[], []];
  const unreadable: string[] = [];
  const compared = drifts.filter(({ StackResourceDriftStatus: it }) => it !== 'NOT_CHECKED' && it !== 'UNSUPPORTED');
  for (const drift of compared) {
    const { LogicalResourceId: id = '', ResourceType: type = '', PropertyDifferences: all = [] } = drift;
    const { StackResourceDriftStatus: status, DriftStatusReason: reason } = drift;
    const subject = subjectOf(id, Resources[id] ?? { Type: type });
    if (status === 'DELETED') drifted.push({ subject, type, deleted: true, differences: [] });
    else if (status === 'MODIFIED') {
      const differences: Difference[] = [];
      for (const each of all) {
        const reported = differenceOf(drift, each, mask);
        const { path, expected = '', actual = 'unknown' } = reported;
        const why = byDesign(drift, path, each.ActualValue ?? '');
        if (why === undefined) differences.push(reported);
        else designs.push(say`${subject}, ${path}: ${expected} became ${actual}, as ${[why]}.`);
      }
      // MODIFIED without a difference would be news, and must not get lost.
      if (differences.length > 0 || all.length === 0) drifted.push({ subject, type, deleted: false, differences });
    } else if (status === 'UNKNOWN' && UNREADABLE.includes(type)) unreadable.push(type);
    else if (status !== 'IN_SYNC')
      unknown.push(say`${subject}: ${reason ?? `the status ${String(status)}, without a reason`}`);
  }
  const ids = compared.map(({ LogicalResourceId }) => LogicalResourceId);
  const rest = Object.entries(Resources).filter(([id, { Type }]) => !ids.includes(id) && Type !== METADATA);
  const types = (found: readonly string[]) => [...new Set(found)].sort();
  return {
    drifted,
    byDesign: designs,
    unknown,
    unreadable: types(unreadable),
    unchecked: types(rest.map(([, { Type }]) => Type)),
  };
}
