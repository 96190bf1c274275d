import { prod } from '../support/configs/prod';
import { bases } from './support/changes';
import { faultsOf, faultsOfChange, type Row } from './support/change-shows';
import type { Seen } from './support/difference';
import { leavesOf } from './support/leaves';
import { whereFieldsShow } from './support/where-fields-show';

describe.each([
  { name: 'dev', other: 'prod' },
  { name: 'prod', other: 'dev' },
] as const)(
  'whoever changes one field of $name sees it where the field is for, and nowhere else',
  ({ name, other }) => {
    test.each(leavesOf(bases[name]).map(([field]) => field))('%s', (field) => {
      const row = whereFieldsShow[field];
      if (!row) throw new Error(`${field} has no row in where-fields-show.ts: say where a change of it shows`);
      expect(faultsOfChange({ field, name, here: bases[name], there: bases[other] }, row)).toEqual([]);
    });
  },
);

describe('it would be found that', () => {
  const row: Row = { shows: ['Database/Instance.Iops', 'Gone.Anything'] };
  const before: Seen = { 'Database/Instance': { Iops: 1 }, Web: { Cpu: '256', List: [{ Name: 'A', Value: 1 }] } };

  test.each<[string, Row, Seen | string[], string[]]>([
    ['a construct ignores a field', row, before, ['shows nowhere']],
    [
      'a construct hands a field to another place',
      row,
      { ...before, Web: { Cpu: '512', List: [{ Name: 'A', Value: 2 }] } },
      ['does not show in Database/Instance.Iops', 'shows in Web.Cpu', 'shows in Web.List.A.Value'],
    ],
    ['a construct comes with another value', {}, { ...before, New: {} }, ['shows in New']],
    ['a rule refuses what it need not', row, ['dev: database.iops: 1 is odd'], ['dev: database.iops: 1 is odd']],
    ['a rule refuses by another name', { refused: 'alarms' }, ['dev: network.cidr: odd'], ['dev: network.cidr: odd']],
    ['a rule is gone', { refused: 'database.iops' }, before, ['no rule names database.iops']],
  ])('%s', (_, judged, after, faults) => {
    expect(faultsOf(judged, before, after)).toEqual(faults);
  });

  test('a field is new, and nobody said where it shows', () => {
    const fields = leavesOf({ ...prod, network: { ...prod.network, flowLogs: undefined } }).map(([field]) => field);
    expect(fields.filter((field) => !(field in whereFieldsShow))).toEqual(['network.flowLogs']);
  });
});
