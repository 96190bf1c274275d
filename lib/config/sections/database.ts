import type { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { Duration, Size } from 'aws-cdk-lib/core';
import type { Safeguard, SwitchedOff } from '../safeguard';
import type { TimeOfDay } from './office-hours';

/** RDS for PostgreSQL (guide 3-2). */
export interface DatabaseConfig {
  /**
   * From which snapshot is the database made, by its name or ARN (docs/moving-in.md)? `undefined`: it begins empty.
   * `databaseName`, `engineVersion` and `encryption` must say what the snapshot has, and `allocatedStorage` no less. Once
   * deployed, keep it for ever, even when the snapshot is gone: without it, or with another one, CloudFormation asks for
   * another database, which the fixed name alone prevents, and the deploy fails.
   */
  readonly fromSnapshot: string | undefined;
  /** Which instance class, without `db.` in front? One that RDS offers in the region, which a synth checks. */
  readonly instanceType: InstanceType;
  /**
   * How much gp3 storage to begin with? Never write less than was deployed: RDS cannot make storage smaller, and the
   * deploy fails. From 400 GiB on, `iops` and `storageThroughput` must be given, or it cannot grow any more.
   */
  readonly allocatedStorage: Size;
  /**
   * Up to what size does RDS enlarge the storage by itself? `undefined`: never. It may lie above 400 GiB: RDS takes the
   * storage over that size itself, with gp3's own IOPS there. Once it has, write the size it has reached (RDS console)
   * as `allocatedStorage`, with `iops` and `storageThroughput`.
   */
  readonly maxAllocatedStorage: Size | undefined;
  /** How many IOPS? `undefined` below 400 GiB, where RDS refuses it (gp3 has 3000); 12000 or more from there on. */
  readonly iops: number | undefined;
  /** How much throughput (MiB/s)? `undefined` below 400 GiB, where gp3 has 125; 500 or more from there on. */
  readonly storageThroughput: number | undefined;
  /**
   * Is there a standby in the second zone? Off: one instance, in the first zone. Once it is on, never switch it off: a
   * zone that is added asks for another database, which the fixed name alone prevents, and the deploy fails.
   */
  readonly multiAz: Safeguard;
  /** What is the first database called? ProofLink's name comes first, since RDS refuses many a word. */
  readonly databaseName: string;
  /** Which `sslmode` does DATABASE_URL carry? The server refuses clear text in any case (docs/runbook.md, "TLS"). */
  readonly sslMode: 'require' | 'verify-ca' | 'verify-full';
  /**
   * Which major version of PostgreSQL, 15 to 18? RDS picks the minor one. It follows an upgrade (docs/runbook.md,
   * "PostgreSQL").
   */
  readonly engineVersion: `${number}`;
  readonly backups: BackupConfig;
  /** When may RDS restart the database for maintenance, in UTC? At least 30 minutes, while the database runs. */
  readonly maintenanceWindow: `${Weekday}:${TimeOfDay}-${Weekday}:${TimeOfDay}`;
  /** Is the storage encrypted? Cannot be changed later without replacing the database. */
  readonly encryption: Safeguard;
  /** Does RDS refuse to delete the database? */
  readonly deletionProtection: Safeguard;
  /** Is Performance Insights on, for 7 days, through Database Insights standard? */
  readonly performanceInsights: boolean;
}

/** Backups of the database; its windows are in UTC, as RDS wants them. */
interface BackupConfig {
  /** How many days back can the database be restored? 1 to 35 whole days, or off with the reason. */
  readonly retention: Duration | SwitchedOff;
  /** When does the daily backup begin and end, in UTC? At least 30 minutes, while the database runs. */
  readonly window: `${TimeOfDay}-${TimeOfDay}`;
  /**
   * When does AWS Backup restore a snapshot as a test, and delete the copy? `undefined`: never. It takes a snapshot each Sunday
   * at the same time, and keeps two. Alarms mail a test that failed or did not end within a day.
   */
  readonly restoreTest: RestoreTestConfig | undefined;
}

/** A day of each month, in UTC. */
export interface RestoreTestConfig {
  /** On which day of the month, 1 to 27? */
  readonly day: number;
  /** When on that day, in UTC? Two hours before the windows of backup and maintenance, or after them. */
  readonly time: TimeOfDay;
}

/** A weekday as RDS writes it. */
export type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun';
