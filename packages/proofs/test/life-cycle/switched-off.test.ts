import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { dev, prod } from '../../../../test/support/configs';
import { delivery, type EnvironmentConfig, type FixedConfig, type SwitchedOff } from '@infra/commands/app';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { withField } from '../../../../test/support/config';
import { at } from '../../../../test/support/deployed';
import { testEnvironments } from '../../../../test/support/environments';
import { synthesize } from '../../../../test/support/synth';
import { scratch } from './support/apps';
import { Life } from './support/life';
import { live } from './support/live';
import { changed, takeProperties } from './support/properties';
import { deploy } from './support/steps';

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
const userImport = dev.userImport && { ...dev.userImport, schedule: undefined, settings: undefined };

/** Each field that can be on or off, with what switches it on, or why it cannot be switched off again. */
const fields: Readonly<Record<OnOff<FixedConfig>, { on: unknown } | { never: string }>> = {
  account: { on: LOCAL_ACCOUNT },
  terminationProtection: { on: 'on' },
  keepData: { on: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
  'database.fromSnapshot': { never: 'another database would be made: snapshots.test.ts of the local AWS' },
  'database.maxAllocatedStorage': { on: Size.gibibytes(100) },
  'database.iops': { never: 'storage never shrinks below 400 GiB, from which on it must be given' },
  'database.storageThroughput': { never: 'as IOPS' },
  'database.multiAz': { never: 'refused-changes.test.ts' },
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
  'loadBalancer.firewall': { on: testEnvironments.testlean.loadBalancer.firewall },
  'webService.containerInsights': { on: true },
  'webService.executeCommand': { on: true },
  'webService.migration': { on: { command: ['node', 'migrate.js'], timeout: Duration.minutes(5) } },
  'webService.settings': { on: settings },
  alarms: { on: testEnvironments.testlean.alarms },
  budget: { on: testEnvironments.testlean.budget },
  userImport: { on: userImport },
  'userImport.schedule': { on: { time: '10:30', days: 'weekdays', fileKey: 'imports/users.csv' } },
  'userImport.settings': { on: settings },
  officeHours: { on: dev.officeHours },
};

/** Dev without all that it may lack. */
const bare: FixedConfig = {
  ...dev,
  fileStorage: { ...dev.fileStorage, importExpiration: undefined },
  webService: { ...dev.webService, executeCommand: false },
  userImport: undefined,
  officeHours: undefined,
};
const importing: FixedConfig = { ...bare, userImport };

type Path = keyof typeof fields;

/** A config with fields switched on, but for those that cannot be switched off again. */
function withOn(config: EnvironmentConfig, ...paths: Path[]): EnvironmentConfig {
  return paths.reduce((changedConfig, path) => {
    const field = fields[path];
    return 'on' in field ? withField(changedConfig, path, field.on) : changedConfig;
  }, config);
}

/** Fields that need an import before they are switched on: they are switched by themselves. */
const fieldsOfImport: Path[] = ['userImport.schedule', 'userImport.settings'];
const otherFields = (Object.keys(fields) as Path[]).filter((path) => !fieldsOfImport.includes(path));
const scaled = withField(importing, 'webService.tasks', { ...prod.webService.tasks, targetRequestsPerMinute: 600 });
const { hostedZoneId: id = '', hostedZoneName: name = '' } = prod.loadBalancer.domain ?? {};
const zones = [{ id, name }];

/** Dev with resources that `keepData` keeps. */
const keepingData = withOn(bare, 'keepData', 'userImport', 'webService.settings', 'webService.migration');

const life = new Life('dev');

let lastConfig: EnvironmentConfig | undefined;

/** Deploys dev with this config, unless it was the last one; returns what the account then holds. */
async function deployAndRead(config: EnvironmentConfig, ...options: string[]): Promise<ReadonlyMap<string, string>> {
  if (config === lastConfig) return takeProperties(life.names);
  const outdir = mkdtempSync(join(scratch, 'switched-'));
  synthesize({ dev: config }, delivery, outdir);
  const { exitCode, output } = await life.call(deploy('', '', '--app', outdir, ...options));
  if (exitCode !== 0) throw new Error(output);
  lastConfig = config;
  return takeProperties(life.names);
}

/** A config without some fields and with them, and what may differ once they are switched off again. */
interface Switching {
  readonly title: string;
  readonly withoutFields: EnvironmentConfig;
  readonly withFields: EnvironmentConfig;
  /** Lines of `changed`, each of which must occur. */
  readonly allowedRemains: readonly RegExp[];
}

const SWITCHINGS: readonly Switching[] = [
  {
    title: 'the schedule and the settings of an import, and scaling',
    withoutFields: importing,
    withFields: withOn(scaled, ...fieldsOfImport),
    // Jobs that wait go on with the revision that they were submitted with.
    allowedRemains: [/^what exists.AWS::Batch::JobDefinition.\d: nothing -> ".*:\d+"$/],
  },
  {
    title: 'all other fields at once',
    withoutFields: bare,
    withFields: withOn(bare, ...otherFields),
    allowedRemains: [
      /^bucket versioning.Status: nothing -> "Suspended"$/,
      // It says nothing where Performance Insights is off.
      /^database.DBInstances.0.PerformanceInsightsRetentionPeriod: nothing -> 7$/,
      // ACM’s own, by which it checked the domain; CloudFormation never deletes it.
      /^what exists.AWS::Route53::RecordSet.0: nothing -> "_\w+.dev.prooflink.example.com"$/,
      // Registries, log groups and secrets are kept where `keepData` says so.
      /^(what exists.AWS::ECR::Repository|registries.repositories|registry lifecycles)\.\d/,
      /^(what exists.AWS::Logs::LogGroup|logs.logGroups)\.\d/,
      /^(what exists.AWS::SecretsManager::Secret|secrets.SecretList)\.\d/,
    ],
  },
];

test('dev can be had with all of them off', () => {
  const isOff = (value: unknown) =>
    value === undefined || value === false || (value as { off?: string }).off !== undefined;
  expect(Object.keys(fields).filter((path) => !isOff(at(bare as never, path)))).toEqual([]);
});

live(life, [
  { name: 'an account', calls: [() => life.startPrepared({ run: false, zones })] },
  ...SWITCHINGS.map(({ title, withoutFields, withFields, allowedRemains }) => ({
    name: `${title}, switched on and off again: the account is as it was, but for what AWS or keepData keeps`,
    calls: [
      async () => {
        const before = await deployAndRead(withoutFields);
        expect(changed(before, await deployAndRead(withFields))).not.toEqual([]);
        const remains = changed(before, await deployAndRead(withoutFields));
        expect(remains.filter((line) => !allowedRemains.some((pattern) => pattern.test(line)))).toEqual([]);
        expect(allowedRemains.filter((pattern) => !remains.some((line) => pattern.test(line)))).toEqual([]);
      },
    ],
  })),
  {
    name: 'the names of kept resources are taken: they are switched on again by importing them into the stack',
    calls: [
      async () => {
        await expect(deployAndRead(keepingData)).rejects.toThrow('already exists');
        await deployAndRead(keepingData, '--import-existing-resources');
      },
    ],
  },
]);
