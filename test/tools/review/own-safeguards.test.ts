import { review } from '@infra/change-review/testing';
import { prod } from '../../../lib/config';
import { leavesOf } from '../../random-configs/support/leaves';
import { withField } from '../../support/config';
import { levelOf } from './support/real-stack';
import { synthesize } from './support/real-stacks';

const off = { off: 'this environment holds nothing that anybody needs' };
/** Every value of a config that a reason can switch off, found in the config itself. */
const switches = leavesOf(prod).flatMap(([field, value]) => (value === 'on' ? [[field, off] as const] : []));
/** Safeguards that are values of another kind, each with a weaker one. */
const VALUES: readonly (readonly [field: string, value: unknown])[] = [
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

describe('a safeguard of the config whose loss nobody may overlook', () => {
  const base = synthesize({ prod });

  it('there are some', () => {
    expect(switches.length).toBeGreaterThan(5);
  });

  it.each([...switches, ...VALUES])('%s → %j', (field, value) => {
    const { stdout } = review(base, synthesize({ prod: withField(prod, field, value) }), '--markdown');
    expect(levelOf({ open: stdout.replace(/<details>[^]*?<\/details>/g, '') })).not.toBe('harmless');
  });
});
