import { isDeepStrictEqual } from 'node:util';
import { mangleLikeCloudFormation } from '@aws-cdk/cloudformation-diff';
import type { SynthesizedStack } from '@infra/common/assembly';
import type { Deployed } from './deployed-file';
import { type MessageId, wordsOf } from './messages';
import { say, type Words } from './messages/words';
import type { Finding } from './model/finding';
import type { EnvironmentReview } from './model/review';

/** Label of a masked secret; its number depends on the run. */
const SECRET_LABEL = /\(hidden value \d+\)/g;

/** Compares two versions of a stack. */
export type CompareVersions = (
  base: SynthesizedStack | undefined,
  head: SynthesizedStack | undefined,
) => EnvironmentReview;

/** Comparison of the same stack with the base. */
interface ComparisonWithBase {
  readonly base: SynthesizedStack | undefined;
  readonly review: EnvironmentReview;
}

/** Compares the head with the deployed stack. If that is the base, everything is reported already. */
export function compareDeployed(
  deployed: Deployed,
  head: SynthesizedStack,
  { base, review }: ComparisonWithBase,
  compare: CompareVersions,
): EnvironmentReview {
  const { name } = head;
  if ('why' in deployed) return unknownReview(name, say`${deployed.why}`);
  if (deployed.state === 'absent') return reviewWith(name, 'notDeployed');
  if (!readsAs(deployed.head, head)) return unknownReview(name, wordsOf('otherAssembly'));
  const compared = isWhole(deployed.stack)
    ? compare(deployed.stack, deployed.head)
    : compare(asReturned(deployed.stack), asReturned(deployed.head));
  const baseAsDeployed = base && { ...base, artifact: deployed.stack.artifact };
  const isBaseDeployed = readsAs(deployed.stack, baseAsDeployed);
  const hasSameFindings = readsAs(compared.findings, review.findings);
  const isReportedAlready = isBaseDeployed && hasSameFindings && compared.findings.length > 0;
  if (isReportedAlready) return reviewWith(name, 'sameAsBase');
  return { ...compared, deployed: true };
}

function reviewWith(name: string, summary: MessageId, findings: readonly Finding[] = []): EnvironmentReview {
  return { name, deployed: true, summary: wordsOf(summary), findings };
}

function unknownReview(name: string, reason: Words): EnvironmentReview {
  const finding: Finding = {
    level: 'unknown',
    subject: wordsOf('whatIsDeployed'),
    sentences: [reason],
    changes: [],
  };
  return reviewWith(name, 'unknownDeployed', [finding]);
}

/** True if CloudFormation has returned letters outside ASCII: its template has escapes for them. */
function isWhole({ template }: SynthesizedStack): boolean {
  return mangleLikeCloudFormation(JSON.stringify(template)) !== JSON.stringify(template);
}

/** A stack as CloudFormation returns it: every character that is not ASCII is a question mark. */
function asReturned<Value>(value: Value): Value {
  return JSON.parse(mangleLikeCloudFormation(JSON.stringify(value))) as Value;
}

/** True if two values are equal but for characters that CloudFormation does not return, and for labels of secrets. */
function readsAs(value: unknown, otherValue: unknown): boolean {
  return isDeepStrictEqual(comparable(value), comparable(otherValue));
}

function comparable(value: unknown): unknown {
  if (value === undefined) return undefined;
  const text = JSON.stringify(asReturned(value)).replace(SECRET_LABEL, '(hidden value)');
  return JSON.parse(text);
}
