import fc from 'fast-check';
import { dev } from '../../support/configs/dev';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { prod } from '../../support/configs/prod';
import { withField } from '../../support/config';
import { fields } from './fields';
import { readable } from './values';

export type BaseName = 'dev' | 'prod';

/** One field of a config with another value. */
export interface Change {
  readonly field: string;
  readonly value: unknown;
  /** No environment may hold the value; otherwise it depends on the rest. */
  readonly broken: boolean;
}

/** A real environment, changed. Failures print it as the environment and its changes, never as a whole config. */
export class ChangedEnvironment {
  constructor(
    private readonly base: BaseName,
    readonly changes: readonly Change[],
  ) {}

  /** The name under which the environment is configured. */
  get name(): string {
    const renamed = this.changes.find(({ field }) => field === 'name');
    return renamed ? String(renamed.value) : this.base;
  }

  get config(): EnvironmentConfig {
    const inConfig = this.changes.filter(({ field }) => field !== 'name');
    return inConfig.reduce((config, { field, value }) => withField(config, field, value), bases[this.base]);
  }

  [fc.toStringMethod](): string {
    const told = this.changes.map(({ field, value }) => `${field} = ${readable(value)}`);
    return `${this.base} with ${told.join(' and ') || 'nothing changed'}`;
  }
}

/** The environments that are changed. */
export const bases: Readonly<Record<BaseName, EnvironmentConfig>> = { dev, prod };

/** The fields of the table that an environment has: prod has no office hours, dev no alarms. */
export function fieldsOf(base: BaseName): string[] {
  return Object.keys(fields).filter((field) => {
    const parents = field
      .split(/[.[\]]+/)
      .filter(Boolean)
      .slice(0, -1);
    const parent = parents.reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | undefined)?.[key],
      bases[base],
    );
    const key = field.split('.').at(-1) ?? '';
    return parent !== undefined && (key in (parent as object) || key.includes('[') || field === 'name');
  });
}

/** A value for a field: where the table has both, half of them fine and half such that no environment may hold them. */
export function changeOf(field: string, kinds = fields[field] ?? {}): fc.Arbitrary<Change> {
  const { fine, broken } = kinds;
  return fc.oneof(
    ...(fine ? [fine.map((value) => ({ field, value, broken: false }))] : []),
    ...(broken ? [broken.map((value) => ({ field, value, broken: true }))] : []),
  );
}

/** Dev or prod, changed in as many places as `count` allows; no change lies within another. */
export function changedEnvironment(
  count: { minLength: number; maxLength: number },
  changesOf: (base: BaseName) => fc.Arbitrary<Change>[],
): fc.Arbitrary<ChangedEnvironment> {
  const environments = (['dev', 'prod'] as const).flatMap((base) => {
    const changes = changesOf(base);
    if (changes.length === 0) return [];
    const some = fc.uniqueArray(fc.oneof(...changes), {
      ...count,
      comparator: (one, other) => within(one.field, other.field) || within(other.field, one.field),
    });
    return [some.map((drawn) => new ChangedEnvironment(base, drawn))];
  });
  return fc.oneof(...environments);
}

/** True where a field is another one or a part of it. */
export function within(part: string, whole: string): boolean {
  return part === whole || part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`);
}
