import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';

/** A field or a section of a config. */
export interface ConfigField {
  /** Such as `network.publicSubnets[0].cidr`. */
  readonly path: string;
  readonly value: unknown;
}

/** All fields and sections of a config, and the items of its lists. */
export function fieldsAndSectionsOf(config: object): ConfigField[] {
  return Object.entries(config).flatMap(([key, value]) => withInnerFields({ path: key, value }));
}

/** A field with the fields in it, if it is a section or a list. */
function withInnerFields(field: ConfigField): ConfigField[] {
  const { path, value } = field;
  if (!isSection(value)) return [field];
  const innerFields = Object.entries(value).flatMap(([key, innerValue]) => {
    const innerPath = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    return withInnerFields({ path: innerPath, value: innerValue });
  });
  return [field, ...innerFields];
}

/** The fields of a config without its sections; a list is a field, and so is each of its items. */
export function fieldsOf(config: object): ConfigField[] {
  return fieldsAndSectionsOf(config).filter(({ value }) => Array.isArray(value) || !isSection(value));
}

/** True if a path is that of a section or field, or of a part of it. */
export function isWithin(path: string, section: string): boolean {
  return path === section || path.startsWith(`${section}.`) || path.startsWith(`${section}[`);
}

/** True for a list, and for an object that is no value by itself: `{ off: '<reason>' }` is the value of a safeguard. */
function isSection(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'off' in value) return false;
  return ![Duration, Size, InstanceType].some((type) => value instanceof type);
}
