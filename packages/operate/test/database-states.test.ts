import { dev, prod } from '@infra/testing/configs';
import { type Availability, availabilityOf, databaseRemedy } from '../src/deployed/database';

/** Each state that RDS documents ("Viewing Amazon RDS DB instance status"): whether a database in it takes connections. */
const STATES: Readonly<Record<string, Availability>> = {
  available: 'available',
  'backing-up': 'available',
  'configuring-enhanced-monitoring': 'available',
  'configuring-iam-database-auth': 'available',
  'configuring-log-exports': 'available',
  creating: 'coming',
  deleting: 'broken',
  'delete-precheck': 'broken',
  failed: 'broken',
  'inaccessible-encryption-credentials': 'broken',
  'inaccessible-encryption-credentials-recoverable': 'broken',
  'incompatible-create': 'broken',
  'incompatible-network': 'broken',
  'incompatible-option-group': 'broken',
  'incompatible-parameters': 'broken',
  'incompatible-restore': 'broken',
  'insufficient-capacity': 'broken',
  maintenance: 'available',
  modifying: 'available',
  rebooting: 'coming',
  renaming: 'available',
  'resetting-master-credentials': 'available',
  'restore-error': 'broken',
  starting: 'coming',
  stopped: 'stopped',
  stopping: 'stopped',
  'storage-config-upgrade': 'available',
  'storage-full': 'broken',
  'storage-initialization': 'available',
  'storage-optimization': 'available',
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
