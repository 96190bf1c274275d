import type { EnvironmentConfig } from './environment';
import { accessRules } from './rules/access';
import { type Report, show } from './rules/check';
import { computeRules } from './rules/compute';
import { databaseRules } from './rules/database';
import { networkRules } from './rules/network';
import { operationRules } from './rules/operations';
import { timeRules } from './rules/times';

/** A config that AWS would refuse. Its message lists every broken rule, a line each: environment, field, value, what is allowed. */
export class ConfigError extends Error {
  public override readonly name = 'ConfigError';

  constructor(public readonly brokenRules: readonly string[]) {
    const count = brokenRules.length === 1 ? 'One broken rule' : `${brokenRules.length} broken rules`;
    super(`${count} in lib/config:\n${brokenRules.map((rule) => `  ${rule}`).join('\n')}`);
  }
}

/** Answers every broken rule of one environment, in the order of the guide; nothing where the config is right. */
export function brokenRules(name: string, config: EnvironmentConfig): string[] {
  const lines: string[] = [];
  const report: Report = (field, problem) => {
    lines.push(`${show(name)}: ${field}: ${problem}`);
  };
  operationRules(name, config, report);
  networkRules(config, report);
  databaseRules(config.database, report);
  timeRules(config, report);
  computeRules(config, report);
  accessRules(config, report);
  return lines;
}

/**
 * Checks what types cannot.
 *
 * @throws ConfigError with the broken rules of all environments together.
 */
export function assertValid(environments: Readonly<Record<string, EnvironmentConfig>>): void {
  const lines = Object.entries(environments).flatMap(([name, config]) => brokenRules(name, config));
  if (lines.length > 0) throw new ConfigError(lines);
}
