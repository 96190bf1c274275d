import { Duration } from 'aws-cdk-lib/core';
import type { DatabaseConfig } from '../sections/database';
import { checkDuration, checkGibibytes, checkInteger, checkOneOf, checkSafeguard, type Report, show } from './check';

/** From this size on RDS stripes gp3 storage and takes IOPS and throughput; below it refuses both. */
const STRIPED_FROM_GIB = 400;

/** The most that RDS for PostgreSQL allocates, in GiB. */
const LARGEST_GIB = 65536;

/** What RDS for PostgreSQL takes. */
export function databaseRules(database: DatabaseConfig, report: Report): void {
  checkSafeguard(report, 'database.encryption', database.encryption);
  checkSafeguard(report, 'database.deletionProtection', database.deletionProtection);
  checkOneOf(report, 'database.sslMode', database.sslMode, ['require', 'verify-ca', 'verify-full']);

  const instanceClass = database.instanceType.toString();
  if (!/^[a-z]\d[a-z0-9]*\.(micro|small|medium|large|\d*xlarge)$/.test(instanceClass)) {
    report('database.instanceType', `${show(instanceClass)} is no instance class such as t4g.micro`);
  }
  if (
    !/^[a-z][a-z0-9_]{0,62}$/.test(database.databaseName) ||
    /^(rdsadmin|postgres|template[01])$/.test(database.databaseName)
  ) {
    report(
      'database.databaseName',
      `${show(database.databaseName)} is not allowed; up to 63 of a-z, 0-9 and _, a letter first, no name of PostgreSQL's own`,
    );
  }

  const { retention } = database.backups;
  if (retention instanceof Duration) {
    // Zero days are a safeguard switched off, which wants its reason.
    checkDuration(report, 'database.backups.retention', retention, 'days', 1, 35);
  } else {
    checkSafeguard(report, 'database.backups.retention', retention);
  }
  storageRules(database, report);
}

function storageRules(database: DatabaseConfig, report: Report): void {
  const allocated = checkGibibytes(report, 'database.allocatedStorage', database.allocatedStorage, 20, LARGEST_GIB);
  if (database.maxAllocatedStorage) {
    const field = 'database.maxAllocatedStorage';
    const max = checkGibibytes(report, field, database.maxAllocatedStorage, 20, LARGEST_GIB);
    // In whole numbers: 100 * 1.1 is a little more than 110.
    if (max * 10 < allocated * 11) {
      report(field, `${max} GiB are not 10 % above the ${allocated} GiB allocated, the least that RDS takes`);
    }
  }
  const { iops, storageThroughput } = database;
  for (const [field, value, min, max] of [
    ['database.iops', iops, 12000, 64000],
    ['database.storageThroughput', storageThroughput, 500, 4000],
  ] as const) {
    if (value === undefined) continue;
    if (allocated < STRIPED_FROM_GIB) {
      report(
        field,
        `${show(value)} with ${allocated} GiB: RDS takes it from ${STRIPED_FROM_GIB} GiB on; write undefined`,
      );
    } else {
      checkInteger(report, field, value, min, max);
    }
  }
  if ((storageThroughput ?? 0) > (iops ?? 12000) / 4) {
    report(
      'database.storageThroughput',
      `${show(storageThroughput)} MiB/s is more than a quarter of ${iops ?? 12000} IOPS`,
    );
  }
}
