import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';

/** A field by its path, such as `network.publicSubnets[0].cidr`, and its value. */
export type Leaf = readonly [field: string, value: unknown];

/** All fields and sections of a config, and the items of its lists. */
export function nodesOf(value: unknown, path = ''): Leaf[] {
  const itself: Leaf[] = path === '' ? [] : [[path, value]];
  if (!isSection(value)) return itself;
  const inner = Object.entries(value).flatMap(([key, field]) => {
    const pathOfField = Array.isArray(value) ? `${path}[${key}]` : [path, key].filter(Boolean).join('.');
    return nodesOf(field, pathOfField);
  });
  return [...itself, ...inner];
}

/** All fields of a config that hold a value, and not only further fields; a list and each of its items, too. */
export function leavesOf(config: object): Leaf[] {
  return nodesOf(config).filter(([, value]) => Array.isArray(value) || !isSection(value));
}

/** True where a field is another one or a part of it. */
export function within(part: string, whole: string): boolean {
  return part === whole || part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`);
}

/** A safeguard's reason is no field of its own. */
function isSection(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'off' in value) return false;
  return ![Duration, Size, InstanceType].some((type) => value instanceof type);
}
