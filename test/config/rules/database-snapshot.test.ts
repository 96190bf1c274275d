import { prod } from '../../support/configs/prod';
import { testAccepted, testRules } from '../../support/config';

const SNAPSHOT = 'database.fromSnapshot';
const arnIn = (region: string) => `arn:aws:rds:${region}:123456789012:snapshot:before-moving-in`;

testRules('database: RDS knows no such snapshot, and CloudFormation rolls everything back', [
  ...['', ' ', '1st', 'a--b', 'a-', 'a b', 'a_b', `a${'b'.repeat(255)}`, 'cluster:x', 'rds:', 'a\n'].map(
    (name): [string, string, string] => [
      SNAPSHOT,
      name,
      `${/^[!-~]([ -~]*[!-~])?$/.test(name) ? name : JSON.stringify(name)} is not a snapshot's name or ARN; write`,
    ],
  ),
  [
    SNAPSHOT,
    'arn:aws:rds:ap-northeast-1:123456789012:db:prooflink-dev-db',
    'arn:aws:rds:ap-northeast-1:123456789012:db:',
  ],
  [
    SNAPSHOT,
    arnIn('us-east-1'),
    `${arnIn('us-east-1')} lies in us-east-1, and RDS restores within a region; copy it to ap-northeast-1 ` +
      '(aws rds copy-db-snapshot), and write the name of the copy',
  ],
]);

testAccepted('database: a snapshot that somebody took, one that RDS took, and another account’s', [
  [SNAPSHOT, 'before-moving-in'],
  [SNAPSHOT, `a${'b'.repeat(254)}`],
  [SNAPSHOT, 'rds:prooflink-prod-db-2026-01-23-17-05', prod],
  [SNAPSHOT, arnIn('ap-northeast-1')],
]);
