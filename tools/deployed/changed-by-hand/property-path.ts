import { isRecord } from '@infra/common/values';

/** The value of a key, or the item of a list, to which a step of a path such as `/Tags/0/Value` leads. */
export function childOf(value: unknown, step: string): unknown {
  if (isRecord(value)) return value[step];
  if (Array.isArray(value)) return value[Number(step)] as unknown;
  return undefined;
}

/** True if a step of a path is the index of an item in a list. */
export function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}
