import { format } from 'node:util';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { brokenRules } from '../../lib/config/validate';

/** A config with another value in one field, `network.cidr` or `network.publicSubnets[0].cidr`. The type forbids some of these; a cast would not. */
export function withField(config: EnvironmentConfig, field: string, value: unknown): EnvironmentConfig {
  const set = (node: unknown, [key = '', ...inner]: string[]): unknown => {
    const copy: unknown = Array.isArray(node) ? [...(node as unknown[])] : { ...(node as object) };
    const record = copy as Record<string, unknown>;
    record[key] = inner.length > 0 ? set(record[key], inner) : value;
    return copy;
  };
  return set(config, field.split(/[.[\]]+/).filter(Boolean)) as EnvironmentConfig;
}

/** A config with other values in fields. */
export function withFields(config: EnvironmentConfig, values: Readonly<Record<string, unknown>>): EnvironmentConfig {
  return Object.entries(values).reduce((changed, [field, value]) => withField(changed, field, value), config);
}

/** The value of a field; `undefined` where its section is not there. */
export function valueAt(config: EnvironmentConfig, field: string): unknown {
  const keys = field.split(/[.[\]]+/).filter(Boolean);
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], config);
}

/** Name under which a config's broken rules are reported: dev's for a fixed number of tasks, prod's for a scaled one. */
function nameOf(config: EnvironmentConfig): string {
  return config.webService.tasks.mode === 'fixed' ? 'dev' : 'prod';
}

/** Broken rules of a config with other values in fields. */
export function brokenWith(config: EnvironmentConfig, values: Readonly<Record<string, unknown>>): string[] {
  return brokenRules(nameOf(config), withFields(config, values));
}

/** A field with values that are accepted. */
interface AcceptedValues {
  readonly field: string;
  readonly values: readonly unknown[];
}

/** A field with values that are refused. */
interface RefusedValues extends AcceptedValues {
  /** Beginning of the problem, which the value itself may precede. */
  readonly says: string;
}

/** A test for each value: it is accepted in the config. */
export function takes(title: string, config: EnvironmentConfig, rows: readonly AcceptedValues[]): void {
  const cases = rows.flatMap(({ field, values }) =>
    values.map((value) => ({ field, value, shown: format('%s', value) })),
  );
  test.each(cases)(`${title}: $field = $shown`, ({ field, value }) => {
    expect(brokenRules('dev', withField(config, field, value))).toEqual([]);
  });
}

/** A test for each value: it is refused by a line with the environment, the field or a part of it, and the problem. */
export function refuses(title: string, config: EnvironmentConfig, rows: readonly RefusedValues[]): void {
  const name = nameOf(config);
  const cases = rows.flatMap(({ field, values, says }) => {
    return values.map((value) => ({ field, value, says, shown: format('%s', value) }));
  });
  test.each(cases)(`${title}: $field = $shown`, ({ field, value, says }) => {
    const partOfField = `${escaped(`${name}: ${field}`)}[\\w.[\\]]*`;
    const problems = [says, `${String(value)} ${says}`, `${JSON.stringify(value)} ${says}`].map(escaped);
    const line = new RegExp(`^${partOfField}: (${problems.join('|')})`);
    expect(brokenRules(name, withField(config, field, value))).toContainEqual(expect.stringMatching(line));
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
