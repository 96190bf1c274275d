import { dev } from './configs/dev';
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

/** The value of a field; `undefined` where its section is not there. */
export function valueAt(config: EnvironmentConfig, field: string): unknown {
  const keys = field.split(/[.[\]]+/).filter(Boolean);
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], config);
}

/** A field, the value that breaks a rule, how the message goes on after the field, and the config if it is not dev. */
type Row = [field: string, value: unknown, problem: string, config?: EnvironmentConfig];

/** Each row's config is accepted: a field, its value, and the config where it is not dev. */
export function testAccepted(title: string, rows: [field: string, value: unknown, config?: EnvironmentConfig][]): void {
  describe(title, () => {
    test.each(rows)('%s = %s', (field, value, config = dev) => {
      expect(brokenRules('dev', withField(config, field, value))).toEqual([]);
    });
  });
}

/** Each row's config is refused, with a line that names environment, field (or a part of it) and problem. */
export function testRules(title: string, rows: Row[]): void {
  describe(title, () => {
    test.each(rows)('%s = %s', (field, value, problem, config = dev) => {
      const name = config.webService.tasks.mode === 'fixed' ? 'dev' : 'prod';
      const line = new RegExp(`^${escaped(`${name}: ${field}`)}[\\w.[\\]]*: ${escaped(problem)}`);
      expect(brokenRules(name, withField(config, field, value))).toContainEqual(expect.stringMatching(line));
    });
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
