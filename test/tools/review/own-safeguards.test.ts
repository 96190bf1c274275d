import { prod } from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { review } from '@infra/change-review/testing';
import { levelOf, RealStack, reviewChange } from './support/real-stack';
import { synthesize } from './support/real-stacks';

/** Every value of a config that a reason can switch off, by its path: no list of names that somebody has to keep. */
function safeguardsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === 'on') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => safeguardsIn(inner, [...path, key]));
}

function withValue(config: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const record = config as Record<string, unknown>;
  return { ...record, [key]: rest.length > 0 ? withValue(record[key], rest, value) : value };
}

const off = { off: 'this environment holds nothing that anybody needs' };
/** Safeguards that are values of another kind, each with a weaker one. */
const VALUES: readonly (readonly [path: string, value: unknown])[] = [
  ['keepData', off],
  ['database.backups.retention', off],
  ['webService.executeCommand', true],
  ['webService.containerInsights', false],
  ['alarms', undefined],
  ['alarms.email', 'somebody@example.com'],
  ['alarms.webCpuPercent', 99],
  ['alarms.http5xxCount', 1000],
  ['alarms.databaseCpuPercent', 99],
  ['alarms.databaseConnections', 440],
];

const base = synthesize({ prod });
const isShown = (head: string) =>
  levelOf({ open: review(base, head, '--markdown').stdout.replace(/<details>[^]*?<\/details>/g, '') });

describe('a safeguard of the config whose loss nobody may overlook', () => {
  const switches = safeguardsIn(prod).map((path) => [path.join('.'), off] as const);

  it('there are some', () => {
    expect(switches.length).toBeGreaterThan(5);
  });

  it.each([...switches, ...VALUES])('%s → %j', (path, value) => {
    const head = synthesize({ prod: withValue(prod, path.split('.'), value) as EnvironmentConfig });
    expect(isShown(head)).not.toBe('harmless');
  });
});

describe('what alarms consists of cannot change or go unseen', () => {
  const alarming = Object.entries(new RealStack('prod').template.Resources).filter(([, { Type }]) =>
    /^AWS::(CloudWatch::Alarm|SNS|Events)/.test(Type),
  );
  const properties = new Map(
    alarming.flatMap(([id, { Type, Properties = {} }]) =>
      Object.keys(Properties).map((property) => [`${Type} ${property}`, [id, property]] as const),
    ),
  );

  it.each([...properties])('%s, unless it describes only', (_what, [id, property]) => {
    const isDescription = /^(Alarm)?Description$/.test(property);
    for (const value of ['x', undefined]) {
      const level = levelOf(reviewChange('prod', (stack) => stack.set(id, { [property]: value })));
      expect([value, level === 'harmless']).toEqual([value, isDescription]);
    }
  });

  it.each([...new Map(alarming.map(([id, { Type }]) => [Type, id]))])('%s: its removal', (_type, id) => {
    expect(levelOf(reviewChange('prod', (stack) => stack.remove(id)))).not.toBe('harmless');
  });
});

describe('what stands in the templates beside', () => {
  it.each<readonly [string, (stack: RealStack) => unknown]>([
    ['a mail address', (s) => s.remove('Alarms/Topic/ops@example.com')],
    ['the policy of TLS left to AWS', (s) => s.set('LoadBalancer/Resource/Https', { SslPolicy: undefined })],
    ['a redirect that forwards', (s) => s.set('LoadBalancer/Resource/Http', { DefaultActions: [{ Type: 'forward' }] })],
    [
      'a redirect to clear text',
      (s) =>
        s.set('LoadBalancer/Resource/Http', {
          DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTP' } }],
        }),
    ],
    [
      'headers that are not checked',
      (s) =>
        s.replace(
          'drop_invalid_header_fields.enabled","Value":"true"',
          'drop_invalid_header_fields.enabled","Value":"false"',
        ),
    ],
    ['rds.force_ssl', (s) => s.add('G', 'AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': 0 } })],
  ])('%s', (_what, change) => {
    expect(levelOf(reviewChange('prod', change))).not.toBe('harmless');
  });

  it.each(['1', undefined])('rds.force_ssl, where it is %s', (value) => {
    const group = (ssl: string | undefined) => (stack: RealStack) =>
      stack.add('G', 'AWS::RDS::DBParameterGroup', { Parameters: ssl === undefined ? {} : { 'rds.force_ssl': ssl } });
    expect(levelOf(reviewChange('prod', group('0'), group(value)))).not.toBe('harmless');
  });
});
