import type { Usage } from './usage';
import { type NamedResource, referencedIds } from '@infra/common/template';
import { objectsOf, valueAtPath } from '@infra/common/values';
import type { Bill } from './bill';
import type { CostWords } from './words';
import { formatQuantity } from './format-amounts';
import { PUBLIC_IPV4_RATE } from './network-costs';
import { forEachResource, type Pricers } from './pricer';
import { multiplyRange, type Range } from './range';
import type { Rate } from './rate';
import { chargedHours } from './running-hours';

/** Costs of the web tasks, which ECS runs on Fargate, and of the import jobs, which AWS Batch runs there. */
export const FARGATE_PRICERS: Pricers = {
  'AWS::ECS::Service': forEachResource(priceService),
  'AWS::Batch::JobDefinition': forEachResource(priceImportJobs),
};

/** CPU units, by which ECS counts, in one vCPU. */
const CPU_UNITS_PER_VCPU = 1024;
const MIB_PER_GIB = 1024;

const DATA_BETWEEN_ZONES_RATE: Rate = { service: 'AWSDataTransfer', usageType: 'DataTransfer-Regional-Bytes' };

function priceService(service: NamedResource, bill: Bill): void {
  const taskDefinition = taskDefinitionOf(service, bill);
  const tasks = numberOfTasks(service, bill);
  if (service.properties.LaunchType !== 'FARGATE' || !taskDefinition || !tasks) {
    bill.listMissing('Fargate', service.name, bill.words.fargate.unknownTasks);
    return;
  }
  const hours = chargedHours(service, bill);
  chargeTasks(taskDefinition, tasks, hours, bill);
  priceTaskNetwork(service, tasks, hours, bill);
}

/** Charges the vCPUs and the memory of a service's tasks, each of which runs for these hours of a month. */
function chargeTasks(taskDefinition: NamedResource, tasks: Range, hours: number, bill: Bill): void {
  const { Cpu, Memory, EphemeralStorage, RuntimePlatform } = taskDefinition.properties;
  const taskHours = multiplyRange(tasks, hours);
  const { fargate: words, missing } = bill.words;
  const usages = hourlyUsagesOf(words, {
    vcpus: Number(Cpu) / CPU_UNITS_PER_VCPU,
    memoryMib: Memory,
    platform: RuntimePlatform,
  });
  for (const { size, rate, unitsPerHour } of usages) {
    bill.charge('Fargate', {
      description: words.tasks({ tasks, size, hours: formatQuantity(hours) }),
      rate,
      quantity: multiplyRange(taskHours, unitsPerHour),
    });
  }
  if (EphemeralStorage !== undefined) {
    bill.listMissing('Fargate', words.moreStorage, missing.itHasNoPrice);
  }
}

