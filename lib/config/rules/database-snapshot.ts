import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { type Report, show } from './check';

/** A snapshot that RDS may know, in the environment's region. */
export function snapshotRules({ database: { fromSnapshot }, region }: EnvironmentConfig, report: Report): void {
  if (fromSnapshot === undefined) return;
  const [, elsewhere, name = ''] = /^(?:arn:aws:rds:([a-z\d-]+):\d{12}:snapshot:)?(.*)$/s.exec(fromSnapshot) ?? [];
  // One that RDS took by itself has rds: in front.
  if (!/^(rds:)?[a-z](-?[a-z\d])*$/i.test(name) || name.length > 255) {
    report('database.fromSnapshot', words.database.notSnapshot({ snapshot: show(fromSnapshot) }));
  } else if (elsewhere !== undefined && elsewhere !== region) {
    const snapshot = show(fromSnapshot);
    report('database.fromSnapshot', words.database.snapshotElsewhere({ snapshot, elsewhere, region }));
  }
}
