import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { type EnvironmentConfig, environments } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { isRealAws } from '@infra/operate/deployed/real-aws';
import { words } from './words';
import { configuredTaskCount } from '@infra/operate/deployed/web-task-count';

/**
 * Question on the quota of vCPUs that Fargate may run at once, of an account in a region. That of a new account is too small
 * for prod, and a deployment that reaches it hangs (aws/copilot-cli, issue 2685).
 */
export const VCPU_QUOTA: Question = {
  id: 'quotas',
  statement: words.statements.quotas,
  confirms: ['quotas'],
  firstAskedBy: 'doctor',
  applies: isRealAws,
  ask: checkVcpuQuota,
};

/** "Fargate On-Demand vCPU resource count", which web tasks and import jobs share. */
const FARGATE_VCPUS = { ServiceCode: 'fargate', QuotaCode: 'L-3032A538' };

/**
 * Compares the quota with what the config may need at once. A quota that suffices for this environment, but not for all of
 * its region together, is not wrong: the other ones may not be deployed yet, or have accounts of their own.
 */
async function checkVcpuQuota(environment: Environment): Promise<Answer> {
  const { environmentName, config, client } = environment;
  const { Quota } = await client(ServiceQuotas).getServiceQuota(FARGATE_VCPUS);
  const quota = Quota?.Value ?? 0;
  const needed = mostVcpus(config);
  const neededByAll = vcpusForAll(environment);
  const says = words.quota({ quota, environmentName, needed, neededByAll });
  const fix = increaseCommandForAll(environment);
  if (quota < needed) return wrongAnswer({ says, fix });
  if (quota < neededByAll) return personMustLook({ says, fix });
  return wellAnswer(says);
}

/** The most vCPUs that all environments of the region run at once. */
function vcpusForAll({ environmentName, config }: Environment): number {
  const configs: Readonly<Record<string, EnvironmentConfig>> = { ...environments, [environmentName]: config };
  const configsOfRegion = Object.values(configs).filter(({ region }) => region === config.region);
  return configsOfRegion.reduce((sum, configOfRegion) => sum + mostVcpus(configOfRegion), 0);
}

const CPU_UNITS_PER_VCPU = 1024;
/** A release runs the web tasks of the old and of the new version side by side. */
const VERSIONS_DURING_RELEASE = 2;

/** The most vCPUs that an environment runs at once. */
function mostVcpus(config: EnvironmentConfig): number {
  const { maximum } = configuredTaskCount(config);
  const cpuUnitsOfWebTasks = VERSIONS_DURING_RELEASE * maximum * config.webService.size.cpu;
  const vcpusOfImportJobs = config.userImport?.maxvCpus ?? 0;
  return cpuUnitsOfWebTasks / CPU_UNITS_PER_VCPU + vcpusOfImportJobs;
}

/** Command that asks AWS for a quota which suffices for all environments. */
export function increaseCommandForAll(environment: Environment): string {
  const { ServiceCode, QuotaCode } = FARGATE_VCPUS;
  return (
    `aws service-quotas request-service-quota-increase --service-code ${ServiceCode} ` +
    `--quota-code ${QuotaCode} --desired-value ${vcpusForAll(environment)} --region ${environment.region}`
  );
}
