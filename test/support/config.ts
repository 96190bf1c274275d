import { dev } from '../../lib/config/dev';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { brokenRules } from '../../lib/config/validate';

/** A config with one field replaced: `at('network.cidr', '…')`. The type forbids some of these; a cast would not. */
export function bent(config: EnvironmentConfig, field: string, value: unknown): EnvironmentConfig {
  const set = (node: unknown, [key = '', ...rest]: string[]): unknown => {
    const copy: unknown = Array.isArray(node) ? [...(node as unknown[])] : { ...(node as object) };
    const record = copy as Record<string, unknown>;
    record[key] = rest.length > 0 ? set(record[key], rest) : value;
    return copy;
  };
  return set(config, field.split(/[.[\]]+/).filter(Boolean)) as EnvironmentConfig;
}

/** A field, the value that breaks a rule, a part of the message, and the config to bend where it is not dev. */
type Row = [field: string, value: unknown, message: string, config?: EnvironmentConfig];

/** Each row's config is accepted: a field, its value, and the config to bend where it is not dev. */
export function testAccepted(title: string, rows: [field: string, value: unknown, config?: EnvironmentConfig][]): void {
  describe(title, () => {
    test.each(rows)('%s = %s', (field, value, config = dev) => {
      expect(brokenRules('dev', bent(config, field, value))).toEqual([]);
    });
  });
}

/** Each row's config is refused, with a line that names environment and field. */
export function testRules(title: string, rows: Row[]): void {
  describe(title, () => {
    test.each(rows)('%s = %s', (field, value, message, config = dev) => {
      const name = config === dev ? 'dev' : 'prod';
      const broken = brokenRules(name, bent(config, field, value)).join('\n');
      expect(broken).toContain(message);
      expect(broken).toContain(`${name}: ${field.replace(/(Subnets|Zones|openPorts|Origins)(\[\d\])?.*$/, '$1')}`);
    });
  });
}
