import type { EnvironmentConfig } from '../environment';
import { type Report, show } from './check';

/** A snapshot that RDS may know, in the environment's region. */
export function snapshotRules({ database: { fromSnapshot }, region }: EnvironmentConfig, report: Report): void {
  if (fromSnapshot === undefined) return;
  const [, elsewhere, name = ''] = /^(?:arn:aws:rds:([a-z\d-]+):\d{12}:snapshot:)?(.*)$/s.exec(fromSnapshot) ?? [];
  // One that RDS took by itself has rds: in front.
  if (!/^(rds:)?[a-z](-?[a-z\d])*$/i.test(name) || name.length > 255) {
    report(
      'database.fromSnapshot',
      `${show(fromSnapshot)} is not a snapshot's name or ARN; write what aws rds describe-db-snapshots shows, or undefined`,
    );
  } else if (elsewhere !== undefined && elsewhere !== region) {
    report(
      'database.fromSnapshot',
      `${show(fromSnapshot)} lies in ${elsewhere}, and RDS restores within a region; copy it to ${region} ` +
        '(aws rds copy-db-snapshot), and write the name of the copy',
    );
  }
}
