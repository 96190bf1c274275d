import type { EnvironmentConfig } from '../environment';
import { checkDuration, checkFargateSize, checkInteger, type Report } from './check';

export function userImportRules({ userImport }: EnvironmentConfig, report: Report): void {
  if (!userImport) return;
  const { maxvCpus, size, timeout } = userImport;
  checkInteger(report, 'userImport.maxvCpus', maxvCpus, 1, 10000);
  if (maxvCpus < size.cpu / 1024) {
    report('userImport.maxvCpus', `${maxvCpus} is less than one job's ${size.cpu / 1024} vCPU; write that or more`);
  }
  checkFargateSize(report, 'userImport.size', size);
  // Fargate ends a task after 14 days in any case.
  checkDuration(report, 'userImport.timeout', timeout, 'seconds', 60, 14 * 24 * 60 * 60);
}
