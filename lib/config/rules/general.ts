import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, SizeRoundingBehavior } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../environment';
import type { AlarmsConfig } from '../sections/alarms';
import { resourceNames } from '../names';
import {
  checkAccount,
  checkDuration,
  checkInteger,
  checkOneOf,
  checkPercent,
  checkRegion,
  checkSafeguard,
  type Report,
  show,
} from './check';

/** A message to more than one address, or with words around it, is more than SNS takes. */
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** Account, region, names, what is kept and for how long, and who is told. */
export function operationRules(name: string, config: EnvironmentConfig, report: Report): void {
  checkAccount(report, config.account);
  checkRegion(report, config.region);
  nameRules(name, report);

  checkSafeguard(report, 'terminationProtection', config.terminationProtection);
  if (typeof config.keepData === 'object') checkSafeguard(report, 'keepData', config.keepData);
  else {
    checkOneOf<RemovalPolicy>(report, 'keepData', config.keepData, [
      RemovalPolicy.RETAIN,
      RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ]);
  }
  const retentions = Object.values(RetentionDays).filter((days) => typeof days === 'number');
  if (config.logRetention === RetentionDays.INFINITE || !retentions.includes(config.logRetention)) {
    report(
      'logRetention',
      `${show(config.logRetention)} days is no retention of CloudWatch; take one of RetentionDays, not INFINITE`,
    );
  }

  const { fileStorage, imageRegistry } = config;
  const century = 36500;
  checkSafeguard(report, 'fileStorage.versioning', fileStorage.versioning);
  checkDuration(
    report,
    'fileStorage.noncurrentVersionExpiration',
    fileStorage.noncurrentVersionExpiration,
    'days',
    1,
    century,
  );
  if (fileStorage.importExpiration) {
    checkDuration(report, 'fileStorage.importExpiration', fileStorage.importExpiration, 'days', 1, century);
  }
  checkSafeguard(report, 'imageRegistry.immutableTags', imageRegistry.immutableTags);
  checkSafeguard(report, 'imageRegistry.scanOnPush', imageRegistry.scanOnPush);
  checkInteger(report, 'imageRegistry.keptImages', imageRegistry.keptImages, 1, 10000);
  checkDuration(report, 'imageRegistry.untaggedExpiration', imageRegistry.untaggedExpiration, 'days', 1, century);
  if (config.alarms) alarmRules(config.alarms, report);
}

/** AWS's limits for the names that an environment's name becomes a part of. */
function nameRules(environment: string, report: Report): void {
  if (!/^[a-z][a-z0-9]*$/.test(environment)) {
    report('name', `${show(environment)} is no environment name; small letters and digits, a letter first`);
  }
  if (environment === 'delivery')
    report('name', 'delivery is the name of the stack that connects GitHub; take another');
  const names = resourceNames(environment);
  const limits: [what: string, name: string, limit: number][] = [
    ['load balancer', names.loadBalancer, 32],
    ['target group', names.targetGroup, 32],
    ['bucket', `${names.bucketPrefix}123456789012`, 63],
    ['DB instance', names.dbInstance, 63],
    ...Object.values(names.roles).map((role): [string, string, number] => ['role', role, 64]),
  ];
  for (const [what, name, limit] of limits) {
    if (name.length > limit) report('name', `${what} ${show(name)} has ${name.length} characters; AWS allows ${limit}`);
  }
}

function alarmRules(alarms: AlarmsConfig, report: Report): void {
  if (!EMAIL.test(alarms.email)) report('alarms.email', `${show(alarms.email)} is no email address`);
  checkPercent(report, 'alarms.webCpuPercent', alarms.webCpuPercent);
  checkPercent(report, 'alarms.databaseCpuPercent', alarms.databaseCpuPercent);
  checkInteger(report, 'alarms.http5xxCount', alarms.http5xxCount, 1, 1_000_000);
  checkInteger(report, 'alarms.databaseConnections', alarms.databaseConnections, 1, 262143);
  const bytes = alarms.databaseFreeStorage.toBytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    report('alarms.databaseFreeStorage', `${bytes} bytes is no size above zero in whole bytes`);
  }
}
