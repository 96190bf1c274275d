import { Part, type PartName } from '../../lib/contract';
import { at, type Deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { application } from './application';
import { batchAndHours } from './batch';
import { data } from './data';
import { network } from './network';
import { ALL, COUNT, type Row } from './table';

/** A resource of a table. */
interface Subject {
  readonly type: string;
  /** Name or construct path; `undefined` where the rows are about all resources of the type. */
  readonly called: string | undefined;
  /** Word for it in the title of a row. */
  readonly label: string;
}

interface Table extends Subject {
  readonly chapter: string;
  /** Environment that has it, if only one does. */
  readonly only: string | undefined;
  readonly rows: readonly Row[];
}

const HEADING = /^(?<chapter>[^A-Za-z]+) (?<subject>.*?)(?:, in (?<only>dev|prod))?$/;

/** The guide's tables, chapter by chapter. */
const tables = Object.entries({ ...network, ...data, ...application, ...batchAndHours }).map(
  ([heading, rows]): Table => {
    const { chapter = '', subject = '', only } = HEADING.exec(heading)?.groups ?? {};
    const table = { chapter, only, rows, ...subjectOf(subject) };
    const isOfAll = rows.every(([, path]) => path === COUNT || path === ALL);
    if (table.called === undefined && !isOfAll) throw new Error(`${heading}: which one of the type?`);
    return table;
  },
);

/** `vpc` is a part of lib/contract.ts; `AWS::EC2::Subnet prooflink-dev-…` has a type and a name. */
function subjectOf(words: string): Subject {
  if (words in Part) {
    const { type, path } = Part[words as PartName];
    return { type, called: path, label: words };
  }
  const [type = '', called] = words.split(' ');
  return { type, called, label: called ?? type };
}

/** The rows that hold in an environment, each with the value that the guide has there. */
export function rowsOf(environment: 'dev' | 'prod') {
  return tables
    .filter(({ only }) => !only || only === environment)
    .flatMap(({ chapter, type, called, label, rows }) =>
      rows.map(([item, path, dev, ...prod]) => {
        const expected = withName(environment === 'prod' && prod.length > 0 ? prod[0] : dev, environment);
        return { title: `${chapter} ${label}: ${item}`, type, called: withName(called, environment), path, expected };
      }),
    );
}

/** Resources that only the other environment has. */
export function absentFrom(environment: 'dev' | 'prod') {
  const others = tables.filter(({ only }) => only && only !== environment);
  return others.map(({ chapter, type, called, label }) => ({
    chapter,
    type,
    label,
    called: withName(called, environment) ?? '',
  }));
}

export function valueAt(stack: Deployed, type: string, called: string | undefined, path: string): Json | undefined {
  if (path === COUNT) return stack.all(type).length;
  if (path === ALL) return stack.all(type).map(({ properties }) => properties);
  return at(stack.one(type, called ?? '').properties, path);
}

/** Puts an environment's name for `{env}`. */
function withName<T extends Json | undefined>(value: T, environment: string): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value).replaceAll('{env}', environment)) as T);
}
