import type { EnvironmentConfig } from '../environment';
import type { JobConfig, WorkerConfig } from '../sections/other-tasks';
import { words } from '../words';
import { checkDistinct, checkDuration, checkFargateSize, checkInteger, checkOneOf, type Report, show } from './check';
import { jobScheduleRules } from './job-schedule';
import { checkCommand, MOST_TASKS } from './web-service';

/** The names of AWS that end with it have 64 characters at most. */
const NAME = /^[a-z][a-z0-9-]{0,29}$/;

export function jobsRules({ jobs = [], officeHours, database }: EnvironmentConfig, report: Report): void {
  tasksRules('jobs', jobs, report);
  for (const [index, { timeout, ...schedule }] of jobs.entries()) {
    const field = `jobs[${index}]`;
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
  tasksRules('workers', workers, report);
  for (const [index, { desiredCount, stopTimeout, healthCheck }] of workers.entries()) {
    const field = `workers[${index}]`;
    checkInteger(report, `${field}.desiredCount`, desiredCount, 1, MOST_TASKS);
    // The limits of ECS on Fargate (API reference, ContainerDefinition and HealthCheck).
    checkDuration(report, `${field}.stopTimeout`, stopTimeout, 'seconds', 2, 120);
    checkCommand(report, `${field}.healthCheck.command`, healthCheck.command);
    checkDuration(report, `${field}.healthCheck.interval`, healthCheck.interval, 'seconds', 5, 300);
    checkDuration(report, `${field}.healthCheck.startPeriod`, healthCheck.startPeriod, 'seconds', 0, 300);
  }
}

function tasksRules(section: string, tasks: readonly (JobConfig | WorkerConfig)[], report: Report): void {
  for (const [index, { name, command, size }] of tasks.entries()) {
    const field = `${section}[${index}]`;
    if (!NAME.test(name)) report(`${field}.name`, words.otherTasks.notName({ name: show(name) }));
    checkCommand(report, `${field}.command`, command);
    checkFargateSize(report, `${field}.size`, size);
  }
  const names = tasks.map(({ name }) => name);
  checkDistinct(report, section, names);
}
