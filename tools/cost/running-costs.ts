import type { Usage } from '../../lib/config/usage';
import { type Named, references } from '@infra/common/template';
import { objects, within } from '@infra/common/values';
import type { Bill, Range, Rate } from './bill';
import { ADDRESS, each, type Pricer, show } from './pricer';
import { runningHours } from './running-hours';

/** As the price list spells them. */
const ENGINES: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB' };

/** What costs by the hour that it runs. */
export const RUNNING: Readonly<Record<string, Pricer>> = {
  'AWS::RDS::DBInstance': each((database, bill) => {
    const { DBInstanceClass, Engine, StorageType = 'gp2', AllocatedStorage, MultiAZ, ...rest } = database.properties;
    const engine = { databaseEngine: ENGINES[String(Engine)] ?? String(Engine) };
    const [usage, zones, prefix] =
      String(MultiAZ) === 'true' ? ['Multi-AZUsage', 'two zones', 'Multi-AZ-'] : ['InstanceUsage', 'one zone', ''];
    const hours = hoursOf(database, bill);
    const name = String(DBInstanceClass);
    bill.charge(
      'RDS',
      `${name}, ${zones}, ${show(hours)} h`,
      ['AmazonRDS', `<region>-${usage}:${name}`, engine],
      hours,
    );
    const type = String(StorageType).toUpperCase();
    const storage: Rate = ['AmazonRDS', `<region>-RDS:${prefix}${type}-Storage`];
    bill.charge(
      'RDS',
      `${String(AllocatedStorage)} GB of ${String(StorageType)}, ${zones}`,
      storage,
      Number(AllocatedStorage),
    );
    if (rest.MaxAllocatedStorage !== undefined) {
      bill.leaveOut(
        `RDS: storage beyond ${String(AllocatedStorage)} GB`,
        `It grows as needed, to ${Number(rest.MaxAllocatedStorage)} GB, at the price of the storage.`,
      );
    }
    const included = type === 'GP3' ? includedIn(Number(AllocatedStorage)) : { iops: 0, throughput: 0 };
    if (Number(rest.Iops ?? 0) > included.iops || Number(rest.StorageThroughput ?? 0) > included.throughput) {
      bill.leaveOut(
        `RDS: more than ${show(included.iops)} IOPS and ${included.throughput} MiB/s`,
        'What is provisioned beyond has no price in tools/cost/prices.json.',
      );
    }
    if (Number(rest.BackupRetentionPeriod ?? 1) > 0) {
      bill.leaveOut(
        'RDS: backups beyond the size of the storage',
        'Up to it they are said to be free; how large they get, no template tells.',
      );
    }
    if (rest.DeleteAutomatedBackups === false) {
      bill.leaveOpen(
        `RDS: automated backups, for up to ${String(rest.BackupRetentionPeriod)} days once the database is deleted`,
        ['AmazonRDS', '<region>-RDS:ChargedBackupUsage'],
      );
    }
    if (/^db\.t\d/.test(name)) {
      bill.leaveOut("RDS: CPU beyond the class's baseline", 'Paid per vCPU-hour; the load, no template tells.');
    }
    if (Number(rest.PerformanceInsightsRetentionPeriod ?? 7) > 7) {
      bill.leaveOut('RDS: Performance Insights', 'More than seven days have no price in tools/cost/prices.json.');
    }
  }),

  'AWS::ECS::Service': each((service, bill) => {
    const definition = bill.resources.all.find(({ id }) => references(service.properties.TaskDefinition).includes(id));
    const tasks = tasksOf(service, bill);
    if (service.properties.LaunchType !== 'FARGATE' || !definition || tasks === undefined) {
      bill.miss(`Fargate: ${service.name}`, 'Only services with a number of tasks and launch type FARGATE are priced.');
      return;
    }
    const hours = hoursOf(service, bill);
    const taskHours = { from: tasks.from * hours, to: tasks.to * hours };
    const many = `${showRange(tasks)} task${tasks.to === 1 ? '' : 's'}`;
    const { Cpu, Memory, EphemeralStorage } = definition.properties;
    chargeSize(
      { vcpu: Number(Cpu) / 1024, gigabytes: Number(Memory) / 1024, platform: definition.properties.RuntimePlatform },
      (what, rate, size) => {
        bill.charge('Fargate', `${many}: ${what}, ${show(hours)} h`, rate, {
          from: taskHours.from * size,
          to: taskHours.to * size,
        });
      },
    );
    if (EphemeralStorage !== undefined)
      bill.leaveOut('Fargate: more than 20 GB of storage', 'It has no price in tools/cost/prices.json.');
    const network = within(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
    if (within(network, 'AssignPublicIp') === 'ENABLED') {
      bill.charge('Public IPv4', `one per task: ${many}, ${show(hours)} h`, ADDRESS, taskHours);
    }
    if (references(within(network, 'Subnets')).length > 1) {
      bill.leaveOpen('Data between zones, in each direction', [
        'AWSDataTransfer',
        '<region>-DataTransfer-Regional-Bytes',
      ]);
    }
  }),

  'AWS::Batch::JobDefinition': each((job, bill) => {
    const container = within(job.properties, 'ContainerProperties');
    const resources = objects(within(container, 'ResourceRequirements'));
    const required = (type: string) => Number(resources.find(({ Type }) => Type === type)?.Value);
    const hours = ({ imports }: Usage) => imports.toMinutes() / 60;
    const size = {
      vcpu: required('VCPU'),
      gigabytes: required('MEMORY') / 1024,
      platform: within(container, 'RuntimePlatform'),
    };
    chargeSize(size, (what, rate, size) => {
      bill.assume(
        'Batch',
        (usage) => `${show(hours(usage))} h of jobs: ${what}`,
        rate,
        (usage) => hours(usage) * size,
      );
    });
    if (within(container, 'NetworkConfiguration', 'AssignPublicIp') === 'ENABLED') {
      bill.assume('Public IPv4', (usage) => `one per job, ${show(hours(usage))} h`, ADDRESS, hours);
    }
  }),

  'AWS::Lambda::Function': (functions, bill) => {
    const memory = functions.map(({ properties }) => Number(properties.MemorySize ?? 128) / 1024);
    const gigabytes = memory.reduce((one, other) => one + other, 0);
    const calls = ({ functionCalls }: Usage) => functionCalls * functions.length;
    const seconds = ({ functionTime }: Usage) => functionTime.toSeconds() * gigabytes;
    const arm = functions.some(({ properties }) => references(properties.Architectures).includes('arm64'));
    bill.assume(
      'Lambda',
      (usage) => `${show(seconds(usage))} GB-seconds`,
      ['AWSLambda', `<region>-Lambda-GB-Second${arm ? '-ARM' : ''}`],
      seconds,
    );
    bill.assume('Lambda', (usage) => `${calls(usage)} calls`, ['AWSLambda', '<region>-Request'], calls);
  },
};

/** What gp3 has at its own price; RDS stripes a volume of these engines over four from 400 GiB on. */
function includedIn(gigabytes: number) {
  return gigabytes >= 400 ? { iops: 12_000, throughput: 500 } : { iops: 3_000, throughput: 125 };
}

function showRange({ from, to }: Range): string {
  return from === to ? show(from) : `${show(from)} to ${show(to)}`;
}

/** What a task or job of this size costs in an hour: per vCPU and per gigabyte. */
function chargeSize(
  { vcpu, gigabytes, platform }: { vcpu: number; gigabytes: number; platform: unknown },
  charge: (what: string, rate: Rate, size: number) => void,
): void {
  const arm = within(platform, 'CpuArchitecture') === 'ARM64';
  const kind = `<region>-Fargate${arm ? '-ARM' : ''}`;
  charge(`${vcpu} vCPU (${arm ? 'ARM64' : 'x86'})`, ['AmazonECS', `${kind}-vCPU-Hours:perCPU`], vcpu);
  charge(`${gigabytes} GB`, ['AmazonECS', `${kind}-GB-Hours`], gigabytes);
}

/** How many tasks a service runs, by its scaling if it has any. */
function tasksOf(service: Named, { resources }: Bill): Range | undefined {
  const target = resources
    .of('AWS::ApplicationAutoScaling::ScalableTarget')
    .find(({ properties }) => references(properties.ResourceId).includes(service.id));
  const { MinCapacity, MaxCapacity } = target?.properties ?? {};
  const { DesiredCount = 1 } = service.properties;
  const [from, to] = target ? [Number(MinCapacity), Number(MaxCapacity)] : [Number(DesiredCount), Number(DesiredCount)];
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : undefined;
}

function hoursOf(subject: Named, bill: Bill): number {
  const { hours, unread } = runningHours(bill.resources, subject);
  for (const schedule of unread) {
    bill.leaveOut(
      `What ${schedule} saves`,
      `Its times or its target cannot be read; ${subject.name} is priced as if it always ran.`,
    );
  }
  return hours;
}
