import { bases } from './support/changes';
import { faultsOfChange } from './support/change-shows';
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
