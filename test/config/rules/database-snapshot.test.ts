import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const SNAPSHOT = 'database.fromSnapshot';

/** ARN of a snapshot in a region, or of another kind of resource. */
const arnIn = (region: string, kind = 'snapshot') => `arn:aws:rds:${region}:123456789012:${kind}:before-moving-in`;

const NOT_A_SNAPSHOT = "is not a snapshot's name or ARN; write";

refuses('RDS has no such snapshot, and CloudFormation rolls everything back', dev, [
  {
    title: 'no name, or none that RDS takes',
    field: SNAPSHOT,
    values: ['', 'rds:', '1st', 'a--b', 'a-', 'a_b', 'a\n'],
    says: NOT_A_SNAPSHOT,
  },
  { title: 'a name of 256 characters', field: SNAPSHOT, values: ['a'.repeat(256)], says: NOT_A_SNAPSHOT },
  {
    title: 'a snapshot of a cluster, or the ARN of an instance',
    field: SNAPSHOT,
    values: ['cluster:x', arnIn('ap-northeast-1', 'db')],
    says: NOT_A_SNAPSHOT,
  },
  {
    title: 'a snapshot of another region, from which RDS does not restore',
    field: SNAPSHOT,
    values: [arnIn('us-east-1')],
    says:
      'lies in us-east-1, and RDS restores within a region; copy it to ap-northeast-1 (aws rds copy-db-snapshot), and ' +
      'write the name of the copy',
  },
]);

takes('a snapshot that a person took', dev, [{ field: SNAPSHOT, values: ['before-moving-in', 'a'.repeat(255)] }]);
takes('a snapshot by its ARN, as one that another account shares must be', dev, [
  { field: SNAPSHOT, values: [arnIn('ap-northeast-1')] },
]);
takes('a snapshot that RDS took', dev, [{ field: SNAPSHOT, values: ['rds:prooflink-prod-db-2026-01-23-17-05'] }]);
