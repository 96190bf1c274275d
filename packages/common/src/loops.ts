import { isRecord } from './values';

/** Beginning of the name of a loop. */
const LOOP = 'Fn::ForEach::';

const NOT_ALPHANUMERIC = /[^A-Za-z0-9]/g;

/**
 * An object in which the loops whose collection is written out are what CloudFormation makes of them. Other loops, whose
 * collection only CloudFormation knows, stay.
 */
export function withoutLoops(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const unrolled = Object.entries(entries).map(([name, value]) => {
    return (name.startsWith(LOOP) ? bodiesOf(value) : undefined) ?? { [name]: value };
  });
  return Object.assign({}, ...unrolled) as Record<string, unknown>;
}

function bodiesOf(loop: unknown): object | undefined {
  if (!Array.isArray(loop)) return undefined;
  const [identifier, items, body] = loop as unknown[];
  const isKnown = typeof identifier === 'string' && Array.isArray(items) && isRecord(body);
  if (!isKnown || !items.every((item) => typeof item === 'string')) return undefined;
  const bodies = items.map((item) => withoutLoops(bodyFor(item, identifier, body)));
  return Object.assign({}, ...bodies) as object;
}

/** The body in which an item is in place of the identifier: `${Id}`, `&{Id}` without special characters, and `Ref`. */
function bodyFor(item: string, identifier: string, body: object): Record<string, unknown> {
  const text = JSON.stringify(body)
    .replaceAll(`{"Ref":"${identifier}"}`, () => JSON.stringify(item))
    .replaceAll(`\${${identifier}}`, () => JSON.stringify(item).slice(1, -1))
    .replaceAll(`&{${identifier}}`, () => item.replace(NOT_ALPHANUMERIC, ''));
  return JSON.parse(text) as Record<string, unknown>;
}

/** True for the name of a loop. */
export function isLoop(name: string): boolean {
  return name.startsWith(LOOP);
}
