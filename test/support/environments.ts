import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import * as configured from '../../lib/config';
import type { DeliveryConfig } from '../../lib/config/delivery';
import type { EnvironmentConfig, FixedConfig, ScaledConfig } from '../../lib/config/environment';
import { stackId } from '../../lib/config/names';
import { withFields } from './config';
import { dev, prod } from './configs';
import { delivery } from './configs/delivery';
import { job, worker } from './configs/other-tasks';
import { testlarge } from './large';

/** A copy of an environment as a person makes one: its texts speak of the new one. */
function copyOf<Config extends EnvironmentConfig>(config: Config, name: string, newName: string): Config {
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const wholeName = new RegExp(`(?<![a-z])${name}(?![a-z])`, 'g');
      return value.replace(wholeName, newName).replaceAll(stackId(name), stackId(newName));
    }
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value?.constructor !== Object) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]));
  };
  return renamed(config) as Config;
}

/**
 * Like prod, at its zone's own name, with RETAIN, the data of another database, port 80 open to two ranges, a shell into its tasks, scaling on
 * requests, and settings and a migration whose secrets stay with its data; without import and without alarms.
 */
const testopen = withFields(copyOf(prod, 'prod', 'testopen'), {
  keepData: RemovalPolicy.RETAIN,
  'database.fromSnapshot': 'before-moving-in',
  'loadBalancer.openPorts': [80, 443],
  'loadBalancer.allowedRanges': ['54.249.113.0/24', '13.112.100.7/32'],
  'loadBalancer.domain.domainName': prod.loadBalancer.domain?.hostedZoneName,
  'webService.executeCommand': true,
  'webService.tasks.targetRequestsPerMinute': 600,
  'webService.settings': {
    variables: { AUTH_URL: 'https://example.com/auth', SMTP_PORT: '587' },
    secrets: ['SMTP_PASSWORD'],
  },
  'webService.migration': { command: ['node', 'migrate.js'], timeout: Duration.minutes(90) },
  userImport: undefined,
  alarms: undefined,
}) as ScaledConfig;

/**
 * Dev with what it may lack left out, and with the firewall, the alarms, the budget and the job it may have; its database
 * takes fewer connections.
 */
const testlean = withFields(copyOf(dev, 'dev', 'testlean'), {
  userImport: undefined,
  officeHours: undefined,
  'loadBalancer.firewall': { mode: 'block', requestsPerAddress: 2_000, signInsPerAddress: 100 },
  alarms: { ...prod.alarms, language: 'ja', databaseConnections: 80 },
  budget: { amount: 60, email: 'ops@example.com' },
  jobs: [job],
}) as FixedConfig;

/**
 * Dev behind CloudFront that rests at the weekend, imports users on the other days, has settings of the application's own,
 * one with letters outside ASCII, migrates, and has a job and a worker.
 */
const testweekdays = withFields(copyOf(dev, 'dev', 'testweekdays'), {
  'loadBalancer.edge': 'cloudfront',
  'webService.databaseVariable': 'POSTGRES_URL',
  'webService.settings': {
    variables: { SMTP_HOST: 'smtp.example.com', MAIL_FROM_NAME: 'プルーフリンク 🔗' },
    secrets: ['SMTP_PASSWORD', 'OAUTH_SECRET'],
  },
  'webService.migration': { command: ['npx', 'prisma', 'migrate', 'deploy'], timeout: Duration.minutes(30) },
  'userImport.databaseVariable': 'POSTGRES_URL',
  'userImport.settings': { variables: { LDAP_HOST: 'ldap.example.com' }, secrets: ['LDAP_BIND_SECRET'] },
  'userImport.schedule': { time: '10:30', days: 'weekdays', fileKey: 'imports/users.csv' },
  'officeHours.days': 'weekdays',
  jobs: [job],
  workers: [worker],
}) as FixedConfig;

/**
 * The environments that are synthesized once for all tests: the guide's two, and some that take other branches. None
 * depends on lib/config/dev.ts or prod.ts, which teams change.
 */
export const testEnvironments = { dev, prod, testopen, testlean, testweekdays, testlarge } satisfies Record<
  string,
  EnvironmentConfig
>;

export type TestEnvironment = keyof typeof testEnvironments;

/** An environment of lib/config as it is today: `lib/dev`. */
export type ConfiguredEnvironment = `lib/${keyof typeof configured}`;

/** The tests' environments and those of lib/config, for rules that hold in every one. */
export const everyEnvironment = {
  ...testEnvironments,
  ...Object.fromEntries(Object.entries(configured).map(([name, config]) => [`lib/${name}`, config])),
} as Readonly<Record<TestEnvironment | ConfiguredEnvironment, EnvironmentConfig>>;

/** The delivery once both repositories are named, two of those whose tokens carry ids. */
export const testDelivery: DeliveryConfig = {
  ...delivery,
  repository: 'prooflink@1234/infrastructure@5678',
  applicationRepository: 'prooflink@1234/prooflink@9012',
};

/** Dev and prod once they are delivered: each names its account. */
export const deliveredEnvironments = {
  dev: { ...dev, account: '123456789012' },
  prod: { ...prod, account: '123456789012' },
} satisfies Record<string, EnvironmentConfig>;

/** Name of each synthesized stack. */
export type TestStack = TestEnvironment | ConfiguredEnvironment | 'delivery';
