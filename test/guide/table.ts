import type { Json } from '../support/template';

/**
 * A row of the guide: what it calls the item, the value's place in the resource, and the value: one for both
 * environments, or dev's and prod's. `undefined`: the template leaves it out. `{env}` is the environment's name.
 */
export type Row =
  [item: string, path: string, both: Json | undefined] | [string, string, Json | undefined, Json | undefined];

/**
 * Tables of the guide by their chapters and the resource that they describe, and the environment where only one has it. The
 * resource is a part of lib/contract.ts, or a CloudFormation type with a name or a construct path. A type alone has rows
 * that count or list all of it: teams add further resources of any type.
 */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** The path of a row that counts the resources of the table's type. */
export const COUNT = '#';

/** The path of a row that lists all resources of the table's type. */
export const ALL = '*';

/** The guide says nothing of the like: the value that the guide's 「なし」, 「無効」 or 「不要」 leaves in the template. */
export const ABSENT = undefined;
