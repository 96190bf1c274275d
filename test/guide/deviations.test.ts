import { Duration, Size } from 'aws-cdk-lib/core';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import * as configured from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { placeholders } from '../../lib/config/placeholders';
import { withField } from '../support/config';
import * as guide from '../support/configs';
import { deviations } from './deviations';
import { GUIDE_FIELDS } from './fields';

test.each(['dev', 'prod'] as const)(
  'lib/config/%s.ts has the values of the guide, or test/guide/deviations.ts says why not',
  (name) => {
    expect(unexplained(name, configured[name], deviations)).toEqual([]);
  },
);

test('a line stands for something that differs', () => {
  expect(unneeded(configured, deviations)).toEqual([]);
});

const CHANGED = withField(guide.dev, 'cpuArchitecture', 'ARM64');

test('a value that leaves the guide is found, with the line to write', () => {
  expect(unexplained('dev', CHANGED, {})).toEqual([
    `dev: cpuArchitecture is "ARM64", in the guide "X86_64". If that is meant, add to test/guide/deviations.ts:\n` +
      `  'dev: cpuArchitecture': '<why>',`,
  ]);
  expect(unexplained('dev', CHANGED, { 'dev: cpuArchitecture': 'ARM64 costs a fifth less' })).toEqual([]);
  expect(unexplained('dev', CHANGED, { 'dev: cpuArchitecture': '' })).toHaveLength(1);
});

test.each<[string, unknown]>([
  ['alarms.email', 'team@example.co.jp'],
  ['database.maintenanceWindow', 'Tue:12:00-Tue:12:30'],
])('%s is not of the guide, and needs no line', (field, value) => {
  expect(unexplained('prod', withField(guide.prod, field, value), {})).toEqual([]);
});

test('a line for what is as in the guide is found', () => {
  expect(unneeded(guide, { 'dev: cpuArchitecture': 'ARM64 costs a fifth less' })).toEqual([
    `'dev: cpuArchitecture' is as in the guide: remove it from test/guide/deviations.ts`,
  ]);
});

type Environments = Readonly<Record<'dev' | 'prod', EnvironmentConfig>>;

function unexplained(name: 'dev' | 'prod', config: EnvironmentConfig, lines: typeof deviations): string[] {
  return differing(name, config)
    .filter((field) => !lines[`${name}: ${field}`]?.trim())
    .map(
      (field) =>
        `${name}: ${field} is ${shown(at(config, field))}, in the guide ${shown(at(guide[name], field))}. ` +
        `If that is meant, add to test/guide/deviations.ts:\n  '${name}: ${field}': '<why>',`,
    );
}

function unneeded(environments: Environments, lines: typeof deviations): string[] {
  const differ = (['dev', 'prod'] as const).flatMap((name) =>
    differing(name, environments[name]).map((field) => `${name}: ${field}`),
  );
  return Object.keys(lines)
    .filter((line) => !differ.includes(line))
    .map((line) => `'${line}' is as in the guide: remove it from test/guide/deviations.ts`);
}

/** The fields of the guide that a config has with another value, but for what the guide only has examples of. */
function differing(name: 'dev' | 'prod', config: EnvironmentConfig): string[] {
  const examples = placeholders(guide[name]).map(({ field }) => field);
  const fields = GUIDE_FIELDS.filter((field) => shown(at(config, field)) !== shown(at(guide[name], field)));
  return [...new Set(fields.map((field) => sectionOf(field, config, guide[name])))].filter(
    (field) => !examples.includes(field),
  );
}

/** A field, or the first section above it that one of two configs lacks. */
function sectionOf(field: string, ...configs: readonly EnvironmentConfig[]): string {
  const keys = field.split('.');
  const paths = keys.map((_, index) => keys.slice(0, index + 1).join('.'));
  return paths.find((path) => configs.some((config) => at(config, path) === undefined)) ?? field;
}

function at(config: EnvironmentConfig, field: string): unknown {
  return field.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], config);
}

/** A value as a reader wants it; a reason is not part of it. */
function shown(value: unknown): string {
  if (value instanceof Duration) return `${value.toSeconds()} seconds`;
  if (value instanceof Size) return `${value.toMebibytes()} MiB`;
  if (value instanceof InstanceType) return value.toString();
  if (typeof value === 'object' && value !== null && 'off' in value) return 'off';
  return value === undefined ? 'undefined' : JSON.stringify(value);
}
