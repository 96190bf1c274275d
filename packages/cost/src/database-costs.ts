import type { NamedResource } from '@infra/common/template';
import { isTrue } from '@infra/common/values';
import type { Bill } from './bill';
import type { CostWords } from './words';
import { formatQuantity } from './format-amounts';
import { forEachResource, type Pricers } from './pricer';
import type { Rate } from './rate';
import { chargedHours } from './running-hours';

/** Costs of the database on RDS: its instance and its storage. Backups and extras are listed as unpriced. */
export const DATABASE_PRICERS: Pricers = {
  'AWS::RDS::DBInstance': forEachResource(priceDatabase),
};

/** A database in one zone or in two, and the texts that the price list has for it. */
interface Deployment {
  /** Key of its words. */
  readonly zones: keyof Pick<CostWords['database'], 'oneZone' | 'twoZones'>;
  /** Usage type of the instance, without its class. */
  readonly instanceUsageType: string;
  /** Start of the storage's usage type. */
  readonly storageUsagePrefix: string;
}

const ONE_ZONE: Deployment = { zones: 'oneZone', instanceUsageType: 'InstanceUsage', storageUsagePrefix: '' };
const TWO_ZONES: Deployment = {
  zones: 'twoZones',
  instanceUsageType: 'Multi-AZUsage',
  storageUsagePrefix: 'Multi-AZ-',
};

const BACKUP_STORAGE_RATE: Rate = { service: 'AmazonRDS', usageType: 'RDS:ChargedBackupUsage' };

/** Instance classes such as db.t4g.micro: their CPU has a baseline, and AWS charges for more than that. */
const BURSTABLE_CLASS = /^db\.t\d/;

/** RDS stripes a gp3 volume of this size, or a larger one, over four volumes, whose baseline is higher. */
const STRIPED_FROM_GIB = 400;

/** Days for which CloudFormation keeps backups unless a template says otherwise. */
const DEFAULT_BACKUP_DAYS = 1;

/** Days for which RDS keeps the data of Performance Insights at no charge. */
const FREE_PERFORMANCE_INSIGHTS_DAYS = 7;

function priceDatabase(database: NamedResource, bill: Bill): void {
  const deployment = isTrue(database.properties.MultiAZ) ? TWO_ZONES : ONE_ZONE;
  chargeInstance(database, deployment, bill);
  chargeStorage(database, deployment, bill);
  listStorageGrowth(database, bill);
  chargeProvisionedIops(database, deployment, bill);
  listProvisionedThroughput(database, bill);
  listBackups(database, bill);
  listBurstCpu(database, bill);
  listPerformanceInsights(database, bill);
}

function chargeInstance(database: NamedResource, deployment: Deployment, bill: Bill): void {
  const { DBInstanceClass, Engine } = database.properties;
  const instanceClass = String(DBInstanceClass);
  const engine = String(Engine);
  const hours = chargedHours(database, bill);
  const { database: words } = bill.words;
  const zones = words[deployment.zones]();
  bill.charge('RDS', {
    description: words.instance({ instanceClass, zones, hours: formatQuantity(hours) }),
    rate: {
      service: 'AmazonRDS',
      usageType: `${deployment.instanceUsageType}:${instanceClass}`,
      attributes: { databaseEngine: engine === 'postgres' ? 'PostgreSQL' : engine },
    },
    quantity: hours,
  });
}

function chargeStorage(database: NamedResource, deployment: Deployment, bill: Bill): void {
  const size = allocatedStorage(database);
  const type = storageType(database);
  const { database: words } = bill.words;
  bill.charge('RDS', {
    description: words.storage({ size, type, zones: words[deployment.zones]() }),
    rate: {
      service: 'AmazonRDS',
      usageType: `RDS:${deployment.storageUsagePrefix}${type.toUpperCase()}-Storage`,
    },
    quantity: Number(size),
  });
}

function listStorageGrowth(database: NamedResource, bill: Bill): void {
  const { MaxAllocatedStorage } = database.properties;
  if (MaxAllocatedStorage === undefined) return;
  const { growth } = bill.words.database;
  bill.listUnpriced(
    growth.usage({ size: allocatedStorage(database) }),
    growth.reason({ maximum: Number(MaxAllocatedStorage) }),
  );
}

/** Charges the IOPS that are provisioned beyond those that the price of the storage includes. */
function chargeProvisionedIops(database: NamedResource, deployment: Deployment, bill: Bill): void {
  const { iops } = includedPerformance(database);
  const excessIops = Number(database.properties.Iops ?? 0) - iops;
  if (excessIops <= 0) return;
  const { database: words } = bill.words;
  bill.charge('RDS', {
    description: words.iops({
      excess: formatQuantity(excessIops),
      included: formatQuantity(iops),
      zones: words[deployment.zones](),
    }),
    rate: {
      service: 'AmazonRDS',
      usageType: `RDS:${deployment.storageUsagePrefix}${storageType(database).toUpperCase()}-PIOPS`,
    },
    quantity: excessIops,
  });
}

function listProvisionedThroughput(database: NamedResource, bill: Bill): void {
  const { throughput } = includedPerformance(database);
  const excessThroughput = Number(database.properties.StorageThroughput ?? 0) - throughput;
  if (excessThroughput <= 0) return;
  const description = bill.words.database.throughput({ excess: excessThroughput, included: throughput });
  bill.listMissing('RDS', description, bill.words.missing.unknownUnit);
}

function listBackups(database: NamedResource, bill: Bill): void {
  const { BackupRetentionPeriod, DeleteAutomatedBackups } = database.properties;
  const { backups, keptBackups } = bill.words.database;
  if (Number(BackupRetentionPeriod ?? DEFAULT_BACKUP_DAYS) > 0) {
    bill.listUnpriced(backups.usage, backups.reason);
  }
  if (DeleteAutomatedBackups === false) {
    const days = String(BackupRetentionPeriod);
    bill.listUnmeasured({ description: keptBackups({ days }), rate: BACKUP_STORAGE_RATE });
  }
}

function listBurstCpu(database: NamedResource, bill: Bill): void {
  if (!BURSTABLE_CLASS.test(String(database.properties.DBInstanceClass))) return;
  const { burstCpu } = bill.words.database;
  bill.listUnpriced(burstCpu.usage, burstCpu.reason);
}

function listPerformanceInsights(database: NamedResource, bill: Bill): void {
  const { PerformanceInsightsRetentionPeriod } = database.properties;
  if (Number(PerformanceInsightsRetentionPeriod ?? FREE_PERFORMANCE_INSIGHTS_DAYS) > FREE_PERFORMANCE_INSIGHTS_DAYS) {
    const { performanceInsights } = bill.words.database;
    bill.listMissing('RDS', performanceInsights.usage, performanceInsights.reason);
  }
}

/** IOPS and throughput in MiB/s that the price of the storage includes. */
function includedPerformance(database: NamedResource): { readonly iops: number; readonly throughput: number } {
  if (storageType(database).toUpperCase() !== 'GP3') return { iops: 0, throughput: 0 };
  const isStriped = Number(allocatedStorage(database)) >= STRIPED_FROM_GIB;
  return isStriped ? { iops: 12_000, throughput: 500 } : { iops: 3_000, throughput: 125 };
}

/** Size of the storage in GiB, as in the template. */
function allocatedStorage({ properties }: NamedResource): string {
  return String(properties.AllocatedStorage);
}

function storageType({ properties }: NamedResource): string {
  const { StorageType = 'gp2' } = properties;
  return String(StorageType);
}
