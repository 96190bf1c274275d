import { Duration } from 'aws-cdk-lib/core';
import { MIGRATION_TIMEOUT } from '../../../lib/contract';
import { dev, prod } from '../../support/configs';
import type { Row } from './change-shows';
import { CONTAINER, JOB, MIGRATION, of } from './places';
import { alarm, importSchedule, oneOf, refused, schedule, secrets, settings, shows, withItem } from './rows';
import { choice, clock, days } from './written';

/** Minutes that dev's database takes until its tasks start. */
const STARTUP = dev.officeHours?.databaseStartup.toMinutes() ?? 0;

/** Fields of sections that an environment may lack; `*` is any item of a list, any variable. */
export const whereOptionalFieldsShow: Readonly<Record<string, Row>> = {
  'webService.migration.command': { to: withItem('--quiet'), shows: [`${MIGRATION}.Command`] },
  'webService.migration.command*': shows(`${MIGRATION}.Command`),
  'webService.migration.timeout': { to: () => Duration.minutes(45), shows: [`Web/Migration.${MIGRATION_TIMEOUT}`] },
  'webService.settings.variables.*': shows(...of([CONTAINER, MIGRATION], 'Environment')),
  'webService.settings.secrets': secrets(CONTAINER, MIGRATION),
  'webService.settings.secrets*': secrets(CONTAINER, MIGRATION),
  'userImport.schedule.time': { to: oneOf('12:45'), as: clock(0), shows: ['UserImport/Schedule.ScheduleExpression'] },
  'userImport.schedule.days': {
    to: oneOf('every-day'),
    with: () => ({ 'officeHours.days': 'every-day' }),
    as: days,
    shows: ['UserImport/Schedule.ScheduleExpression', 'OfficeHours'],
  },
  'userImport.schedule.fileKey': { to: oneOf('imports/other.csv'), shows: ['UserImport/Schedule.Target.Input'] },
  'userImport.settings.variables.*': shows(`${JOB}.Environment`),
  'userImport.settings.secrets': secrets(JOB),
  'userImport.settings.secrets*': secrets(JOB),
  'budget.amount': shows('Budget.Budget.BudgetLimit.Amount'),
  'budget.email': shows('Budget.NotificationsWithSubscribers'),
  alarms: {
    to: (alarms) => (alarms ? undefined : { ...prod.alarms, databaseConnections: 80 }),
    shows: ['Alarms', 'Web/Service/Service.DeploymentConfiguration.Alarms'],
  },
  'alarms.email': shows('Alarms/Topic'),
  'alarms.webCpuPercent': alarm('ecs-cpu-high'),
  'alarms.http5xxCount': alarm('load-balancer-5xx', 'load-balancer-5xx-while-healthy', 'application-5xx'),
  'alarms.databaseCpuPercent': alarm('database-cpu-high'),
  'alarms.databaseFreeStorage': alarm('database-storage-low'),
  'alarms.databaseConnections': alarm('database-connections-high'),
  budget: { to: oneOf({ amount: 60, email: 'ops@example.com' }), shows: ['Budget'] },
  'userImport.maxvCpus': shows('UserImport/ComputeEnvironment.ComputeResources.MaxvCpus'),
  'userImport.size.cpu': {
    to: oneOf(256),
    as: (units) => [String(Number(units) / 1024)],
    shows: [`${JOB}.ResourceRequirements.VCPU`],
  },
  'userImport.size.memory': shows(`${JOB}.ResourceRequirements.MEMORY`),
  'userImport.schedule': importSchedule,
  'userImport.settings': settings('UserImport', JOB),
  'userImport.timeout': shows('UserImport/JobDefinition.Timeout'),
  officeHours: refused('officeHours'),
  'officeHours.start': schedule(clock(0, STARTUP), 'StartDatabase', 'StartTasks'),
  'officeHours.stop': schedule(clock(0, 5), 'StopTasks', 'StopDatabase'),
  'officeHours.days': {
    to: oneOf('every-day', 'weekdays'),
    ...schedule(days, 'StartDatabase', 'StartTasks', 'StopTasks', 'StopDatabase'),
  },
  'officeHours.databaseStartup': schedule(choice, 'StartTasks'),
};
