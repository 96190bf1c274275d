import type { StackPart } from '../../lib/contract';
import { template as templateOf } from './assembly';
import { type ConfiguredEnvironment, everyEnvironment, type TestEnvironment } from './environments';
import { type Json, pathOf, type Resource, type Template, text } from './template';

const ACCOUNT = '123456789012';

/** The properties that name a resource in AWS; the first that is there counts. */
const NAMES: readonly string[] = [
  'GroupName',
  'DBInstanceIdentifier',
  'DBSubnetGroupName',
  'BucketName',
  'RoleName',
  'RepositoryName',
  'ClusterName',
  'LogGroupName',
  'Family',
  'ServiceName',
  'JobQueueName',
  'JobDefinitionName',
  'AlarmName',
  'ComputeEnvironmentName',
  'Name',
  'DashboardName',
];

/** A resource whose references are replaced with what they name. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly name: string;
  readonly path: string;
  readonly properties: Record<string, Json>;
  readonly resource: Resource;
}

/**
 * A template as CloudFormation would see it once its parameters have values: conditions decided, strings joined, and a
 * reference to a resource (its ref, ARN or id) replaced with the resource's name, so that a test reads like the guide.
 */
export class Deployed {
  private readonly resourcesByType = new Map<string, DeployedResource[]>();

  constructor(
    readonly template: Template,
    private readonly parameters: Readonly<Record<string, string>> = {},
    private readonly region = 'ap-northeast-1',
  ) {}

  /** All resources of a type. */
  all(type: string): DeployedResource[] {
    const resources = this.resourcesByType.get(type) ?? this.find(type);
    this.resourcesByType.set(type, resources);
    return [...resources];
  }

  /** The resource of a type that has this name or construct path: teams add further resources of any type. */
  one(type: string, called: string): DeployedResource {
    const resources = this.all(type).filter(({ name, path }) => called === name || called === path);
    const [resource] = resources;
    if (resources.length !== 1 || !resource) {
      const names = this.all(type).map(({ name }) => name);
      throw new Error(`${resources.length} of ${type} ${called}; there: ${names.join(', ') || 'none'}`);
    }
    return resource;
  }

  /** The value at a path of the resource of a type that has this name or construct path. */
  at(type: string, path: string, called: string): Json | undefined {
    return at(this.one(type, called).properties, path);
  }

  /** A part of the stack, found by its construct path. */
  part({ type, path }: StackPart): DeployedResource {
    return this.one(type, path);
  }

  /** The value at a path of a part. */
  partAt(part: StackPart, path: string): Json | undefined {
    return at(this.part(part).properties, path);
  }

  /** The types of all resources. */
  types(): string[] {
    return Object.values(this.template.Resources).map(({ Type }) => Type);
  }

  /** The value of an output; `undefined` where there is none. */
  output(id: string): Json | undefined {
    const output = this.template.Outputs?.[id];
    return output && this.resolve(output.Value);
  }

  /** A value without its intrinsic functions; `undefined` is AWS::NoValue. */
  resolve(value: Json): Json | undefined {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.resolve(item)).filter((item) => item !== undefined);
    const [name = '', ...otherKeys] = Object.keys(value);
    const isFunction = otherKeys.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
    if (isFunction) return this.evaluate(name, value[name] as Json);
    const properties = Object.entries(value).map(([key, property]) => [key, this.resolve(property)] as const);
    return Object.fromEntries(properties.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  }

