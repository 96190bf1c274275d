import { isRecord } from './values';

/** Beginning of the name of a loop. */
const LOOP = 'Fn::ForEach::';

const NOT_ALPHANUMERIC = /[^A-Za-z0-9]/g;

/**
 * An object in which the loops whose collection is written out are what CloudFormation makes of them. Other loops, whose
 * collection only CloudFormation knows, stay.
 */
export function withoutLoops(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const unrolled: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(entries)) {
    const bodies = isLoop(name) ? bodiesOf(value) : undefined;
    Object.assign(unrolled, bodies ?? { [name]: value });
  }
  return unrolled;
}

/** Bodies of a loop, one for each item; `undefined`: only CloudFormation knows its items. */
function bodiesOf(loop: unknown): object | undefined {
  if (!Array.isArray(loop)) return undefined;
  const [identifier, items, body] = loop as unknown[];
  if (typeof identifier !== 'string' || !Array.isArray(items) || !isRecord(body)) return undefined;
  const bodies = {};
  for (const item of items) {
    if (typeof item !== 'string') return undefined;
    Object.assign(bodies, withoutLoops(bodyFor(item, identifier, body)));
  }
  return bodies;
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
