import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const SNAPSHOT = 'database.fromSnapshot';
const arnIn = (region: string, kind = 'snapshot') => `arn:aws:rds:${region}:123456789012:${kind}:before-moving-in`;

refuses('RDS knows no such snapshot, and CloudFormation rolls everything back', dev, [
  {
    field: SNAPSHOT,
    values: ['', ' ', '1st', 'a--b', 'a-', 'a b', 'a_b', 'a\n', 'rds:'],
    says: "is not a snapshot's name or ARN; write",
  },
  {
    field: SNAPSHOT,
    values: ['cluster:x', `a${'b'.repeat(255)}`, arnIn('ap-northeast-1', 'db')],
    says: "is not a snapshot's name or ARN; write",
  },
  {
    field: SNAPSHOT,
    values: [arnIn('us-east-1')],
    says:
      'lies in us-east-1, and RDS restores within a region; copy it to ap-northeast-1 (aws rds copy-db-snapshot), and ' +
      'write the name of the copy',
  },
]);

takes('a snapshot that a person took, one that RDS took, and another account’s', dev, [
  { field: SNAPSHOT, values: ['before-moving-in', `a${'b'.repeat(254)}`, arnIn('ap-northeast-1')] },
  { field: SNAPSHOT, values: ['rds:prooflink-prod-db-2026-01-23-17-05'] },
]);
