import { SizeRoundingBehavior } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../environment';
import type { FargateSizeConfig } from '../sections/web-service';
import { checkDuration, checkInteger, checkOneOf, checkPercent, type Report, show } from './check';

/** Memory in GiB that Fargate takes with each CPU: from, to, in steps of. */
const FARGATE_MEMORY: Readonly<Record<number, readonly number[]>> = {
  256: [0.5, 1, 2],
  512: range(1, 4, 1),
  1024: range(2, 8, 1),
  2048: range(4, 16, 1),
  4096: range(8, 30, 1),
  8192: range(16, 60, 4),
  16384: range(32, 120, 8),
};

/** AWS's quota of tasks of one service. */
const MOST_TASKS = 5000;

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}

function fargateSize(report: Report, field: string, { cpu, memory }: FargateSizeConfig): void {
  const allowed = FARGATE_MEMORY[cpu];
  const gibibytes = memory.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!allowed) {
    report(`${field}.cpu`, `${show(cpu)} is none of ${Object.keys(FARGATE_MEMORY).join(', ')}`);
  } else if (!allowed.includes(gibibytes)) {
    report(
      `${field}.memory`,
      `${gibibytes} GiB do not go with ${cpu} CPU units; Fargate takes ${allowed.join(', ')} GiB`,
    );
  }
}

/** Web tasks and import jobs on Fargate. */
export function computeRules(config: EnvironmentConfig, report: Report): void {
  const { webService, userImport } = config;
  fargateSize(report, 'webService.size', webService.size);
  checkOneOf(report, 'webService.zones', webService.zones, ['first', 'all']);
  checkDuration(report, 'webService.healthCheckGracePeriod', webService.healthCheckGracePeriod, 'seconds', 0, 86400);

  const { tasks } = webService;
  checkOneOf<string>(report, 'webService.tasks.mode', tasks.mode, ['fixed', 'scaled']);
  if (tasks.mode === 'fixed') {
    checkInteger(report, 'webService.tasks.desiredCount', tasks.desiredCount, 1, MOST_TASKS);
  } else {
    checkInteger(report, 'webService.tasks.minCapacity', tasks.minCapacity, 1, MOST_TASKS);
    checkInteger(report, 'webService.tasks.maxCapacity', tasks.maxCapacity, 1, MOST_TASKS);
    if (tasks.minCapacity > tasks.maxCapacity) {
      report('webService.tasks.minCapacity', `${tasks.minCapacity} is above maxCapacity, ${tasks.maxCapacity}`);
    }
    checkPercent(report, 'webService.tasks.targetCpuPercent', tasks.targetCpuPercent);
    // The type forbids it; a config that was cast would start at once what the office hours stop.
    if (config.officeHours as unknown) report('officeHours', `go with tasks of mode 'fixed' only; write undefined`);
  }

  if (userImport) {
    fargateSize(report, 'userImport.size', userImport.size);
    checkInteger(report, 'userImport.maxvCpus', userImport.maxvCpus, 1, 10000);
    if (userImport.maxvCpus < userImport.size.cpu / 1024) {
      report('userImport.maxvCpus', `${userImport.maxvCpus} is less than one job's ${userImport.size.cpu / 1024} vCPU`);
    }
    // Fargate ends a task after 14 days in any case.
    checkDuration(report, 'userImport.timeout', userImport.timeout, 'seconds', 60, 14 * 24 * 60 * 60);
  }
}
