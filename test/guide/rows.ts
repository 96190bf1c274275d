import { Part } from '../../lib/contract';
import { at, type Deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { application } from './application';
import { batchAndHours } from './batch';
import { data } from './data';
import { network } from './network';
import { ALL, COUNT, type Row, type Table } from './table';

/** The environments of the guide's tables. */
type GuideEnvironment = 'dev' | 'prod';

/** Resource, or resources, that a table is about. */
interface Subject {
  readonly type: string;
  /** Name or construct path; `undefined` where the rows are about all resources of the type. */
  readonly called: string | undefined;
  /** Word for it in the title of a row. */
  readonly label: string;
}

/** A row in one environment. */
export interface GuideRow {
  readonly title: string;
  /** Section of the guide and resource, with which the title begins. */
  readonly resource: string;
  readonly type: string;
  readonly called: string | undefined;
  readonly path: string;
  /** Construct of which a row counts or lists the resources; the whole stack if it is empty. */
  readonly within: string;
  readonly expected: Json | undefined;
}

/** The guide's tables, chapter by chapter. */
const tables: readonly Table[] = [...network, ...data, ...application, ...batchAndHours];

/** The resource of a table by type and name. */
function subjectOf(table: Table): Subject {
  if ('part' in table) {
    const { type, path } = Part[table.part];
    return { type, called: path, label: table.part };
  }
  const { type, called } = table;
  const isOfAll = table.rows.every(({ path }) => path === COUNT || path === ALL);
  if (called === undefined && !isOfAll) throw new Error(`${table.chapter} ${type}: which one of the type?`);
  return { type, called, label: called ?? type };
}

function valueIn(row: Row, environment: GuideEnvironment): Json | undefined {
  return 'both' in row ? row.both : row[environment];
}

/** The rows that hold in an environment, each with the value that the guide has there. */
export function rowsOf(environment: GuideEnvironment): GuideRow[] {
  const tablesHere = tables.filter(({ only = environment }) => only === environment);
  return tablesHere.flatMap((table) => {
    const { type, called, label } = subjectOf(table);
    const resource = `${table.chapter} ${label}`;
    return table.rows.map((row) => ({
      title: `${resource}: ${row.item}`,
      resource,
      type,
      called: withName(called, environment),
      path: row.path,
      within: table.within ?? '',
      expected: withName(valueIn(row, environment), environment),
    }));
  });
}

/** Value of a row in a deployed stack. */
export function valueAt(stack: Deployed, { type, called, path, within }: GuideRow): Json | undefined {
  const resources = stack.all(type).filter((resource) => resource.path.startsWith(within));
  if (path === COUNT) return resources.length;
  if (path === ALL) return resources.map(({ properties }) => properties);
  return at(stack.one(type, called ?? '').properties, path);
}

/** Puts an environment's name for `{env}`. */
function withName<Value extends Json | undefined>(value: Value, environment: string): Value {
  if (value === undefined) return value;
  return JSON.parse(JSON.stringify(value).replaceAll('{env}', environment)) as Value;
}
