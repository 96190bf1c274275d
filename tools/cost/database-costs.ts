import type { Named } from '@infra/common/template';
import { isTrue } from '@infra/common/values';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import { forEachResource, type Pricers } from './pricer';
import type { Rate } from './rate';
import { chargedHours } from './running-hours';

/** Costs of RDS. */
export const DATABASE_PRICERS: Pricers = {
  'AWS::RDS::DBInstance': forEachResource(priceDatabase),
};

/** Words of the price list for a database in one zone, or in two. */
interface Deployment {
  readonly description: string;
  readonly instanceUsage: string;
  readonly storagePrefix: string;
}

const ONE_ZONE: Deployment = { description: 'one zone', instanceUsage: 'InstanceUsage', storagePrefix: '' };
const TWO_ZONES: Deployment = {
  description: 'two zones',
  instanceUsage: 'Multi-AZUsage',
  storagePrefix: 'Multi-AZ-',
};

const BACKUP_STORAGE: Rate = { service: 'AmazonRDS', usageType: 'RDS:ChargedBackupUsage' };

/** Classes whose CPU has a baseline, beyond which it is charged. */
const BURSTABLE_CLASS = /^db\.t\d/;

/** Days for which Performance Insights are free. */
const FREE_INSIGHTS_DAYS = 7;

function priceDatabase(database: Named, bill: Bill): void {
  const deployment = isTrue(database.properties.MultiAZ) ? TWO_ZONES : ONE_ZONE;
  chargeInstance(database, deployment, bill);
  chargeStorage(database, deployment, bill);
  listStorageGrowth(database, bill);
  listProvisionedPerformance(database, bill);
  listBackups(database, bill);
  listBurstCpu(database, bill);
  listPerformanceInsights(database, bill);
}

function chargeInstance(database: Named, deployment: Deployment, bill: Bill): void {
  const { DBInstanceClass, Engine } = database.properties;
  const instanceClass = String(DBInstanceClass);
  const engine = String(Engine);
  const hours = chargedHours(database, bill);
  bill.charge('RDS', {
    description: `${instanceClass}, ${deployment.description}, ${formatQuantity(hours)} h`,
    rate: {
      service: 'AmazonRDS',
      usageType: `${deployment.instanceUsage}:${instanceClass}`,
      attributes: { databaseEngine: engine === 'postgres' ? 'PostgreSQL' : engine },
    },
    quantity: hours,
  });
}

function chargeStorage(database: Named, deployment: Deployment, bill: Bill): void {
  const size = allocatedStorage(database);
  const type = storageType(database);
  bill.charge('RDS', {
    description: `${size} GB of ${type}, ${deployment.description}`,
    rate: {
      service: 'AmazonRDS',
      usageType: `RDS:${deployment.storagePrefix}${type.toUpperCase()}-Storage`,
    },
    quantity: Number(size),
  });
}

function listStorageGrowth(database: Named, bill: Bill): void {
  const { MaxAllocatedStorage } = database.properties;
  if (MaxAllocatedStorage === undefined) return;
  bill.listAsNotPriced(
    `RDS: storage beyond ${allocatedStorage(database)} GB`,
    `It grows as needed, to ${Number(MaxAllocatedStorage)} GB, at the price of the storage.`,
  );
}

function listProvisionedPerformance(database: Named, bill: Bill): void {
  const { Iops, StorageThroughput } = database.properties;
  const included = includedPerformance(database);
  const exceedsIops = numberOr(0, Iops) > included.iops;
  const exceedsThroughput = numberOr(0, StorageThroughput) > included.throughput;
  if (!exceedsIops && !exceedsThroughput) return;
  bill.listAsNotPriced(
    `RDS: more than ${formatQuantity(included.iops)} IOPS and ${included.throughput} MiB/s`,
    'What is provisioned beyond has no price in tools/cost/prices.json.',
  );
}

function listBackups(database: Named, bill: Bill): void {
  const { BackupRetentionPeriod, DeleteAutomatedBackups } = database.properties;
  if (numberOr(1, BackupRetentionPeriod) > 0) {
    bill.listAsNotPriced(
      'RDS: backups beyond the size of the storage',
      'Up to it they are said to be free; how large they get, no template tells.',
    );
  }
  if (DeleteAutomatedBackups === false) {
    const days = String(BackupRetentionPeriod);
    bill.listAsUnmeasured({
      description: `RDS: automated backups, for up to ${days} days once the database is deleted`,
      rate: BACKUP_STORAGE,
    });
  }
}

function listBurstCpu(database: Named, bill: Bill): void {
  if (!BURSTABLE_CLASS.test(String(database.properties.DBInstanceClass))) return;
  bill.listAsNotPriced("RDS: CPU beyond the class's baseline", 'Paid per vCPU-hour; the load, no template tells.');
}

function listPerformanceInsights(database: Named, bill: Bill): void {
  const days = numberOr(FREE_INSIGHTS_DAYS, database.properties.PerformanceInsightsRetentionPeriod);
  if (!(days > FREE_INSIGHTS_DAYS)) return;
  bill.listAsNotPriced('RDS: Performance Insights', 'More than seven days have no price in tools/cost/prices.json.');
}

/** Baseline of the storage without a further price. */
function includedPerformance(database: Named) {
  if (storageType(database).toUpperCase() !== 'GP3') return { iops: 0, throughput: 0 };
  // RDS stripes a gp3 volume of these engines over four from 400 GiB on.
  const isStriped = Number(allocatedStorage(database)) >= 400;
  return isStriped ? { iops: 12_000, throughput: 500 } : { iops: 3_000, throughput: 125 };
}

function allocatedStorage({ properties }: Named): string {
  return String(properties.AllocatedStorage);
}

function storageType({ properties }: Named): string {
  const { StorageType = 'gp2' } = properties;
  return String(StorageType);
}

function numberOr(defaultNumber: number, value: unknown): number {
  return Number(value ?? defaultNumber);
}
