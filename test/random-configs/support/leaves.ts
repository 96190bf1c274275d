import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';

/** A field by its path, such as `network.publicSubnets[0].cidr`, and its value. */
export type Leaf = readonly [field: string, value: unknown];

/** All fields of a config that hold a value, and not only further fields; a list and each of its items, too. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return [[path, value], ...items.flatMap((item, index) => leavesOf(item, `${path}[${index}]`))];
  }
  if (!isSection(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [path, key].filter(Boolean).join('.')));
}

/** All fields and sections of a config. */
export function nodesOf(value: unknown, path = ''): Leaf[] {
  const own: Leaf[] = path === '' ? [] : [[path, value]];
  if (Array.isArray(value)) return [...own, ...leavesOf(value, path).slice(1)];
  if (!isSection(value)) return own;
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, inner]) => nodesOf(inner, [path, key].filter(Boolean).join('.'))),
  ];
}

/** True where a field is another one or a part of it. */
export function within(part: string, whole: string): boolean {
  return part === whole || part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`);
}

/** A safeguard's reason is no field of its own. */
function isSection(value: unknown): value is object {
  const types = [Duration, Size, InstanceType];
  return (
    typeof value === 'object' && value !== null && !('off' in value) && !types.some((type) => value instanceof type)
  );
}
