import fc from 'fast-check';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { type BaseName, bases, type Change } from './changes';
import { leavesOf } from './leaves';
import { oddDuration, oddNumber, oddSize, oddText } from './values';

/** Every value in a base, whoever thought of it, replaced with an odd one of the same type. */
export function oddChanges(base: BaseName): fc.Arbitrary<Change>[] {
  return leavesOf(bases[base]).flatMap(([field, value]) => {
    const odd = oddLike(value);
    return odd ? [odd.map((drawn) => ({ field, value: drawn, broken: false }))] : [];
  });
}

function oddLike(value: unknown): fc.Arbitrary<unknown> | undefined {
  if (value instanceof Duration) return oddDuration;
  if (value instanceof Size) return oddSize;
  if (value instanceof InstanceType) return oddText.map((text) => new InstanceType(text));
  if (typeof value === 'string') return oddText;
  if (typeof value === 'number') return oddNumber;
  if (typeof value === 'boolean') return fc.boolean();
  if (!Array.isArray(value)) return value === undefined ? undefined : oddText.map((text) => ({ off: text }));
  const list: unknown[] = value;
  return fc.constantFrom([], list.slice(1), [...list].reverse(), [...list, ...list]);
}
