import { format } from 'node:util';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { brokenRules } from '../../lib/config/validate';

/** Keys that lead to a field: `network.publicSubnets[0].cidr` has the four `network`, `publicSubnets`, `0` and `cidr`. */
function keysOf(field: string): string[] {
  return field.split(/[.[\]]+/).filter(Boolean);
}

/** A copy of a section, or of a list, with another value at the end of the keys. The original stays as it is. */
function withValueAt(section: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...innerKeys] = keys;
  if (key === undefined) return value;
  if (Array.isArray(section)) {
    const items: unknown[] = [...(section as unknown[])];
    const index = Number(key);
    items[index] = withValueAt(items[index], innerKeys, value);
    return items;
  }
  const fields = { ...(section as Record<string, unknown>) };
  fields[key] = withValueAt(fields[key], innerKeys, value);
  return fields;
}

/**
 * A config with another value in one field, such as `network.cidr` or `network.publicSubnets[0].cidr`.
 * The type forbids some of these values; a cast of the config would not.
 */
export function withField(config: EnvironmentConfig, field: string, value: unknown): EnvironmentConfig {
  return withValueAt(config, keysOf(field), value) as EnvironmentConfig;
}

/** A config with other values in several fields. */
export function withFields(config: EnvironmentConfig, values: Readonly<Record<string, unknown>>): EnvironmentConfig {
  let changed = config;
  for (const [field, value] of Object.entries(values)) {
    changed = withField(changed, field, value);
  }
  return changed;
}

/** The value of a field; `undefined` if its section does not exist. */
export function valueAt(config: EnvironmentConfig, field: string): unknown {
  let node: unknown = config;
  for (const key of keysOf(field)) {
    node = (node as Record<string, unknown> | undefined)?.[key];
  }
  return node;
}

/** Name under which a config's broken rules are reported: dev's for a fixed number of tasks, prod's for a scaled one. */
function nameOf(config: EnvironmentConfig): string {
  return config.webService.tasks.mode === 'fixed' ? 'dev' : 'prod';
}

/** Broken rules of a config with other values in some fields. */
export function brokenWith(config: EnvironmentConfig, values: Readonly<Record<string, unknown>>): string[] {
  return brokenRules(nameOf(config), withFields(config, values));
}

/** Values of a field that the config's rules accept. */
interface AcceptedValues {
  /** Title of the row, for rows that need one of their own: what the values have in common, such as "a size above the largest". */
  readonly title?: string;
  readonly field: string;
  readonly values: readonly unknown[];
}

/** Values of a field that the config's rules refuse. */
interface RefusedValues extends AcceptedValues {
  /** Beginning of the problem. The value itself may precede it. */
  readonly says: string;
  /** True if the values break other rules, too. Otherwise a second line about one mistake fails the test. */
  readonly breaksMore?: true;
}

/** One test: one value of a row. */
interface Case<Row extends AcceptedValues> {
  readonly name: string;
  readonly row: Row;
  readonly value: unknown;
}

/** A case for each value of each row, named by the title of all rows, that of its row, and the value. */
function casesOf<Row extends AcceptedValues>(commonTitle: string, rows: readonly Row[]): Case<Row>[] {
  const cases: Case<Row>[] = [];
  for (const row of rows) {
    const title = row.title === undefined ? commonTitle : `${commonTitle}: ${row.title}`;
    for (const value of row.values) {
      cases.push({ name: `${title}: ${row.field} = ${format('%s', value)}`, row, value });
    }
  }
  return cases;
}

/** A test for each value: the rules accept it in the config. The title says what a refusal would take away. */
export function takes(title: string, config: EnvironmentConfig, rows: readonly AcceptedValues[]): void {
  test.each(casesOf(title, rows))('$name', ({ row, value }) => {
    expect(brokenWith(config, { [row.field]: value })).toEqual([]);
  });
}

/**
 * A test for each value: the rules refuse it in the config, by a line with the environment, the field and the problem.
 * The title says what the value would do on AWS.
 */
export function refuses(title: string, config: EnvironmentConfig, rows: readonly RefusedValues[]): void {
  test.each(casesOf(title, rows))('$name', ({ row, value }) => {
    const line = lineOfProblem(nameOf(config), row, value);
    const problems = brokenWith(config, { [row.field]: value });
    expect(problems).toContainEqual(expect.stringMatching(line));
    if (!row.breaksMore) expect(problems).toHaveLength(1);
  });
}

/** Pattern of the line that reports a refused value: the value may precede the problem, as it is or as JSON. */
function lineOfProblem(environmentName: string, { field, says }: RefusedValues, value: unknown): RegExp {
  const fieldOrPartOfIt = `${escaped(`${environmentName}: ${field}`)}[\\w.[\\]]*`;
  const problems = [says, `${String(value)} ${says}`, `${JSON.stringify(value)} ${says}`];
  return new RegExp(`^${fieldOrPartOfIt}: (${problems.map(escaped).join('|')})`);
}

/** A text as a regular expression that matches just this text. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
