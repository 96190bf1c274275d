import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '@infra/commands/app';
import { brokenRules } from '@infra/testing/app-rules';
import { valueAt, withField, withFields } from '@infra/testing/config';
import { prod, dev } from '@infra/testing/configs';
import { testEnvironments } from '@infra/testing/environments';

const REASON = { off: 'for another good reason' };

/** Values of fields that have the same one in every environment. */
const FURTHER: readonly unknown[] = [
  '123456789012',
  'ARM64',
  'ap-northeast-1d',
  'prooflink_other',
  'verify-full',
  '16',
  'Z0123456789ABCDEFGHIJ',
  SslPolicy.TLS13_13,
  RemovalPolicy.RETAIN,
  'imports/other.csv',
  'https://example.com',
  256,
  RetentionDays.ONE_WEEK,
  REASON,
  { time: '12:00', days: 'every-day', fileKey: 'imports/users.csv' },
  ['54.249.113.0/24', '13.112.100.7/32'],
  testEnvironments.testweekdays.jobs,
  testEnvironments.testweekdays.workers,
];

/** Fields that change with another one: alone, a rule refuses each of them. */
const TOGETHER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  region: { region: 'us-east-1', 'network.availabilityZones': ['us-east-1a', 'us-east-1b'] },
  'network.availabilityZones': {
    'network.availabilityZones[2]': 'ap-northeast-1d',
    'network.publicSubnets[2]': { cidr: '10.0.3.0/24' },
    'network.privateSubnets[2]': { cidr: '10.0.13.0/24' },
  },
  'userImport.schedule.days': { 'userImport.schedule.days': 'every-day', 'officeHours.days': 'every-day' },
};

/** The config with another value in one field: the first that no rule refuses, or else the first. */
export function withOther(name: string, config: EnvironmentConfig, field: string): EnvironmentConfig {
  if (field === 'webService.tasks.mode') {
    const { tasks } = (config.webService.tasks.mode === 'fixed' ? prod : dev).webService;
    return withFields(config, { 'webService.tasks': tasks, officeHours: undefined });
  }
  const together = TOGETHER[field];
  if (together) return withFields(config, together);
  const value = valueAt(config, field);
  const ofEnvironments = Object.values(testEnvironments).map((environment) => valueAt(environment, field));
  const candidates = [
    ...ofEnvironments.filter((candidate) => candidate !== undefined),
    ...sameKindAs(value),
    ...FURTHER,
  ];
  const different = candidates.filter((candidate) => {
    return String(candidate) !== String(value) || JSON.stringify(candidate) !== JSON.stringify(value);
  });
  const configs = different.map((candidate) => withField(config, field, candidate));
  const accepted = configs.find((candidate) => isAccepted(name, candidate)) ?? configs[0];
  if (!accepted) throw new Error(`${field} has no other value`);
  return accepted;
}

/** True if no rule refuses the config. */
function isAccepted(name: string, config: EnvironmentConfig): boolean {
  try {
    return brokenRules(name, config).length === 0;
  } catch {
    return false; // A value of another type.
  }
}

/** Other values of the same kind, which most fields may hold. */
function sameKindAs(value: unknown): unknown[] {
  if (value === 'on') return [REASON];
  if (value instanceof Duration) return [Duration.seconds(value.toSeconds() * 2)];
  if (value instanceof Size) return [Size.mebibytes(value.toMebibytes() * 2)];
  if (value instanceof InstanceType) return [new InstanceType('m7g.large')];
  if (Array.isArray(value)) return [value.slice(0, -1)];
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'string') return [otherText(value)];
  return ['on'];
}

/** Half of an IPv4 range, every time of day half an hour later, or a letter more. */
function otherText(text: string): string {
  if (/^[\d.]+\/\d+$/.test(text)) return text.replace(/\d+$/, (length) => String(Number(length) + 1));
  if (!/\d\d:\d\d/.test(text)) return `x${text}`;
  return text.replace(/(\d\d):(\d\d)/g, (_, hour: string, minute: string) => {
    const later = Number(hour) * 60 + Number(minute) + 30;
    return [Math.floor(later / 60), later % 60].map((part) => String(part).padStart(2, '0')).join(':');
  });
}
