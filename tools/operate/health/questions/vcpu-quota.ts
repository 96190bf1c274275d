import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import * as environments from '../../../../lib/config';
import type { EnvironmentConfig } from '../../../../lib/config/environment';
import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import { isRealAws, type Question } from '../question';
import { configuredTaskCount } from './web-task-count';

export const VCPU_QUOTA: Question = {
  id: 'quotas',
  statement: 'The quotas suffice',
  depth: 'contact',
  applies: isRealAws,
  ask: checkVcpuQuota,
};

/** "Fargate On-Demand vCPU resource count", of web tasks and import jobs together. */
const FARGATE_VCPUS = { ServiceCode: 'fargate', QuotaCode: 'L-3032A538' };
const CPU_UNITS_OF_VCPU = 1024;

/** The other environments of the account may not be deployed yet: their need alone is no fault. */
async function checkVcpuQuota(environment: Environment): Promise<Answer> {
  const { Quota } = await environment.client(ServiceQuotas).getServiceQuota(FARGATE_VCPUS);
  const quota = Quota?.Value ?? 0;
  const needed = mostVcpus(environment.config);
  const others = configsBeside(environment);
  const neededByAll = others.reduce((sum, config) => sum + mostVcpus(config), needed);

  const allText = others.length > 0 ? `, and all ${others.length + 1} of lib/config ${neededByAll}` : '';
  const says =
    `Fargate's quota is ${quota} vCPUs; ` + `${environment.environmentName} may want ${needed} at once${allText}.`;
  if (quota >= neededByAll) return wellAnswer(says);
  const fix = increaseCommand(environment, neededByAll);
  return quota < needed ? wrongAnswer(says, fix) : lookAnswer(says, fix);
}

/** Configs of the other environments in the same account and region. */
function configsBeside({ environmentName, account, config }: Environment): EnvironmentConfig[] {
  const configs: EnvironmentConfig[] = [];
  for (const [otherName, otherConfig] of Object.entries<EnvironmentConfig>(environments)) {
    const isSameRegion = otherConfig.region === config.region;
    const isSameAccount = (otherConfig.account ?? account) === account;
    if (otherName !== environmentName && isSameRegion && isSameAccount) configs.push(otherConfig);
  }
  return configs;
}

/** A release runs old and new tasks side by side. */
function mostVcpus(config: EnvironmentConfig): number {
  const { maximum } = configuredTaskCount(config);
  const webTasks = (2 * maximum * config.webService.size.cpu) / CPU_UNITS_OF_VCPU;
  const importJobs = config.userImport?.maxvCpus ?? 0;
  return webTasks + importJobs;
}

function increaseCommand(environment: Environment, vcpus: number): string {
  const { ServiceCode, QuotaCode } = FARGATE_VCPUS;
  return (
    `aws service-quotas request-service-quota-increase --service-code ${ServiceCode} ` +
    `--quota-code ${QuotaCode} --desired-value ${vcpus} --region ${environment.region}`
  );
}
