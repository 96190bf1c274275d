import { dev, prod } from '@infra/testing/configs';
import { type Availability, availabilityOf, databaseRemedy } from '../src/deployed/database';

/**
 * States of each kind that RDS documents ("Viewing Amazon RDS DB instance status"), and whether a database in it takes
 * connections.
 */
const STATES: Readonly<Record<string, Availability>> = {
  available: 'available',
  'backing-up': 'available',
  creating: 'coming',
  deleting: 'broken',
  failed: 'broken',
  'inaccessible-encryption-credentials': 'broken',
  'incompatible-network': 'broken',
  'insufficient-capacity': 'broken',
  modifying: 'available',
  rebooting: 'coming',
  'restore-error': 'broken',
  starting: 'coming',
  stopped: 'stopped',
  stopping: 'stopped',
  'storage-full': 'broken',
  upgrading: 'coming',
};

test.each(Object.entries(STATES))(
  'status, release and import agree on a database that is %s: %s',
  (status, expected) => {
    expect(availabilityOf({ DBInstanceStatus: status })).toBe(expected);
  },
);

const prodStack = {
  environmentName: 'prod',
  region: 'ap-northeast-1',
  details: { StackName: 'ProoflinkProd', StackStatus: 'UPDATE_COMPLETE' as const, CreationTime: new Date() },
};

test.each([
  { status: 'starting', config: dev, remedy: 'wait until it is available' },
  { status: 'stopped', config: dev, remedy: 'npm run prooflink -- start prod' },
  {
    status: 'stopped',
    config: prod,
    remedy: 'aws rds start-db-instance --region ap-northeast-1 --db-instance-identifier db',
  },
  {
    status: 'storage-full',
    config: prod,
    remedy:
      'raise database.allocatedStorage or maxAllocatedStorage in lib/config/prod.ts, then npx cdk deploy ProoflinkProd',
  },
  {
    status: 'failed',
    config: prod,
    remedy:
      'see what RDS says of it: aws rds describe-events --region ap-northeast-1 --source-type db-instance ' +
      '--source-identifier db --duration 1440',
  },
])('what helps where it is $status: $remedy', ({ status, config, remedy }) => {
  expect(databaseRemedy(prodStack, config, { DBInstanceIdentifier: 'db', DBInstanceStatus: status })).toBe(remedy);
});
