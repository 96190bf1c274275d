import { isRecord, json } from '@infra/common/values';

/** Properties by which items of a list are named. */
const NAMING_PROPERTIES = ['Key', 'Name', 'Id', 'PolicyName'];

/** Readable name of the property at a path: `health check path` for `/HealthCheckPath`; items of lists go by their names. */
export function readableName(path: string, properties: unknown = {}): string {
  let value: unknown = typeof properties === 'string' ? json(properties) : properties;
  const names: string[] = [];
  for (const step of path.split('/').slice(1)) {
    value = childOf(value, step);
    if (!isIndex(step)) names.push(splitWords(step));
    else if (isRecord(value)) names.push(nameOfItem(value));
  }
  const readable = names.filter((name) => name !== '');
  // `Value` says no more than the name before it does.
  if (readable.length > 1 && readable.at(-1) === 'value') readable.pop();
  return readable.join(' ');
}

function childOf(value: unknown, step: string): unknown {
  if (isRecord(value)) return value[step];
  return Array.isArray(value) ? (value[Number(step)] as unknown) : undefined;
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}

function nameOfItem(item: Readonly<Record<string, unknown>>): string {
  const names = NAMING_PROPERTIES.map((property) => item[property]);
  return names.find((name): name is string => typeof name === 'string') ?? '';
}

/** `HealthCheckPath` as `health check path`, `VPCSecurityGroups` as `VPC security groups`. */
export function splitWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ');
  const isAcronym = (word: string) => /^[A-Z]{2,}s?$/.test(word);
  return words.map((word) => (isAcronym(word) ? word : word.toLowerCase())).join(' ');
}
