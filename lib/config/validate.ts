import type { DeliveryConfig } from './delivery';
import { words } from './words';
import type { EnvironmentConfig } from './environment';
import { alarmsRules } from './rules/alarms';
import { budgetRules } from './rules/budget';
import { type Report, show } from './rules/check';
import { databaseRules } from './rules/database';
import { deliveryRules } from './rules/delivery';
import { dynamicReferenceRules } from './rules/dynamic-references';
import { environmentsRules } from './rules/environments';
import { fileStorageRules } from './rules/file-storage';
import { generalRules } from './rules/general';
import { imageRegistryRules } from './rules/image-registry';
import { loadBalancerRules } from './rules/load-balancer';
import { networkRules } from './rules/network';
import { jobsRules, workersRules } from './rules/other-tasks';
import { officeHoursRules } from './rules/office-hours';
import { settingsRules } from './rules/settings';
import { userImportRules } from './rules/user-import';
import { webServiceRules } from './rules/web-service';

/** In the order in which a config is written. */
const SECTIONS = [
  networkRules,
  databaseRules,
  fileStorageRules,
  imageRegistryRules,
  loadBalancerRules,
  webServiceRules,
  alarmsRules,
  budgetRules,
  userImportRules,
  jobsRules,
  workersRules,
  settingsRules,
  officeHoursRules,
];

/** A config that AWS would refuse. Its message has a line per broken rule: environment, field, value, what is allowed. */
export class ConfigError extends Error {
  public override readonly name = 'ConfigError';

  public readonly brokenRules: readonly string[];

  constructor(rules: readonly string[]) {
    const headline = words.report.brokenRules({ count: rules.length });
    super([headline, ...rules.map((rule) => `  ${rule}`)].join('\n'));
    this.brokenRules = rules;
  }
}

/** True if a field is another one or a part of it. */
function isWithin(field: string, section: string): boolean {
  return field === section || field.startsWith(`${section}.`) || field.startsWith(`${section}[`);
}

/** Every broken rule of one environment, in the order in which its config is written. */
export function brokenRules(name: string, config: EnvironmentConfig): string[] {
  return linesOf(name, (report) => {
    const reportedFields: string[] = [];
    const remember: Report = (field, problem) => {
      reportedFields.push(field);
      report(field, problem);
    };
    generalRules(name, config, remember);
    for (const rules of SECTIONS) rules(config, remember);
    // A field that its own rule refuses is reported once.
    dynamicReferenceRules(config, (field, problem) => {
      if (!reportedFields.some((reported) => isWithin(field, reported))) report(field, problem);
    });
  });
}

/** Every broken rule of the delivery; none where no repository is named. */
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
  environmentsRules(environments, (name) => reportTo(lines, name));
  if (delivery) lines.push(...brokenDeliveryRules(delivery, environments));
  if (lines.length > 0) throw new ConfigError(lines);
}

function linesOf(name: string, check: (report: Report) => void): string[] {
  const lines: string[] = [];
  check(reportTo(lines, name));
  return lines;
}

function reportTo(lines: string[], name: string): Report {
  return (field, problem) => {
    lines.push(`${show(name)}: ${field}: ${problem}`);
  };
}
