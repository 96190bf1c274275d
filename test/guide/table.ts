import type { Json } from '../support/template';

/**
 * A row of the guide: what it calls the item, where the value stands in the resource, and the value: one for both
 * environments, or dev's and prod's. `undefined`: the template leaves it out. `{env}` stands for the environment's name.
 */
export type Row =
  [item: string, path: string, both: Json | undefined] | [string, string, Json | undefined, Json | undefined];

/** A table of the guide: the resource that it describes, and its rows. */
export interface Table {
  readonly chapter: string;
  /** CloudFormation type, and the name where there are several of the type. */
  readonly resource: readonly [type: string, called?: string];
  /** Environments that have the resource; both by default. */
  readonly only?: 'dev' | 'prod';
  readonly rows: readonly Row[];
}

/** The path of a row that counts the resources of the table's type. */
export const COUNT = '#';

/** The path of a row that lists all resources of the table's type. */
export const ALL = '*';

/** The guide says nothing of the like: the value that the guide's 「なし」, 「無効」 or 「不要」 leaves in the template. */
export const ABSENT = undefined;
