import { type Named, references } from '@infra/common/template';
import { isTrue, objects, within } from '@infra/common/values';
import { type Bill, each, type Pricer, type Range, type Rate, times } from './bill';
import { show } from './money';
import { ADDRESS } from './network-costs';
import { runningHours } from './running-hours';

/** Costs by the hour. */
export const RUNNING: Readonly<Record<string, Pricer>> = {
  'AWS::RDS::DBInstance': each((database, bill) => {
    const { Engine, MultiAZ, MaxAllocatedStorage, DeleteAutomatedBackups, ...rest } = database.properties;
    const { DBInstanceClass, AllocatedStorage, StorageType = 'gp2' } = rest;
    const [name = '', size = '', storage = '', engine = ''] = [
      DBInstanceClass,
      AllocatedStorage,
      StorageType,
      Engine,
    ].map(String);
    const number = (value: unknown, otherwise = 0) => Number(value ?? otherwise);
    const [usage, zones, prefix] = isTrue(MultiAZ)
      ? (['Multi-AZUsage', 'two zones', 'Multi-AZ-'] as const)
      : (['InstanceUsage', 'one zone', ''] as const);
    const hours = hoursOf(database, bill);
    // As the price list spells it.
    const databaseEngine = engine === 'postgres' ? 'PostgreSQL' : engine;
    const rate: Rate = `AmazonRDS *-${usage}:${name} databaseEngine=${databaseEngine}`;
    bill.charge('RDS', `${name}, ${zones}, ${show(hours)} h`, rate, hours);
    const type = storage.toUpperCase();
    bill.charge('RDS', `${size} GB of ${storage}, ${zones}`, `AmazonRDS *-RDS:${prefix}${type}-Storage`, Number(size));
    const { iops, throughput } = type === 'GP3' ? includedIn(Number(size)) : { iops: 0, throughput: 0 };
    const besides = (applies: boolean, what: string, why: string) => {
      if (applies) bill.leaveOut(`RDS: ${what}`, why);
    };
    const grows = `It grows as needed, to ${Number(MaxAllocatedStorage)} GB, at the price of the storage.`;
    besides(MaxAllocatedStorage !== undefined, `storage beyond ${size} GB`, grows);
    const more = number(rest.Iops) > iops || number(rest.StorageThroughput) > throughput;
    const provisioned = 'What is provisioned beyond has no price in tools/cost/prices.json.';
    besides(more, `more than ${show(iops)} IOPS and ${throughput} MiB/s`, provisioned);
    const free = 'Up to it they are said to be free; how large they get, no template tells.';
    besides(number(rest.BackupRetentionPeriod, 1) > 0, 'backups beyond the size of the storage', free);
    const kept = `RDS: automated backups, for up to ${String(rest.BackupRetentionPeriod)} days once the database is deleted`;
    if (DeleteAutomatedBackups === false) bill.leaveOpen(kept, 'AmazonRDS *-RDS:ChargedBackupUsage');
    const load = 'Paid per vCPU-hour; the load, no template tells.';
    besides(/^db\.t\d/.test(name), "CPU beyond the class's baseline", load);
    const insights = 'More than seven days have no price in tools/cost/prices.json.';
    besides(number(rest.PerformanceInsightsRetentionPeriod, 7) > 7, 'Performance Insights', insights);
  }),

  'AWS::ECS::Service': each((service, bill) => {
    const definition = bill.resources.all.find(({ id }) => references(service.properties.TaskDefinition).includes(id));
    const tasks = tasksOf(service, bill);
    if (service.properties.LaunchType !== 'FARGATE' || !definition || tasks === undefined) {
      bill.miss(`Fargate: ${service.name}`, 'Only services with a number of tasks and launch type FARGATE are priced.');
      return;
    }
    const hours = hoursOf(service, bill);
    const taskHours = times(tasks, hours);
    const number = tasks.from === tasks.to ? show(tasks.from) : `${show(tasks.from)} to ${show(tasks.to)}`;
    const many = `${number} task${tasks.to === 1 ? '' : 's'}`;
    const { Cpu, Memory, EphemeralStorage, RuntimePlatform } = definition.properties;
    for (const { what, rate, size } of partsOf(Number(Cpu) / 1024, Memory, RuntimePlatform))
      bill.charge('Fargate', `${many}: ${what}, ${show(hours)} h`, rate, times(taskHours, size));
    if (EphemeralStorage !== undefined)
      bill.leaveOut('Fargate: more than 20 GB of storage', 'It has no price in tools/cost/prices.json.');
    const network = within(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
    if (within(network, 'AssignPublicIp') === 'ENABLED')
      bill.charge('Public IPv4', `one per task: ${many}, ${show(hours)} h`, ADDRESS, taskHours);
    if (references(within(network, 'Subnets')).length > 1)
      bill.leaveOpen('Data between zones, in each direction', 'AWSDataTransfer *-DataTransfer-Regional-Bytes');
  }),

  'AWS::Batch::JobDefinition': each((job, bill) => {
    const container = within(job.properties, 'ContainerProperties');
    const resources = objects(within(container, 'ResourceRequirements'));
    const required = (type: string) => resources.find(({ Type }) => Type === type)?.Value;
    const parts = partsOf(Number(required('VCPU')), required('MEMORY'), within(container, 'RuntimePlatform'));
    for (const { what, rate, size } of parts)
      bill.assume('Batch', `# h of jobs: ${what}`, rate, ({ imports }) => imports.toMinutes() / 60, size);
    if (within(container, 'NetworkConfiguration', 'AssignPublicIp') === 'ENABLED')
      bill.assume('Public IPv4', 'one per job, # h', ADDRESS, ({ imports }) => imports.toMinutes() / 60);
  }),

  'AWS::Lambda::Function': (functions, bill) => {
    const gigabytes = functions.reduce((sum, { properties }) => sum + Number(properties.MemorySize ?? 128) / 1024, 0);
    const arm = functions.some(({ properties }) => references(properties.Architectures).includes('arm64'));
    const seconds: Rate = `AWSLambda *-Lambda-GB-Second${arm ? '-ARM' : ''}`;
    bill.assume('Lambda', '# GB-seconds', seconds, ({ functionTime }) => functionTime.toSeconds() * gigabytes);
    bill.assume('Lambda', '# calls', 'AWSLambda *-Request', (it) => it.functionCalls * functions.length);
  },
};

/** Baseline of gp3 without a further price; RDS stripes a volume of these engines over four from 400 GiB on. */
function includedIn(gigabytes: number) {
  return gigabytes >= 400 ? { iops: 12_000, throughput: 500 } : { iops: 3_000, throughput: 125 };
}

/** Hourly charges of a task or job of this size: its vCPUs and its gigabytes. */
function partsOf(vcpu: number, megabytes: unknown, platform: unknown) {
  const arm = within(platform, 'CpuArchitecture') === 'ARM64';
  const gigabytes = Number(megabytes) / 1024;
  const kind = `AmazonECS *-Fargate${arm ? '-ARM' : ''}` as const;
  return [
    { what: `${vcpu} vCPU (${arm ? 'ARM64' : 'x86'})`, rate: `${kind}-vCPU-Hours:perCPU`, size: vcpu },
    { what: `${gigabytes} GB`, rate: `${kind}-GB-Hours`, size: gigabytes },
  ] as const;
}

/** Number of tasks of a service, by its scaling if it has any. */
function tasksOf(service: Named, { resources }: Bill): Range | undefined {
  const target = resources
    .of('AWS::ApplicationAutoScaling::ScalableTarget')
    .find(({ properties }) => references(properties.ResourceId).includes(service.id));
  const { DesiredCount = 1 } = service.properties;
  const fixed = { MinCapacity: DesiredCount, MaxCapacity: DesiredCount };
  const { MinCapacity, MaxCapacity } = target?.properties ?? fixed;
  const [from, to] = [Number(MinCapacity), Number(MaxCapacity)];
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : undefined;
}

function hoursOf(subject: Named, bill: Bill): number {
  const { hours, unread } = runningHours(bill.resources, subject);
  const why = `Its times or its target cannot be read; ${subject.name} is priced as if it always ran.`;
  for (const schedule of unread) bill.leaveOut(`What ${schedule} saves`, why);
  return hours;
}
