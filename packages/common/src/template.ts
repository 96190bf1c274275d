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

/** Ends of paths that say nothing: the CDK calls an L1 in an L2 "Resource", and an only child "Default". */
const DEFAULT_CHILDREN = /(\/(Resource|Default))+$/;

/** Name of an intrinsic function. */
const FUNCTION_NAME = /^(Ref$|Fn::)/;

/** Name of a resource: its construct's path without the stack, or its logical id if it has no path. */
export function constructPath(id: string, { Metadata }: Resource): string {
  const path = Metadata?.['aws:cdk:path'];
  if (typeof path !== 'string') return id;
  const [, ...namesInStack] = path.split('/');
  const pathInStack = namesInStack.join('/');
  return pathInStack.replace(DEFAULT_CHILDREN, '') || id;
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
    const resources = Object.entries(template.Resources);
    this.all = resources.map(([id, resource]) => ({
      id,
      name: physicalName(resource) ?? constructPath(id, resource),
      type: resource.Type,
      properties: resource.Properties ?? {},
    }));
  }

  /** The resources of a type. */
  of(type: string): Named[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** The name of the resource with this logical id; any other text is returned unchanged. */
  nameOf(id: string): string {
    const resource = this.all.find((candidate) => candidate.id === id);
    return resource?.name ?? id;
  }
}

/** The name of a security group, or the tag that the console shows as a name. */
function physicalName({ Properties = {} }: Resource): string | undefined {
  const tags = objects(Properties['Tags']);
  const nameTag = tags.find(({ Key }) => Key === 'Name');
  const name = Properties['GroupName'] ?? nameTag?.['Value'];
  return typeof name === 'string' ? name : undefined;
}

/** The logical ids that a value refers to, even within functions; a string counts as one. */
export function references(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  const attributePath = value['Fn::GetAtt'];
  if (Array.isArray(attributePath)) return [String(attributePath[0])];
  return Object.values(value).flatMap(references);
}

/** The one function that an object is, with its argument; `undefined` if it is none. */
export function functionOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  if (!isRecord(value)) return undefined;
  const [firstEntry, ...otherEntries] = Object.entries(value);
  if (firstEntry === undefined || otherEntries.length > 0) return undefined;
  const [name] = firstEntry;
  return FUNCTION_NAME.test(name) ? firstEntry : undefined;
}

/** An item that exists if all conditions are met, each of them in words: `IsProd holds`. */
type ConditionalItem = [item: unknown, conditions: readonly string[]];

/**
 * The items of a list, or the one value, in every branch of `Fn::If`, each with the conditions under which it exists.
 * @param conditions - Conditions of the value itself.
 */
export function branches(value: unknown, conditions: readonly string[] = []): ConditionalItem[] {
  const [functionName, argument] = functionOf(value) ?? [];
  const isNoValue = functionName === 'Ref' && argument === 'AWS::NoValue';
  if (value === undefined || value === null || isNoValue) return [];
  if (Array.isArray(value)) return value.flatMap((item) => branches(item, conditions));
  if (functionName !== 'Fn::If' || !Array.isArray(argument)) return [[value, conditions]];
  const [condition, ...options] = argument as unknown[];
  return options.flatMap((option, index) => {
    const truth = index === 0 ? 'holds' : 'does not hold';
    return branches(option, [...conditions, `${String(condition)} ${truth}`]);
  });
}
