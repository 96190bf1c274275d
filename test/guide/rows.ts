import { at, type Deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { application } from './application';
import { batchAndHours } from './batch';
import { data } from './data';
import { network } from './network';
import { ALL, COUNT } from './table';

/** The guide's tables, chapter by chapter. */
const tables = Object.entries({ ...network, ...data, ...application, ...batchAndHours }).map(([heading, rows]) => {
  const [, chapter = '', type = '', called, only] =
    /^(.*?) ((?:AWS|Custom)::[\w:]+)(?: ([^,]+))?(?:, in (dev|prod))?$/.exec(heading) ?? [];
  return { chapter, type, called, only, rows };
});

/** The rows that hold in an environment, each with the value that the guide has there. */
export function rowsOf(environment: 'dev' | 'prod') {
  return tables
    .filter(({ only }) => !only || only === environment)
    .flatMap(({ chapter, type, called, rows }) =>
      rows.map(([item, path, dev, ...prod]) => {
        const expected = withName(environment === 'prod' && prod.length > 0 ? prod[0] : dev, environment);
        const title = `${chapter} ${called ?? type}: ${item}`;
        return { title, type, called: withName(called, environment), path, expected };
      }),
    );
}

/** Resources that only the other environment has. */
export function absentFrom(environment: 'dev' | 'prod') {
  const others = tables.filter(({ only }) => only && only !== environment);
  return others.map(({ chapter, type, called }) => ({ chapter, type, name: withName(called ?? type, environment) }));
}

export function valueAt(stack: Deployed, type: string, called: string | undefined, path: string): Json | undefined {
  if (path === COUNT) return stack.all(type).length;
  if (path === ALL) return stack.all(type).map(({ properties }) => properties);
  return at(stack.one(type, called).properties, path);
}

/** Puts an environment's name for `{env}`. */
function withName<T extends Json | undefined>(value: T, environment: string): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value).replaceAll('{env}', environment)) as T);
}
