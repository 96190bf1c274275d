import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const SNAPSHOT = 'database.fromSnapshot';

/** ARN of a snapshot in a region, or of another kind of resource. */
const arnIn = (region: string, kind = 'snapshot') => `arn:aws:rds:${region}:123456789012:${kind}:before-moving-in`;

const NOT_A_SNAPSHOT = "is not a snapshot's name or ARN; write";

refuses('RDS has no such snapshot, and CloudFormation rolls everything back', dev, [
  { title: 'a name is not empty', field: SNAPSHOT, values: ['', ' ', 'rds:'], says: NOT_A_SNAPSHOT },
  { title: 'a name begins with a letter', field: SNAPSHOT, values: ['1st'], says: NOT_A_SNAPSHOT },
  {
    title: 'a hyphen stands alone, and not at the end',
    field: SNAPSHOT,
    values: ['a--b', 'a-'],
    says: NOT_A_SNAPSHOT,
  },
  {
    title: 'a name has letters, digits and hyphens only',
    field: SNAPSHOT,
    values: ['a b', 'a_b', 'a\n'],
    says: NOT_A_SNAPSHOT,
  },
  { title: 'a name has up to 255 characters', field: SNAPSHOT, values: [`a${'b'.repeat(255)}`], says: NOT_A_SNAPSHOT },
  {
    title: 'a snapshot of a cluster is none of an instance',
    field: SNAPSHOT,
    values: ['cluster:x'],
    says: NOT_A_SNAPSHOT,
  },
  {
    title: 'the ARN of an instance is none of its snapshot',
    field: SNAPSHOT,
    values: [arnIn('ap-northeast-1', 'db')],
    says: NOT_A_SNAPSHOT,
  },
  {
    title: 'RDS restores within a region',
    field: SNAPSHOT,
    values: [arnIn('us-east-1')],
    says:
      'lies in us-east-1, and RDS restores within a region; copy it to ap-northeast-1 (aws rds copy-db-snapshot), and ' +
      'write the name of the copy',
  },
]);

takes('a snapshot that a person took', dev, [{ field: SNAPSHOT, values: ['before-moving-in', `a${'b'.repeat(254)}`] }]);
takes('a snapshot that another account shares', dev, [{ field: SNAPSHOT, values: [arnIn('ap-northeast-1')] }]);
takes('a snapshot that RDS took', dev, [{ field: SNAPSHOT, values: ['rds:prooflink-prod-db-2026-01-23-17-05'] }]);
