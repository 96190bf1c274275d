import { Token } from 'aws-cdk-lib/core';
import { APPLICATION_PORT } from '../../contract';
import type { Definition } from '../words';
import type { EnvironmentConfig } from '../environment';
import { keyLabelCount, MOST_KEY_LABELS } from '../key-labels';
import type { JobConfig, WorkerConfig } from '../sections/other-tasks';
import {
  allSettings,
  plainValue,
  plainVariables,
  type PublicValue,
  type SettingsConfig,
  withOwnSettings,
} from '../sections/settings';
import type { WebServiceConfig } from '../sections/web-service';
import { words } from '../words';
import { checkDistinct, givesReason, type Report, show } from './check';
import { isSecretName, isSecretValue } from './plain-secrets';

/** Variables that the stack sets, or the start of a job. */
const SET_BY_STACK: ReadonlySet<string> = new Set([
  'BATCH_JOB_DEFINITION',
  'BATCH_JOB_QUEUE',
  'DATABASE_URL',
  'IMPORT_FILE_KEY',
  'KEEP_ALIVE_TIMEOUT',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_URL',
  'NODE_ENV',
]);

/** Variables of AWS: with keys in them a container would no longer act as its own role. */
const SET_BY_AWS = /^(AWS|ECS)_/;

/** True for the name of a variable that a container gets from the stack, from a job's submitter or from AWS. */
export function isTakenName(name: string): boolean {
  return SET_BY_STACK.has(name) || SET_BY_AWS.test(name);
}

export function settingsRules(config: EnvironmentConfig, report: Report): void {
  const { webService, userImport, jobs = [], workers = [] } = config;
  sectionRules('webService.settings', webService.settings, report);
  sectionRules('userImport.settings', userImport?.settings, report);
  databaseVariableRules('webService', webService, report);
  if (userImport) databaseVariableRules('userImport', userImport, report);
  listeningRules('webService.settings.variables', webService.settings, report);
  definitionRules('webService.settings', webService, 'task', report);
  if (userImport) definitionRules('userImport.settings', userImport, 'job', report);
  const besideWeb = (field: string, { settings }: JobConfig | WorkerConfig, definition: Definition) => {
    sectionRules(field, settings, report);
    const container = { ...webService, settings: withOwnSettings(webService.settings, settings) };
    definitionRules(field, container, definition, report);
  };
  for (const [index, job] of jobs.entries()) besideWeb(`jobs[${index}].settings`, job, 'job');
  for (const [index, worker] of workers.entries()) besideWeb(`workers[${index}].settings`, worker, 'task');
  labelRules(config, report);
}

type ContainerConfig = Pick<WebServiceConfig, 'databaseVariable' | 'settings'>;

/** Rules on all settings that a container reads. */
function definitionRules(field: string, container: ContainerConfig, definition: Definition, report: Report): void {
  const { variables = {}, secrets = [] } = container.settings ?? {};
  for (const name of secrets) {
    if (name in variables) report(`${field}.variables`, words.settings.alsoSecret({ name: show(name) }));
  }
  const { databaseVariable = '' } = container;
  if (databaseVariable in variables || secrets.includes(databaseVariable)) {
    report(field, words.settings.databaseVariableTaken({ name: show(databaseVariable) }));
  }
  sizeRules(field, container.settings, definition, report);
}

