import { SizeRoundingBehavior } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../environment';
import { checkInteger, checkPercent, type Report, show } from './check';

/** A message to more than one address, or with words around it, is more than SNS takes. */
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

export function alarmsRules({ alarms }: EnvironmentConfig, report: Report): void {
  if (!alarms) return;
  if (!EMAIL.test(alarms.email)) {
    report('alarms.email', `${show(alarms.email)} is not an email address; write a single one, as in ops@example.com`);
  }
  checkPercent(report, 'alarms.webCpuPercent', alarms.webCpuPercent);
  checkInteger(report, 'alarms.http5xxCount', alarms.http5xxCount, 1, 1_000_000);
  checkPercent(report, 'alarms.databaseCpuPercent', alarms.databaseCpuPercent);
  const bytes = alarms.databaseFreeStorage.toBytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    report('alarms.databaseFreeStorage', `${bytes} bytes is not a whole number of bytes above zero`);
  }
  checkInteger(report, 'alarms.databaseConnections', alarms.databaseConnections, 1, 262143);
}
