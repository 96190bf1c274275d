import type { EnvironmentConfig } from '../environment';
import { checkDuration, checkFargateSize, checkInteger, checkOneOf, checkPercent, type Report } from './check';

/** AWS's quota of tasks of one service. */
const MOST_TASKS = 5000;

export function webServiceRules({ webService }: EnvironmentConfig, report: Report): void {
  const { size, tasks, zones, healthCheckGracePeriod } = webService;
  checkFargateSize(report, 'webService.size', size);
  checkOneOf<string>(report, 'webService.tasks.mode', tasks.mode, ['fixed', 'scaled']);
  if (tasks.mode === 'fixed') {
    checkInteger(report, 'webService.tasks.desiredCount', tasks.desiredCount, 1, MOST_TASKS);
  } else {
    const { minCapacity, maxCapacity, targetCpuPercent } = tasks;
    checkInteger(report, 'webService.tasks.minCapacity', minCapacity, 1, MOST_TASKS);
    checkInteger(report, 'webService.tasks.maxCapacity', maxCapacity, 1, MOST_TASKS);
    if (minCapacity > maxCapacity) {
      report('webService.tasks.minCapacity', `${minCapacity} is above maxCapacity, ${maxCapacity}; write that or less`);
    }
    checkPercent(report, 'webService.tasks.targetCpuPercent', targetCpuPercent);
  }
  checkOneOf(report, 'webService.zones', zones, ['first', 'all']);
  checkDuration(report, 'webService.healthCheckGracePeriod', healthCheckGracePeriod, 'seconds', 0, 86400);
}