  private evaluate(name: string, argument: Json): Json | undefined {
    if (name === 'Ref') return this.ref(text(argument));
    if (name === 'Fn::Sub') return text(argument).replace(/\$\{([^}]*)\}/g, (_, id: string) => text(this.ref(id)));
    const [first = '', second = '', third = ''] = argument as Json[];
    switch (name) {
      case 'Fn::GetAtt':
        return this.attribute(text(first), text(second));
      case 'Fn::If':
        return this.resolve(this.holds(this.template.Conditions?.[text(first)]) ? second : third);
      case 'Fn::Join':
        return (this.resolve(second) as Json[]).map(text).join(text(first));
      case 'Fn::Split':
        return text(this.resolve(second)).split(text(first));
      case 'Fn::Select':
        return (this.resolve(second) as Json[])[Number(first)];
      default:
        throw new Error(`${name} is not known to the tests`);
    }
  }

  /** True if a condition holds; the app's own ones compare a parameter with a text. */
  private holds(condition: Json | undefined): boolean {
    const { 'Fn::Not': negated, 'Fn::Equals': compared } = condition as Record<string, Json[] | undefined>;
    if (negated) return !this.holds(negated[0]);
    if (!compared) throw new Error(`A condition that is not known to the tests: ${JSON.stringify(condition)}`);
    const [one, other] = compared.map((value) => this.resolve(value));
    return one === other;
  }

  private find(type: string): DeployedResource[] {
    return Object.entries(this.template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({
        logicalId,
        name: this.nameOf(logicalId),
        path: pathOf(resource),
        properties: (this.resolve(resource.Properties ?? {}) ?? {}) as Record<string, Json>,
        resource,
      }));
  }

  private ref(id: string): Json | undefined {
    if (id === 'AWS::NoValue') return undefined;
    if (id === 'AWS::AccountId') return ACCOUNT;
    if (id === 'AWS::Region') return this.region;
    if (id === 'AWS::StackId') return `arn:aws:cloudformation:${this.region}:${ACCOUNT}:stack/this/one`;
    if (id === 'AWS::Partition') return 'aws';
    if (id === 'AWS::URLSuffix') return 'amazonaws.com';
    const parameter = this.template.Parameters?.[id];
    return parameter ? (this.parameters[id] ?? parameter.Default) : this.nameOf(id);
  }

  private attribute(id: string, attribute: string): string {
    const { Type } = this.template.Resources[id] ?? {};
    if (Type === 'AWS::ECR::Repository' && attribute === 'Arn') {
      return `arn:aws:ecr:${this.region}:${ACCOUNT}:repository/${this.nameOf(id)}`;
    }
    return /^(GroupId|Id|Name|ARN)$|Arn$/.test(attribute) ? this.nameOf(id) : `${this.nameOf(id)}.${attribute}`;
  }

  private nameOf(logicalId: string): string {
    const resource = this.template.Resources[logicalId];
    if (!resource) throw new Error(`No resource ${logicalId}`);
    const { Properties = {} } = resource;
    const tags = (Array.isArray(Properties['Tags']) ? Properties['Tags'] : []) as { Key: string; Value: Json }[];
    const named = NAMES.map((name) => Properties[name]).find((value) => value !== undefined);
    const name = named ?? tags.find(({ Key }) => Key === 'Name')?.Value;
    return name === undefined ? pathOf(resource) : text(this.resolve(name));
  }
}

/** Stacks that a test has read: resolving one takes a while. */
const read = new Map<string, Deployed>();

/** An environment, by default once its first image runs; with no parameters on its very first deploy. */
export function deployed(
  environment: TestEnvironment | ConfiguredEnvironment,
  parameters: Readonly<Record<string, string>> = { AppImageTag: 'v1' },
): Deployed {
  const key = JSON.stringify([environment, parameters]);
  const stack =
    read.get(key) ?? new Deployed(templateOf(environment), parameters, everyEnvironment[environment].region);
  read.set(key, stack);
  return stack;
}

/**
 * The value at a path like `Rules.0.Prefix`. A list of named things is also read by name (`Environment.NODE_ENV.Value`),
 * and a string that holds JSON as what it holds.
 */
export function at(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce(step, value);
}

function step(value: Json | undefined, key: string): Json | undefined {
  if (typeof value === 'string') return step(JSON.parse(value) as Json, key);
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value) || /^\d+$/.test(key)) return (value as Record<string, Json>)[key];
  const named = value as Record<string, Json>[];
  return named.find((item) => ['Name', 'Key', 'Id', 'Sid', 'Type'].some((name) => item[name] === key));
}