function sectionRules(field: string, settings: SettingsConfig | undefined, report: Report): void {
  if (!settings) return;
  const { variables, secrets } = settings;
  const where = `${field}.variables`;
  for (const [name, variable] of Object.entries(variables)) {
    const value = plainValue(variable);
    nameRules(where, name, report);
    plainSecretRules(where, name, variable, report);
    if (Token.isUnresolved(value) || !/^\P{C}{1,2048}$/u.test(value) || /\$\{|\{\{/.test(value)) {
      report(where, words.settings.notPlainText({ name: show(name), value: show(value) }));
    }
  }
  if ('PATH' in variables) report(where, words.settings.imagePath);
  for (const name of secrets) secretNameRules(`${field}.secrets`, name, report);
  checkDistinct(report, `${field}.secrets`, secrets);
}

function nameRules(field: string, name: string, report: Report): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) {
    report(field, words.settings.notVariableName({ name: show(name) }));
  } else if (isTakenName(name)) {
    report(field, words.settings.takenName({ name }));
  }
}

function secretNameRules(field: string, name: string, report: Report): void {
  nameRules(field, name, report);
  if (NO_SECRETS.has(name)) report(field, words.settings.noSecret({ name }));
}

function databaseVariableRules(section: string, { databaseVariable }: ContainerConfig, report: Report): void {
  if (databaseVariable !== undefined) secretNameRules(`${section}.databaseVariable`, databaseVariable, report);
}

/** No secret among the variables: the template is readable by all who may see the stack. */
function plainSecretRules(field: string, name: string, variable: string | PublicValue, report: Report): void {
  if (typeof variable === 'object') {
    if (!givesReason(variable.notSecret)) {
      report(field, words.settings.noPublicReason({ name: show(name), reason: show(variable.notSecret) }));
    }
  } else if (isSecretName(name) || isSecretValue(variable)) {
    report(field, words.settings.plainSecret({ name: show(name) }));
  }
}

/**
 * Variables that decide whether the container starts and is reached, and one that the stack sets unless the config does:
 * ECS refuses a name that is a variable and a secret. A definition's variables replace an image's ENV.
 */
const NO_SECRETS: ReadonlySet<string> = new Set(['AUTH_URL', 'HOSTNAME', 'PATH', 'PORT']);

/** Addresses that a server listens on for every network interface. */
const EVERY_INTERFACE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** The load balancer reaches a task at its address and at one port; Next.js listens on HOSTNAME and PORT. */
function listeningRules(field: string, settings: SettingsConfig | undefined, report: Report): void {
  const { HOSTNAME, PORT } = plainVariables(settings);
  if (PORT !== undefined && PORT !== String(APPLICATION_PORT)) {
    report(field, words.settings.otherPort({ value: show(PORT), port: APPLICATION_PORT }));
  }
  if (HOSTNAME !== undefined && !EVERY_INTERFACE.has(HOSTNAME)) {
    report(field, words.settings.otherHostname({ value: show(HOSTNAME) }));
  }
}

/** Room for settings in bytes, after all that the stack itself writes into a definition. */
const ROOMS: Readonly<Record<Definition, number>> = {
  // ECS takes 64 KB (docs.aws.amazon.com/general/latest/gr/ecs-service.html, "Task definition size").
  task: 56_000,
  // Batch takes 24 KiB (docs.aws.amazon.com/batch/latest/userguide/service_limits.html, "job definition size").
  job: 20_000,
};

/** The ARN of the secret with the settings, which the definition repeats for each of them; a longer one than any. */
const SECRET_ARN = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:'.padEnd(180, 'x');

function sizeRules(field: string, settings: SettingsConfig | undefined, definition: Definition, report: Report): void {
  const variables = Object.entries(plainVariables(settings)).map(([name, value]) => ({ name, value }));
  const secrets = (settings?.secrets ?? []).map((name) => ({ name, valueFrom: `${SECRET_ARN}:${name}::` }));
  const bytes = Buffer.byteLength(JSON.stringify([variables, secrets]));
  const room = ROOMS[definition];
  if (bytes > room) report(field, words.settings.tooLarge({ bytes, definition, room }));
}

/** The names of all secrets stand in staging labels of the environment's one secret. */
function labelRules(config: EnvironmentConfig, report: Report): void {
  const names = new Set(allSettings(config).flatMap(({ secrets }) => secrets));
  const labelCount = keyLabelCount([...names]);
  if (labelCount <= MOST_KEY_LABELS) return;
  const field = config.userImport?.settings && !config.webService.settings ? 'userImport' : 'webService';
  report(
    `${field}.settings.secrets`,
    words.settings.tooManySecrets({ count: names.size, labelCount, room: MOST_KEY_LABELS }),
  );
}
