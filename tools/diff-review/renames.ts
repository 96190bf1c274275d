import type { Resource, Template } from '../shared/template';
import { isRecord, stable } from '../shared/values';
import { nameOf } from './data';

/** A resource that goes under one logical id and comes under another: most likely a construct that was renamed. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** The physical name that both have. */
  readonly name: unknown;
}

/** Finds pairs of a removed and an added resource with the same type, and the same physical name or equal properties. */
export function findRenames(base: Template, head: Template): Rename[] {
  const only = (one: Template, other: Template) =>
    Object.entries(one.Resources).filter(([id]) => !Object.hasOwn(other.Resources, id));
  const [removed, added] = [only(base, head), only(head, base)];
  const types = new Map([...removed, ...added].map(([id, { Type }]) => [id, Type]));
  const same = (resource: Resource) =>
    stable([resource.Type, nameOf(resource) ?? withoutIds(resource.Properties ?? {}, types)]);
  const free = new Map<string, string[]>();
  for (const [id, resource] of added) free.set(same(resource), [...(free.get(same(resource)) ?? []), id]);
  return removed.flatMap(([from, resource]): Rename[] => {
    // Each takes one partner: of two equal resources both may have been renamed.
    const to = free.get(same(resource))?.shift();
    return to === undefined ? [] : [{ from, to, name: nameOf(resource) }];
  });
}

/** Properties in which references to resources that go or come name the type only: all of a renamed construct's do. */
function withoutIds(value: unknown, types: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutIds(item, types));
  if (!isRecord(value)) return typeof value === 'string' ? (types.get(value) ?? value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutIds(inner, types)]));
}
