import { Token } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../environment';
import type { SettingsConfig } from '../sections/settings';
import { checkDistinct, type Report, show } from './check';

/** Variables that the stack sets, or the start of a job. */
const SET_BY_STACK: ReadonlySet<string> = new Set([
  'BATCH_JOB_DEFINITION',
  'BATCH_JOB_QUEUE',
  'DATABASE_URL',
  'IMPORT_FILE_KEY',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_URL',
  'NODE_ENV',
]);

/** Variables of AWS: with keys in them a container would no longer act as its own role. */
const SET_BY_AWS = /^(AWS|ECS)_/;

/** Names and values that only a secret has. */
const SECRET_NAME = /(password|passwd|token|secret|api_?key|private_?key)$/i;
const SECRET_VALUE = /:\/\/[^:/"\s]+:[^@/"\s]+@|AKIA[0-9A-Z]{16}|PRIVATE KEY/;

export function settingsRules({ webService, userImport }: EnvironmentConfig, report: Report): void {
  sectionRules('webService.settings', webService.settings, report);
  sectionRules('userImport.settings', userImport?.settings, report);
}

function sectionRules(field: string, settings: SettingsConfig | undefined, report: Report): void {
  if (!settings) return;
  const { variables, secrets } = settings;
  for (const [name, value] of Object.entries(variables)) {
    const where = `${field}.variables`;
    nameRules(where, name, report);
    if (secrets.includes(name)) report(where, `${show(name)} is among the secrets, too; write it once`);
    if (SECRET_NAME.test(name) || SECRET_VALUE.test(value)) {
      report(where, `${show(name)} reads like a secret, and everybody can read it here; list its name in secrets`);
    }
    if (Token.isUnresolved(value) || !/^\P{C}{1,2048}$/u.test(value) || /\$\{|\{\{/.test(value)) {
      report(where, `${show(name)} is ${show(value)}; write plain text on one line, of 1 to 2048 characters`);
    }
  }
  for (const name of secrets) nameRules(`${field}.secrets`, name, report);
  checkDistinct(report, `${field}.secrets`, secrets);
}

function nameRules(field: string, name: string, report: Report): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) {
    report(field, `${show(name)} is not a variable's name; write letters, digits and _, as in SMTP_HOST`);
  } else if (SET_BY_STACK.has(name) || SET_BY_AWS.test(name)) {
    report(field, `${name} is set by the stack or by AWS; take another name`);
  }
}
