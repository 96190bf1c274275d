import { Size } from 'aws-cdk-lib/core';
import type { Row } from './change-shows';
import { RDS } from './places';

const FROM_400_GIB = {
  'database.allocatedStorage': Size.gibibytes(400),
  'database.iops': 12000,
  'database.storageThroughput': 500,
};

/** A property of storage that RDS takes from 400 GiB on. */
export const striped = (property: string, other: number): Row => ({
  to: () => other,
  given: FROM_400_GIB,
  shows: [`${RDS}.${property}`],
});

export const fromSnapshot: Row = {
  to: () => 'before-moving-in',
  given: { 'database.encryption': 'on' },
  shows: ['DBSnapshotIdentifier', 'DBName', 'MasterUsername'].map((property) => `${RDS}.${property}`),
};
