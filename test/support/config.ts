import type { EnvironmentConfig } from '../../lib/config/environment';
import { brokenRules } from '../../lib/config/validate';

/** A config with another value in one field, `network.cidr` or `network.publicSubnets[0].cidr`. The type forbids some of these; a cast would not. */
export function withField(config: EnvironmentConfig, field: string, value: unknown): EnvironmentConfig {
  const set = (node: unknown, [key = '', ...rest]: string[]): unknown => {
    const copy: unknown = Array.isArray(node) ? [...(node as unknown[])] : { ...(node as object) };
    const record = copy as Record<string, unknown>;
    record[key] = rest.length > 0 ? set(record[key], rest) : value;
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

/** Fields with values, each of which is accepted in the config. */
export function takes(
  title: string,
  config: EnvironmentConfig,
  rows: readonly (readonly [field: string, ...values: unknown[]])[],
): void {
  const cases = rows.flatMap(([field, ...values]) => values.map((value): [string, unknown] => [field, value]));
  test.each(cases)(`${title}: %s = %s`, (field, value) => {
    expect(brokenRules('dev', withField(config, field, value))).toEqual([]);
  });
}

/**
 * Fields with what is said of their values, each of which is refused: by a line that names environment and field (or a
 * part of it), and then says the problem, or the value in front of it.
 */
export function refuses(
  title: string,
  config: EnvironmentConfig,
  rows: readonly (readonly [field: string, problem: string, ...values: unknown[]])[],
): void {
  const name = nameOf(config);
  const cases = rows.flatMap(([field, problem, ...values]) =>
    values.map((value): [string, unknown, string] => [field, value, problem]),
  );
  test.each(cases)(`${title}: %s = %s`, (field, value, problem) => {
    const said = [problem, `${String(value)} ${problem}`, `${JSON.stringify(value)} ${problem}`].map(escaped);
    const line = new RegExp(`^${escaped(`${name}: ${field}`)}[\\w.[\\]]*: (${said.join('|')})`);
    expect(brokenRules(name, withField(config, field, value))).toContainEqual(expect.stringMatching(line));
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
