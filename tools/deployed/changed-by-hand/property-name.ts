import { isRecord, parseJson } from '@infra/common/values';
import { language } from '../../../lib/language';
import { childOf, isIndex } from './property-path';

/** Properties that have the name of an item of a list; the first one that is set counts. */
const NAMING_PROPERTIES = ['Key', 'Name', 'Id', 'PolicyName'];

/** A Japanese sentence has the template's own names, `.` between them; an English one has their words. */
const HAS_NAMES_OF_TEMPLATE = language === 'ja';

/**
 * Readable name of the property at a path, `health check path` for `/HealthCheckPath`. The index of an item in a list is
 * replaced by the item's name, or left out if the item has none.
 * @param properties - Properties of the resource, or JSON of them, which have the names of items.
 */
export function readableName(path: string, properties: unknown = {}): string {
  let value: unknown = typeof properties === 'string' ? parseJson(properties) : properties;
  const names: string[] = [];
  for (const step of path.split('/').slice(1)) {
    value = childOf(value, step);
    if (!isIndex(step)) names.push(spelled(step));
    else if (isRecord(value)) names.push(nameOfItem(value));
  }
  const readable = names.filter((name) => name !== '');
  // The name before `Value` is that of the item: `Value` itself adds nothing.
  if (readable.length > 1 && readable.at(-1) === spelled('Value')) readable.pop();
  return readable.join(HAS_NAMES_OF_TEMPLATE ? '.' : ' ');
}

/** Name of a property in a sentence. */
function spelled(name: string): string {
  return HAS_NAMES_OF_TEMPLATE ? name : splitWords(name);
}

/** Name of an item of a list; empty if the item has none. */
function nameOfItem(item: Readonly<Record<string, unknown>>): string {
  const names = NAMING_PROPERTIES.map((property) => item[property]);
  return names.find((name): name is string => typeof name === 'string') ?? '';
}

/** An acronym, `VPC` or `ARNs`, or the name of a variable, `SMTP_PASSWORD`. */
const CAPITALS = /^[A-Z][A-Z\d_]*[A-Z\d]s?$/;

/** `HealthCheckPath` as `health check path`, `VPCSecurityGroups` as `VPC security groups`. */
export function splitWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ');
  return words.map((word) => (CAPITALS.test(word) ? word : word.toLowerCase())).join(' ');
}
