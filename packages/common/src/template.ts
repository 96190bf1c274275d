import { isRecord, objectsOf, valueAtPath } from './values';

/** A resource of a template. Only its type has been checked; its properties may have any form. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/**
 * A template whose resources have been checked to have a type. A type and no interface: only a type alias is assignable to
 * `Record<string, unknown>`.
 */
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: unknown;
  readonly Conditions?: unknown;
  readonly Mappings?: unknown;
};

/** End of a construct's path without information: the CDK calls the L1 in an L2 "Resource", or "Default". */
const DEFAULT_CHILDREN = /(\/(Resource|Default))+$/;

/** Start of the name of an intrinsic function, or the whole name `Ref`. */
const FUNCTION_NAME = /^(Ref$|Fn::)/;

/** Path of a resource's construct in its stack, `Web/Service`; the logical id if the resource has no path. */
export function constructPath(id: string, { Metadata }: Resource): string {
  const path = Metadata?.['aws:cdk:path'];
  if (typeof path !== 'string') return id;
  const [, ...namesInStack] = path.split('/');
  const pathInStack = namesInStack.join('/');
  return pathInStack.replace(DEFAULT_CHILDREN, '') || id;
}

/** A resource with the name by which a reader knows it. */
export interface NamedResource {
  /** Logical id. */
  readonly id: string;
  /** Name that the console shows; otherwise, the path of the construct. */
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Conditions of the template under which it exists. */
  readonly conditions: readonly string[];
}

/** Finds the resources of a template by their type or their logical id. */
export class Resources {
  readonly all: readonly NamedResource[];

  constructor(private readonly template: Template) {
    const resources = Object.entries(template.Resources);
    this.all = resources.map(([id, resource]) => ({
      id,
      name: physicalName(resource) ?? constructPath(id, resource),
      type: resource.Type,
      properties: resource.Properties ?? {},
      conditions: typeof resource.Condition === 'string' ? [resource.Condition] : [],
    }));
  }

  /** The resources of a type. */
  ofType(type: string): NamedResource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** The default of the parameter that a value refers to; a value without one is returned unchanged. */
  defaultOf(value: unknown): unknown {
    const [name, argument] = functionOf(value) ?? [];
    if (name !== 'Ref') return value;
    return valueAtPath(this.template.Parameters, String(argument), 'Default') ?? value;
  }

  /** The name of the resource with a logical id. A text that is no logical id is returned unchanged. */
  nameOf(id: string): string {
    const resource = this.all.find((candidate) => candidate.id === id);
    return resource?.name ?? id;
  }
}

/** Name that the console shows: that of a security group, or the tag `Name`. `undefined` if there is none. */
function physicalName({ Properties = {} }: Resource): string | undefined {
  const tags = objectsOf(Properties['Tags']);
  const nameTag = tags.find(({ Key }) => Key === 'Name');
  const name = Properties['GroupName'] ?? nameTag?.['Value'];
  return typeof name === 'string' ? name : undefined;
}

/**
 * Logical ids to which a value refers, even within functions. Every text counts as a logical id, since `Ref` and
 * `DependsOn` write a logical id as a text.
 */
export function referencedIds(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(referencedIds);
  if (!isRecord(value)) return [];
  const attributePath = value['Fn::GetAtt'];
  if (Array.isArray(attributePath)) return [String(attributePath[0])];
  return Object.values(value).flatMap(referencedIds);
}

/** Name and argument of the intrinsic function that a value is; `undefined` if the value is no function. */
export function functionOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  if (!isRecord(value)) return undefined;
  const [name, ...otherNames] = Object.keys(value);
  if (name === undefined || otherNames.length > 0 || !FUNCTION_NAME.test(name)) return undefined;
  return [name, value[name]];
}