/** Charges the public addresses of a service's tasks, and lists the data that they send between zones. */
function priceTaskNetwork(service: NamedResource, tasks: Range, hours: number, bill: Bill): void {
  const { fargate: words } = bill.words;
  const network = valueAtPath(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
  if (valueAtPath(network, 'AssignPublicIp') === 'ENABLED') {
    bill.charge('Public IPv4', {
      description: words.addresses({ tasks, hours: formatQuantity(hours) }),
      rate: PUBLIC_IPV4_RATE,
      quantity: multiplyRange(tasks, hours),
    });
  }
  const subnets = referencedIds(valueAtPath(network, 'Subnets'));
  if (subnets.length > 1) {
    bill.listUnmeasured({ description: words.dataBetweenZones, rate: DATA_BETWEEN_ZONES_RATE });
  }
}

/** Charges the import jobs for the hours that `packages/cost/src/usage.ts` assumes. */
function priceImportJobs(jobDefinition: NamedResource, bill: Bill): void {
  const { fargate: words } = bill.words;
  const container = valueAtPath(jobDefinition.properties, 'ContainerProperties');
  const usages = hourlyUsagesOf(words, {
    vcpus: Number(resourceRequirement(container, 'VCPU')),
    memoryMib: resourceRequirement(container, 'MEMORY'),
    platform: valueAtPath(container, 'RuntimePlatform'),
  });
  for (const { size, rate, unitsPerHour } of usages) {
    bill.chargeAssumed('Batch', {
      assumedAmount: importHours,
      describe: (hours) => words.jobs({ size, hours: formatQuantity(hours) }),
      rate,
      unitsPerAmount: unitsPerHour,
    });
  }
  if (valueAtPath(container, 'NetworkConfiguration', 'AssignPublicIp') === 'ENABLED') {
    bill.chargeAssumed('Public IPv4', {
      assumedAmount: importHours,
      describe: (hours) => words.addressesOfJobs({ hours: formatQuantity(hours) }),
      rate: PUBLIC_IPV4_RATE,
    });
  }
}

function importHours({ imports }: Usage): number {
  return imports.toMinutes() / 60;
}

/** A Batch container has its vCPUs and its memory in a list. */
function resourceRequirement(container: unknown, type: 'VCPU' | 'MEMORY'): unknown {
  const requirements = objectsOf(valueAtPath(container, 'ResourceRequirements'));
  return requirements.find(({ Type }) => Type === type)?.Value;
}

/** Size and platform of a task or a job, as far as they are charged. */
interface FargateSize {
  readonly vcpus: number;
  /** Memory in MiB, as in the template: a number or a text. */
  readonly memoryMib: unknown;
  /** The template's RuntimePlatform. */
  readonly platform: unknown;
}

/** A usage that AWS charges for each hour of a task or a job. */
interface HourlyUsage {
  /** Text of the vCPUs or of the memory. */
  readonly size: string;
  readonly rate: Rate;
  readonly unitsPerHour: number;
}

/** Charges for the vCPUs and for the memory of a task or a job. */
function hourlyUsagesOf(
  words: CostWords['fargate'],
  { vcpus, memoryMib, platform }: FargateSize,
): readonly HourlyUsage[] {
  const isArm = valueAtPath(platform, 'CpuArchitecture') === 'ARM64';
  const memoryGib = Number(memoryMib) / MIB_PER_GIB;
  const processor = isArm ? 'ARM64' : 'x86';
  const usageTypeStart = isArm ? 'Fargate-ARM' : 'Fargate';
  return [
    {
      size: words.vcpus({ vcpus, processor }),
      rate: { service: 'AmazonECS', usageType: `${usageTypeStart}-vCPU-Hours:perCPU` },
      unitsPerHour: vcpus,
    },
    {
      size: words.memory({ gigabytes: memoryGib }),
      rate: { service: 'AmazonECS', usageType: `${usageTypeStart}-GB-Hours` },
      unitsPerHour: memoryGib,
    },
  ];
}

/** Task definition to which a service refers; `undefined` if the template does not have it. */
function taskDefinitionOf(service: NamedResource, { resources }: Bill): NamedResource | undefined {
  const ids = referencedIds(service.properties.TaskDefinition);
  return resources.all.find(({ id }) => ids.includes(id));
}

/**
 * Number of tasks that a service may run: the bounds of its automatic scaling, or its desired count without scaling;
 * `undefined` if it cannot be read.
 */
function numberOfTasks(service: NamedResource, { resources }: Bill): Range | undefined {
  const scalableTargets = resources.ofType('AWS::ApplicationAutoScaling::ScalableTarget');
  const ownScalableTarget = scalableTargets.find(({ properties }) =>
    referencedIds(properties.ResourceId).includes(service.id),
  );
  const { DesiredCount = 1 } = service.properties;
  const fewest = Number(ownScalableTarget ? ownScalableTarget.properties.MinCapacity : DesiredCount);
  const most = Number(ownScalableTarget ? ownScalableTarget.properties.MaxCapacity : DesiredCount);
  return Number.isFinite(fewest) && Number.isFinite(most) ? { from: fewest, to: most } : undefined;
}
