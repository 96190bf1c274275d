import { isRecord, objects } from './values';

/** A resource as a template has it; its properties can be anything. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** A template, checked to be one. An alias, since an interface fits no type with an index. */
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: unknown;
  readonly Conditions?: unknown;
  readonly Mappings?: unknown;
};

/** Name of a resource: its construct's path without the stack, or its logical id if it has no path. */
export function constructPath(id: string, { Metadata }: Resource): string {
  const path = Metadata?.['aws:cdk:path'];
  const [, ...inStack] = typeof path === 'string' ? path.split('/') : [];
  return inStack.join('/').replace(/(\/(Resource|Default))+$/, '') || id;
}

/** A resource with its logical id and the name that a reader knows it by. */
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
      name: physicalName(resource) ?? constructPath(id, resource),
      type: resource.Type,
      properties: resource.Properties ?? {},
    }));
  }

  of(type: string): Named[] {
    return this.all.filter((one) => one.type === type);
  }

  /** The name of the resource with this logical id; anything else is returned as it is. */
  nameOf(id: string): string {
    return this.all.find((one) => one.id === id)?.name ?? id;
  }
}

function physicalName({ Properties = {} }: Resource): string | undefined {
  const tag = objects(Properties['Tags']).find(({ Key }) => Key === 'Name')?.['Value'];
  const name = Properties['GroupName'] ?? tag;
  return typeof name === 'string' ? name : undefined;
}

/** The logical ids that a value refers to, even within functions; a string counts as one. */
export function references(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  if (Array.isArray(value['Fn::GetAtt'])) return [String(value['Fn::GetAtt'][0])];
  return Object.values(value).flatMap(references);
}

/** The one function that an object is, with its argument. */
export function functionOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  if (!isRecord(value)) return undefined;
  const [first, ...others] = Object.entries(value);
  return first && others.length === 0 && /^(Ref$|Fn::)/.test(first[0]) ? first : undefined;
}

/** The items of a list, or the one value, in every branch of a condition, each with what has to hold for it. */
export function branches(value: unknown, when: readonly string[] = []): [item: unknown, when: readonly string[]][] {
  const [key, argument] = functionOf(value) ?? [];
  if (value === undefined || value === null || (key === 'Ref' && argument === 'AWS::NoValue')) return [];
  if (Array.isArray(value)) return value.flatMap((item) => branches(item, when));
  if (key !== 'Fn::If' || !Array.isArray(argument)) return [[value, when]];
  const [condition, ...options] = argument as unknown[];
  return options.flatMap((option, index) =>
    branches(option, [...when, `${String(condition)} ${index === 0 ? 'holds' : 'does not hold'}`]),
  );
}
