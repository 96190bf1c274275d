import { isRecord, json } from '@infra/common/values';

const NAMES = ['Key', 'Name', 'Id', 'PolicyName'];

/** Readable name of a property: `health check path` for `/HealthCheckPath`; items of lists go by their names. */
export function wordsFor(path: string, properties: unknown = {}): string {
  let around: unknown = typeof properties === 'string' ? json(properties) : properties;
  const words: string[] = [];
  for (const step of path.split('/').slice(1)) {
    around = isRecord(around) ? around[step] : Array.isArray(around) ? (around[Number(step)] as unknown) : undefined;
    if (!/^\d+$/.test(step)) words.push(plain(step));
    else if (isRecord(around)) words.push(nameIn(around));
  }
  // `Value` says no more than the name before it does.
  const reported = words.filter((word) => word !== '');
  return reported.length > 1 && reported.at(-1) === 'value' ? reported.slice(0, -1).join(' ') : reported.join(' ');
}

function nameIn(item: Readonly<Record<string, unknown>>): string {
  const name = NAMES.map((key) => item[key]).find((value) => typeof value === 'string');
  return typeof name === 'string' ? name : '';
}

/** `HealthCheckPath` as `health check path`, `VPCSecurityGroups` as `VPC security groups`. */
export function plain(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}s?$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}
