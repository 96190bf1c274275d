import { isRecord, parseJson } from '@infra/common/values';

/** Properties that have the name of an item of a list; the first one that is set counts. */
const NAMING_PROPERTIES = ['Key', 'Name', 'Id', 'PolicyName'];

/**
 * Name of the property at a path: `HealthCheck.Path` for `/HealthCheck/Path`. The index of an item in a list is replaced by
 * the item's name, or left out if the item has none.
 * @param properties - Properties of the resource, or JSON of them, which have the names of items.
 */
export function readableName(path: string, properties: unknown = {}): string {
  let value: unknown = typeof properties === 'string' ? parseJson(properties) : properties;
  const names: string[] = [];
  for (const step of path.split('/').slice(1)) {
    value = childOf(value, step);
    const isIndex = /^\d+$/.test(step);
    names.push(isIndex ? nameOfItem(value) : step);
  }
  const readable = names.filter((name) => name !== '');
  // The name before `Value` is that of the item: `Value` itself adds nothing.
  if (readable.length > 1 && readable.at(-1)?.toLowerCase() === 'value') readable.pop();
  return readable.join('.');
}

/** The value of a key, or the item of a list, to which a step of a path such as `/Tags/0/Value` leads. */
export function childOf(value: unknown, step: string): unknown {
  if (isRecord(value)) return value[step];
  if (Array.isArray(value)) return value[Number(step)] as unknown;
  return undefined;
}

/** Name of an item of a list; empty if the item has none. */
function nameOfItem(item: unknown): string {
  const names = NAMING_PROPERTIES.map((property) => childOf(item, property));
  return names.find((name): name is string => typeof name === 'string') ?? '';
}
