import { isAway } from '../../tools/operate/release/checks';

/** Each state that RDS documents ("Viewing Amazon RDS DB instance status"): whether a database in it takes no connection. */
const STATES: Readonly<Record<string, boolean>> = {
  available: false,
  'backing-up': false,
  'configuring-enhanced-monitoring': false,
  'configuring-iam-database-auth': false,
  'configuring-log-exports': false,
  creating: true,
  deleting: true,
  'delete-precheck': true,
  failed: true,
  'inaccessible-encryption-credentials': true,
  'inaccessible-encryption-credentials-recoverable': true,
  'incompatible-create': true,
  'incompatible-network': true,
  'incompatible-option-group': true,
  'incompatible-parameters': true,
  'incompatible-restore': true,
  'insufficient-capacity': true,
  maintenance: false,
  modifying: false,
  rebooting: false,
  renaming: false,
  'resetting-master-credentials': false,
  'restore-error': true,
  starting: true,
  stopped: true,
  stopping: true,
  'storage-config-upgrade': false,
  'storage-full': false,
  'storage-initialization': false,
  'storage-optimization': false,
  upgrading: false,
};

test.each(Object.entries(STATES))('a release of web tasks is refused while the database is %s: %s', (status, away) => {
  expect(isAway(status)).toBe(away);
});
