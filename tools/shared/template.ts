import { isRecord } from '../diff-review/model';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A template, as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** A resource under its logical id, with the name that a reader knows it by. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All resources of a template, by type. */
export class Resources {
  readonly all: readonly Named[];

  constructor(template: Template) {
    this.all = Object.entries(template.Resources).map(([id, resource]) => ({
      id,
      name: nameOf(id, resource),
      type: resource.Type,
      properties: resource.Properties ?? {},
    }));
  }

  of(type: string): Named[] {
    return this.all.filter((one) => one.type === type);
  }

  /** The name of what a value refers to, or the value itself where it is a text. */
  nameOf(id: string): string {
    return this.all.find((one) => one.id === id)?.name ?? id;
  }
}

/** The logical ids that a value refers to, also within functions; a plain text counts as itself. */
export function references(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  if (Array.isArray(value['Fn::GetAtt'])) return [String(value['Fn::GetAtt'][0])];
  return Object.values(value).flatMap(references);
}

/** The list of objects that a property holds. */
export function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The value at a path of keys, through objects only. */
export function within(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

function nameOf(id: string, { Properties = {}, Metadata = {} }: Resource): string {
  const tag = objects(Properties['Tags']).find(({ Key }) => Key === 'Name')?.['Value'];
  const named = Properties['GroupName'] ?? tag ?? Metadata['aws:cdk:path'];
  return typeof named === 'string' ? named.replace(/(\/(Resource|Default))+$/, '') : id;
}
