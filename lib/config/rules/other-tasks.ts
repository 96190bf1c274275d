import type { EnvironmentConfig } from '../environment';
import { words } from '../words';
import { checkDistinct, checkDuration, checkFargateSize, checkInteger, checkOneOf, type Report, show } from './check';
import { jobScheduleRules } from './job-schedule';
import { checkCommand, MOST_TASKS } from './web-service';

/** The names of AWS that end with it have 64 characters at most. */
const NAME = /^[a-z][a-z0-9-]{0,29}$/;

export function jobsRules({ jobs = [], officeHours, database }: EnvironmentConfig, report: Report): void {
  namesRules('jobs', jobs, report);
  for (const [index, { command, size, timeout, ...schedule }] of jobs.entries()) {
    const field = `jobs[${index}]`;
    checkCommand(report, `${field}.command`, command);
    checkFargateSize(report, `${field}.size`, size);
    checkDuration(report, `${field}.timeout`, timeout, 'seconds', 60, 14 * 24 * 60 * 60);
    checkOneOf(report, `${field}.days`, schedule.days, ['every-day', 'weekdays']);
    const { maintenanceWindow } = database;
    const job = { ...schedule, timeout, timeoutName: `${field}.timeout` };
    jobScheduleRules(job, { officeHours, maintenanceWindow }, (part, problem) => {
      report(`${field}.${part}`, problem);
    });
  }
}

export function workersRules({ workers = [] }: EnvironmentConfig, report: Report): void {
  namesRules('workers', workers, report);
  for (const [index, { command, size, desiredCount, stopTimeout, healthCheck }] of workers.entries()) {
    const field = `workers[${index}]`;
    checkCommand(report, `${field}.command`, command);
    checkFargateSize(report, `${field}.size`, size);
    checkInteger(report, `${field}.desiredCount`, desiredCount, 1, MOST_TASKS);
    // The limits of ECS on Fargate (API reference, ContainerDefinition and HealthCheck).
    checkDuration(report, `${field}.stopTimeout`, stopTimeout, 'seconds', 2, 120);
    checkCommand(report, `${field}.healthCheck.command`, healthCheck.command);
    checkDuration(report, `${field}.healthCheck.interval`, healthCheck.interval, 'seconds', 5, 300);
    checkDuration(report, `${field}.healthCheck.startPeriod`, healthCheck.startPeriod, 'seconds', 0, 300);
  }
}

function namesRules(section: 'jobs' | 'workers', tasks: readonly { name: string }[], report: Report): void {
  for (const [index, { name }] of tasks.entries()) {
    if (!NAME.test(name)) report(`${section}[${index}].name`, words.otherTasks.notName({ name: show(name) }));
  }
  checkDistinct(
    report,
    section,
    tasks.map(({ name }) => name),
  );
}
