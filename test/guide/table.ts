import type { PartName } from '../../lib/contract';
import type { Json } from '../support/template';

interface Item {
  /** Name of the item in the guide. */
  readonly item: string;
  /** The value's place in the resource. */
  readonly path: string;
}

/** A row with one value for both environments. */
interface SharedRow extends Item {
  readonly both: Json | undefined;
}

/** A row with a value for each environment. */
interface OwnRow extends Item {
  readonly dev: Json | undefined;
  readonly prod: Json | undefined;
}

/** A row of the guide. A value that is `undefined` is left out of the template. `{env}` is the environment's name. */
export type Row = SharedRow | OwnRow;

interface TableOfChapter {
  readonly chapter: string;
  /** Environment that has the resource, if only one does. */
  readonly only?: 'dev' | 'prod';
  /** Construct of which rows count or list the resources; the whole stack by default. */
  readonly within?: string;
  readonly rows: readonly Row[];
}

/** A table of the guide about a part of the stack. */
export interface TableOfPart extends TableOfChapter {
  readonly part: PartName;
}

/**
 * A table of the guide about a resource of a CloudFormation type, by its name or construct path. Without either, its rows
 * count or list all of the type in a construct: teams add further resources of any type in constructs of their own.
 */
export interface TableOfType extends TableOfChapter {
  readonly type: string;
  readonly called?: string;
}

export type Table = TableOfPart | TableOfType;

/** The path of a row that counts the resources of the table's type, within its construct. */
export const COUNT = '#';

/** The path of a row that lists all resources of the table's type, within its construct. */
export const ALL = '*';

/** The guide says nothing of the like: the value that the guide's 「なし」, 「無効」 or 「不要」 leaves in the template. */
export const ABSENT = undefined;
