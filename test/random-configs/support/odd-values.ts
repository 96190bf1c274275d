import fc from 'fast-check';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { type BaseName, bases, type Change } from './changes';
import { oddDuration, oddNumber, oddSize, oddText } from './values';

/** Every value in a base, whoever thought of it, replaced with an odd one of the same type. */
export function oddChanges(base: BaseName): fc.Arbitrary<Change>[] {
  return leaves(bases[base]).map(([field, odd]) => odd.map((value) => ({ field, value, broken: false })));
}

function leaves(value: unknown, path = ''): [field: string, odd: fc.Arbitrary<unknown>][] {
  const odd = oddLike(value);
  if (odd) return [[path, odd]];
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    leaves(child, Array.isArray(value) ? `${path}[${key}]` : [path, key].filter(Boolean).join('.')),
  );
  if (!Array.isArray(value)) return inner;
  const list: unknown[] = value;
  return [...inner, [path, fc.constantFrom([], list.slice(1), [...list].reverse(), [...list, ...list])]];
}

function oddLike(value: unknown): fc.Arbitrary<unknown> | undefined {
  if (value instanceof Duration) return oddDuration;
  if (value instanceof Size) return oddSize;
  if (value instanceof InstanceType) return oddText.map((text) => new InstanceType(text));
  if (typeof value === 'string') return oddText;
  if (typeof value === 'number') return oddNumber;
  return typeof value === 'boolean' ? fc.boolean() : undefined;
}
