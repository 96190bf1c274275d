import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { checkDuration, checkFargateSize, checkInteger, checkOneOf, type Report, show } from './check';
import { jobScheduleRules } from './job-schedule';

/** A file below `imports/`, of letters that need no escaping anywhere. */
const FILE_KEY = /^imports\/[A-Za-z0-9._/-]{1,500}$/;

export function userImportRules({ userImport, officeHours, database }: EnvironmentConfig, report: Report): void {
  if (!userImport) return;
  const { maxvCpus, size, timeout, schedule } = userImport;
  checkInteger(report, 'userImport.maxvCpus', maxvCpus, 1, 10000);
  if (maxvCpus < size.cpu / 1024) {
    report('userImport.maxvCpus', words.userImport.lessThanOneJob({ vCpus: maxvCpus, ofOneJob: size.cpu / 1024 }));
  }
  checkFargateSize(report, 'userImport.size', size);
  // Fargate ends a task after 14 days in any case.
  checkDuration(report, 'userImport.timeout', timeout, 'seconds', 60, 14 * 24 * 60 * 60);
  if (!schedule) return;
  checkOneOf(report, 'userImport.schedule.days', schedule.days, ['every-day', 'weekdays']);
  if (!FILE_KEY.test(schedule.fileKey)) {
    report('userImport.schedule.fileKey', words.userImport.notFileKey({ key: show(schedule.fileKey) }));
  }
  const job = { ...schedule, timeout, timeoutName: 'userImport.timeout' };
  const { maintenanceWindow } = database;
  jobScheduleRules(job, { officeHours, maintenanceWindow }, (field, problem) => {
    report(`userImport.schedule.${field}`, problem);
  });
}
