import type { Usage } from '../../lib/config/usage';
import { type Named, references } from '@infra/common/template';
import { objects, within } from '@infra/common/values';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import { PUBLIC_ADDRESS } from './network-costs';
import { forEachResource, type Pricers } from './pricer';
import { multiply, type Range } from './range';
import type { Rate } from './rate';
import { chargedHours } from './running-hours';

/** Costs of the web tasks and of the import jobs, which run on Fargate. */
export const FARGATE_PRICERS: Pricers = {
  'AWS::ECS::Service': forEachResource(priceService),
  'AWS::Batch::JobDefinition': forEachResource(priceJobs),
};

const DATA_BETWEEN_ZONES: Rate = { service: 'AWSDataTransfer', usageType: 'DataTransfer-Regional-Bytes' };

function priceService(service: Named, bill: Bill): void {
  const taskDefinition = taskDefinitionOf(service, bill);
  const tasks = numberOfTasks(service, bill);
  if (service.properties.LaunchType !== 'FARGATE' || !taskDefinition || !tasks) {
    bill.listAsMissing(
      `Fargate: ${service.name}`,
      'Only services with a number of tasks and launch type FARGATE are priced.',
    );
    return;
  }
  const hours = chargedHours(service, bill);
  chargeTasks(taskDefinition, tasks, hours, bill);
  priceTaskNetwork(service, tasks, hours, bill);
}

function chargeTasks(taskDefinition: Named, tasks: Range, hours: number, bill: Bill): void {
  const { Cpu, Memory, EphemeralStorage, RuntimePlatform } = taskDefinition.properties;
  const taskHours = multiply(tasks, hours);
  for (const usage of usagesOf({ vcpus: Number(Cpu) / 1024, megabytes: Memory, platform: RuntimePlatform })) {
    bill.charge('Fargate', {
      description: `${describeTasks(tasks)}: ${usage.description}, ${formatQuantity(hours)} h`,
      rate: usage.rate,
      quantity: multiply(taskHours, usage.unitsPerHour),
    });
  }
  if (EphemeralStorage !== undefined) {
    bill.listAsNotPriced('Fargate: more than 20 GB of storage', 'It has no price in tools/cost/prices.json.');
  }
}

function priceTaskNetwork(service: Named, tasks: Range, hours: number, bill: Bill): void {
  const network = within(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
  if (within(network, 'AssignPublicIp') === 'ENABLED') {
    bill.charge('Public IPv4', {
      description: `one per task: ${describeTasks(tasks)}, ${formatQuantity(hours)} h`,
      rate: PUBLIC_ADDRESS,
      quantity: multiply(tasks, hours),
    });
  }
  const subnets = references(within(network, 'Subnets'));
  if (subnets.length > 1) {
    bill.listAsUnmeasured({ description: 'Data between zones, in each direction', rate: DATA_BETWEEN_ZONES });
  }
}

function priceJobs(jobDefinition: Named, bill: Bill): void {
  const container = within(jobDefinition.properties, 'ContainerProperties');
  const usages = usagesOf({
    vcpus: Number(resourceRequirement(container, 'VCPU')),
    megabytes: resourceRequirement(container, 'MEMORY'),
    platform: within(container, 'RuntimePlatform'),
  });
  for (const { description, rate, unitsPerHour } of usages) {
    bill.chargeAssumed('Batch', {
      amount: hoursOfImports,
      describe: (hours) => `${formatQuantity(hours)} h of jobs: ${description}`,
      rate,
      unitsPerAmount: unitsPerHour,
    });
  }
  if (within(container, 'NetworkConfiguration', 'AssignPublicIp') === 'ENABLED') {
    bill.chargeAssumed('Public IPv4', {
      amount: hoursOfImports,
      describe: (hours) => `one per job, ${formatQuantity(hours)} h`,
      rate: PUBLIC_ADDRESS,
    });
  }
}

function hoursOfImports({ imports }: Usage): number {
  return imports.toMinutes() / 60;
}

function resourceRequirement(container: unknown, type: 'VCPU' | 'MEMORY'): unknown {
  const requirements = objects(within(container, 'ResourceRequirements'));
  return requirements.find(({ Type }) => Type === type)?.Value;
}

/** Size of a task or a job. */
interface Size {
  readonly vcpus: number;
  /** As the template has it: a number or a text. */
  readonly megabytes: unknown;
  readonly platform: unknown;
}

/** A charge by the hour of a task or a job. */
interface HourlyUsage {
  readonly description: string;
  readonly rate: Rate;
  readonly unitsPerHour: number;
}

/** Hourly charges of a task or a job of this size: its vCPUs and its gigabytes. */
function usagesOf({ vcpus, megabytes, platform }: Size): readonly HourlyUsage[] {
  const isArm = within(platform, 'CpuArchitecture') === 'ARM64';
  const gigabytes = Number(megabytes) / 1024;
  const prefix = isArm ? 'Fargate-ARM' : 'Fargate';
  return [
    {
      description: `${vcpus} vCPU (${isArm ? 'ARM64' : 'x86'})`,
      rate: { service: 'AmazonECS', usageType: `${prefix}-vCPU-Hours:perCPU` },
      unitsPerHour: vcpus,
    },
    {
      description: `${gigabytes} GB`,
      rate: { service: 'AmazonECS', usageType: `${prefix}-GB-Hours` },
      unitsPerHour: gigabytes,
    },
  ];
}

function taskDefinitionOf(service: Named, { resources }: Bill): Named | undefined {
  const ids = references(service.properties.TaskDefinition);
  return resources.all.find(({ id }) => ids.includes(id));
}

/** Number of tasks of a service, by its scaling if it has any; `undefined` if it cannot be read. */
function numberOfTasks(service: Named, { resources }: Bill): Range | undefined {
  const scalableTargets = resources.of('AWS::ApplicationAutoScaling::ScalableTarget');
  const scaling = scalableTargets.find(({ properties }) => references(properties.ResourceId).includes(service.id));
  const { DesiredCount = 1 } = service.properties;
  const fewest = Number(scaling ? scaling.properties.MinCapacity : DesiredCount);
  const most = Number(scaling ? scaling.properties.MaxCapacity : DesiredCount);
  return Number.isFinite(fewest) && Number.isFinite(most) ? { from: fewest, to: most } : undefined;
}

function describeTasks({ from, to }: Range): string {
  const number = from === to ? formatQuantity(from) : `${formatQuantity(from)} to ${formatQuantity(to)}`;
  return `${number} ${to === 1 ? 'task' : 'tasks'}`;
}
