import { at, type Deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { application } from './application';
import { batchAndHours } from './batch';
import { data } from './data';
import { network } from './network';
import { ALL, COUNT, type Row, type Table } from './table';

/** The guide's tables, chapter by chapter. */
export const tables = [...network, ...data, ...application, ...batchAndHours];

/** The rows that hold in an environment, each with the value that the guide has there. */
export function rowsOf(environment: 'dev' | 'prod') {
  return tables
    .filter(({ only }) => !only || only === environment)
    .flatMap((table) =>
      table.rows.map((row) => {
        const [type, called] = table.resource;
        const [, path, dev, prod] = row;
        const expected = withName(environment === 'prod' && row.length === 4 ? prod : dev, environment);
        return { title: title(table, row), type, called: withName(called, environment), path, expected };
      }),
    );
}

export function valueAt(stack: Deployed, type: string, called: string | undefined, path: string): Json | undefined {
  if (path === COUNT) return stack.all(type).length;
  if (path === ALL) return stack.all(type).map(({ properties }) => properties);
  return at(stack.one(type, called).properties, path);
}

function title({ chapter, resource }: Table, [item]: Row): string {
  return `${chapter} ${resource[1] ?? resource[0]}: ${item}`;
}

/** Puts an environment's name for `{env}`. */
export function withName<T extends Json | undefined>(value: T, environment: string): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value).replaceAll('{env}', environment)) as T);
}
