import { Token } from 'aws-cdk-lib/core';
import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import type { MigrationConfig } from '../sections/web-service';
import { checkCpuPercent, checkDuration, checkFargateSize, checkInteger, checkOneOf, type Report, show } from './check';

/** AWS's quota of tasks of one service. */
export const MOST_TASKS = 5000;

/** The most that ECS's own default allows. */
const MOST_FAILED_TASKS = 200;

/** Far more than a Fargate task answers in a minute. */
const MOST_REQUESTS = 1_000_000;

export function webServiceRules({ webService }: EnvironmentConfig, report: Report): void {
  const { size, tasks, zones, healthCheckGracePeriod } = webService;
  checkFargateSize(report, 'webService.size', size);
  checkOneOf<string>(report, 'webService.tasks.mode', tasks.mode, ['fixed', 'scaled']);
  if (tasks.mode === 'fixed') {
    checkInteger(report, 'webService.tasks.desiredCount', tasks.desiredCount, 1, MOST_TASKS);
  } else {
    const { minCapacity, maxCapacity, targetCpuPercent, targetRequestsPerMinute } = tasks;
    checkInteger(report, 'webService.tasks.minCapacity', minCapacity, 1, MOST_TASKS);
    checkInteger(report, 'webService.tasks.maxCapacity', maxCapacity, 1, MOST_TASKS);
    if (minCapacity > maxCapacity) {
      report(
        'webService.tasks.minCapacity',
        words.webService.minimumAboveMaximum({ minimum: minCapacity, maximum: maxCapacity }),
      );
    }
    checkCpuPercent(report, 'webService.tasks.targetCpuPercent', targetCpuPercent, 60);
    if (targetRequestsPerMinute !== undefined) {
      checkInteger(report, 'webService.tasks.targetRequestsPerMinute', targetRequestsPerMinute, 1, MOST_REQUESTS);
    }
  }
  checkOneOf(report, 'webService.zones', zones, ['first', 'all']);
  checkDuration(report, 'webService.healthCheckGracePeriod', healthCheckGracePeriod, 'seconds', 0, 86400);
  const { failedTasks } = webService;
  if (failedTasks !== undefined) checkInteger(report, 'webService.failedTasks', failedTasks, 2, MOST_FAILED_TASKS);
  if (webService.migration) migrationRules(webService.migration, report);
}

/** Longest time of a migration: the session of the role that deploys lasts four hours, the deployments included. */
export const LONGEST_MIGRATION_MINUTES = 120;

/** ECS takes 64 KB for a whole task definition; a longer command belongs in a script. */
const LONGEST_COMMAND = 2000;

function migrationRules({ command, timeout }: MigrationConfig, report: Report): void {
  checkDuration(report, 'webService.migration.timeout', timeout, 'minutes', 1, LONGEST_MIGRATION_MINUTES);
  checkCommand(report, 'webService.migration.command', command);
}

/** A command of an image, a word each. */
export function checkCommand(report: Report, field: string, command: readonly string[]): void {
  for (const [index, word] of command.entries()) {
    if (Token.isUnresolved(word) || !/^\P{C}+$/u.test(word)) {
      report(`${field}[${index}]`, words.webService.notWord({ word: show(word) }));
    }
  }
  const commandLine = command.join(' ');
  if (command.length === 0 || /\s/.test(command[0] ?? '')) {
    report(field, words.webService.noProgram({ command: show(commandLine) }));
  }
  if (commandLine.length > LONGEST_COMMAND) {
    report(field, words.webService.commandTooLong({ length: commandLine.length, longest: LONGEST_COMMAND }));
  }
}
