import type { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { dev, prod } from '@infra/testing/configs';
import type { EnvironmentConfig, FixedConfig, SwitchedOff } from '@infra/commands/app';
import { withField } from '@infra/testing/config';
import { at } from '@infra/testing/deployed';
import { testEnvironments } from '@infra/testing/environments';
import { synthesized } from './support/synthesized';

/** The paths of the fields that can be on or off: those that may be `undefined`, `{ off }` or `false`. */
type OnOff<T> = T extends Duration | Size | InstanceType | readonly unknown[]
  ? never
  : T extends object
    ? { [K in keyof T & string]: Switch<T[K], K> | `${K}.${OnOff<NonNullable<T[K]>>}` }[keyof T & string]
    : never;
type Switch<Value, Key> = undefined extends Value
  ? Key
  : SwitchedOff extends Value
    ? Key
    : false extends Value
      ? Key
      : never;

const settings = { variables: { SMTP_HOST: 'smtp.example.com' }, secrets: ['SMTP_PASSWORD'] };
const userImport = dev.userImport && {
  ...dev.userImport,
  schedule: undefined,
  databaseVariable: undefined,
  settings: undefined,
};

/** Value that switches a field on, or why it cannot be switched off again. A new field without a row does not compile. */
const fields: Readonly<Record<OnOff<FixedConfig>, { on: unknown } | { never: string }>> = {
  account: { on: '123456789012' },
  terminationProtection: { on: 'on' },
  keepData: { on: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
  'database.fromSnapshot': { never: 'another database would be made: snapshots.test.ts of the local AWS' },
  'database.maxAllocatedStorage': { on: Size.gibibytes(100) },
  'database.iops': { never: 'storage never shrinks below 400 GiB, from which on it must be given' },
  'database.storageThroughput': { never: 'as IOPS' },
  'database.multiAz': { never: 'a named database cannot return to one zone: refused-updates.test.ts of the local AWS' },
  'database.backups.retention': { on: Duration.days(9) },
  'database.encryption': { never: 'the database would be replaced' },
  'database.deletionProtection': { on: 'on' },
  'database.performanceInsights': { on: true },
  'fileStorage.versioning': { on: 'on' },
  'fileStorage.importExpiration': { on: Duration.days(30) },
  'imageRegistry.immutableTags': { on: 'on' },
  'imageRegistry.scanOnPush': { on: 'on' },
  'imageRegistry.refuse': { on: { severity: 'HIGH', accepted: [] } },
  'loadBalancer.domain': { on: { ...prod.loadBalancer.domain, domainName: 'dev.prooflink.example.com' } },
  'loadBalancer.edge': { never: 'the load balancer would be replaced' },
  'loadBalancer.firewall': { on: testEnvironments.testlean.loadBalancer.firewall },
  'webService.containerInsights': { on: true },
  'webService.executeCommand': { on: true },
  'webService.migration': { on: { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) } },
  'webService.databaseVariable': { on: 'POSTGRES_URL' },
  'webService.settings': { on: settings },
  alarms: { on: testEnvironments.testlean.alarms },
  budget: { on: testEnvironments.testlean.budget },
  userImport: { on: userImport },
  'userImport.schedule': { on: { time: '10:30', days: 'weekdays', fileKey: 'imports/users.csv' } },
  'userImport.databaseVariable': { on: 'POSTGRES_URL' },
  'userImport.settings': { on: settings },
  officeHours: { on: dev.officeHours },
};

/** Dev without all that it may lack, but for the import, which has fields of its own. */
const off: FixedConfig = {
  ...dev,
  fileStorage: { ...dev.fileStorage, importExpiration: undefined },
  webService: { ...dev.webService, executeCommand: false },
  userImport,
  officeHours: undefined,
};
const withoutImport: FixedConfig = { ...off, userImport: undefined };

const switches = Object.entries(fields).flatMap(([path, field]) => ('on' in field ? [{ path, on: field.on }] : []));

function isAccepted(config: EnvironmentConfig): boolean {
  return 'template' in synthesized('dev', config);
}

test('dev can be had with all of them off', () => {
  const isOff = (value: unknown) =>
    value === undefined || value === false || (value as { off?: string }).off !== undefined;
  const notOff = switches.filter(({ path }) => !isOff(at(withoutImport as never, path)));
  expect(notOff).toEqual([]);
  expect(isAccepted(withoutImport)).toBe(true);
});

// Each switch is one deploy: a rule that refuses either side would leave a person with a field that never goes again.
test.each(switches)('$path can be switched on by itself', ({ path, on }) => {
  // A refusal by the scan needs the scan.
  const scanning = withField(path === 'userImport' ? withoutImport : off, 'imageRegistry.scanOnPush', 'on');
  expect(isAccepted(withField(scanning, path as keyof typeof fields, on))).toBe(true);
});
