import { at, type Deployed, deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { application } from './application';
import { batchAndHours } from './batch';
import { data } from './data';
import { network } from './network';
import { ALL, COUNT, type Row, type Table } from './table';

// The tables themselves, chapter by chapter, stand in test/guide/.
const tables = [...network, ...data, ...application, ...batchAndHours];

describe.each(['dev', 'prod'] as const)('the guide, %s', (environment) => {
  const stack = deployed(environment);
  const named = <T extends Json | undefined>(value: T) => withName(value, environment);

  const rows = tables
    .filter(({ only }) => !only || only === environment)
    .flatMap((table) => table.rows.map((row) => ({ ...table, row, title: title(table, row) })));

  test.each(rows)('$title', ({ resource: [type, called], row }) => {
    const [, path, dev, prod] = row;
    const expected = environment === 'prod' && row.length === 4 ? prod : dev;
    expect(valueAt(stack, type, named(called), path)).toEqual(named(expected));
  });

  const others = tables.filter(({ only }) => only && only !== environment);
  test.each(others)('$chapter: has none of $resource, which is for the other environment', ({ resource }) => {
    const [type, called] = resource;
    const found = stack.all(type).filter(({ name, path }) => !called || [name, path].includes(named(called)));
    expect(found).toEqual([]);
  });
});

test('a value that differs from the guide is found: the table is compared with the template, not with itself', () => {
  const stack = deployed('dev');
  expect(valueAt(stack, 'AWS::RDS::DBInstance', undefined, 'DBInstanceClass')).not.toBe('db.t4g.medium');
  expect(() => valueAt(stack, 'AWS::RDS::DBInstance', 'prooflink-prod-db', 'DBInstanceClass')).toThrow(
    'prooflink-dev-db',
  );
});

function valueAt(stack: Deployed, type: string, called: string | undefined, path: string): Json | undefined {
  if (path === COUNT) return stack.all(type).length;
  if (path === ALL) return stack.all(type).map(({ properties }) => properties);
  return at(stack.one(type, called).properties, path);
}

function title({ chapter, resource }: Table, [item]: Row): string {
  return `${chapter} ${resource[1] ?? resource[0]}: ${item}`;
}

/** Puts an environment's name for `{env}`. */
function withName<T extends Json | undefined>(value: T, environment: string): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value).replaceAll('{env}', environment)) as T);
}
