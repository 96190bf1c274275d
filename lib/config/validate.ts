import type { DeliveryConfig } from './delivery';
import type { EnvironmentConfig } from './environment';
import { accessRules } from './rules/load-balancer';
import { type Report, show } from './rules/check';
import { computeRules } from './rules/web-service';
import { databaseRules } from './rules/database';
import { deliveryRules } from './rules/delivery';
import { networkRules } from './rules/network';
import { operationRules } from './rules/general';
import { timeRules } from './rules/office-hours';

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
  return linesOf(name, (report) => {
    operationRules(name, config, report);
    networkRules(config, report);
    databaseRules(config.database, report);
    timeRules(config, report);
    computeRules(config, report);
    accessRules(config, report);
  });
}

/** Answers every broken rule of the delivery; nothing where no repository is named. */
export function brokenDeliveryRules(
  delivery: DeliveryConfig,
  environments: Readonly<Record<string, EnvironmentConfig>>,
): string[] {
  return linesOf('delivery', (report) => {
    deliveryRules(delivery, environments, report);
  });
}

/**
 * Checks what types cannot.
 *
 * @throws ConfigError with the broken rules of all environments and of the delivery together.
 */
export function assertValid(
  environments: Readonly<Record<string, EnvironmentConfig>>,
  delivery?: DeliveryConfig,
): void {
  const lines = Object.entries(environments).flatMap(([name, config]) => brokenRules(name, config));
  if (delivery) lines.push(...brokenDeliveryRules(delivery, environments));
  if (lines.length > 0) throw new ConfigError(lines);
}

function linesOf(name: string, check: (report: Report) => void): string[] {
  const lines: string[] = [];
  check((field, problem) => {
    lines.push(`${show(name)}: ${field}: ${problem}`);
  });
  return lines;
}
