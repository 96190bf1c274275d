import { stackId } from '@infra/commands/app';
import { isRecord, omitKeys } from '@infra/common/values';
import { writeAssembly } from '@infra/change-review/testing';
import { manifest, template } from '@infra/testing/assembly';
import type { TestEnvironment } from '@infra/testing/environments';
import { type Json, pathOf, type Resource, type Template } from '@infra/testing/template';

/** A real stack that a test changes: its template, and what the manifest says of it. */
export class RealStack {
  readonly template: Template & { Mappings?: Record<string, Json>; Transform?: Json; Rules?: Record<string, Json> };
  readonly properties: Record<string, Json>;
  environment = 'aws://unknown-account/ap-northeast-1';

  constructor(readonly name: TestEnvironment) {
    this.template = template(name);
    this.properties = omitKeys(manifest().artifacts[stackId(name)]?.properties ?? {}, 'templateFile') as Record<
      string,
      Json
    >;
  }

  id(path: string): string {
    const entries = Object.entries(this.template.Resources);
    const [id] = entries.find(([logicalId, resource]) => pathOf(resource) === path || logicalId === path) ?? [];
    if (id === undefined) throw new Error(`Nothing at ${path}`);
    return id;
  }

  at(path: string): Resource & { Condition?: string } {
    return this.template.Resources[this.id(path)] as Resource;
  }

  /** The properties at a construct path, to look into and to change. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test knows what it changes
  of(path: string): Record<string, any> {
    const resource = this.at(path);
    return (resource.Properties ??= {});
  }

  /**
   * Sets properties of a resource, which is added where the path is `Id Type`. A key is a path: `List.0.Name` is within
   * an item, `List.+` is a new item. A function in a value gets this stack.
   */
  set(path: string, properties: Record<string, unknown>): this {
    const [id = '', Type] = path.split(' ');
    if (Type !== undefined) this.template.Resources[id] = { Type };
    for (const [key, value] of Object.entries(properties)) {
      const keys = key.split('.');
      const last = keys.pop() ?? '';
      const holder = keys.reduce<Json>((inner, step) => (inner as Record<string, Json>)[step] as Json, this.of(id));
      const resolved = this.resolved(value) as Json;
      if (last === '+') (holder as Json[]).push(resolved);
      else (holder as Record<string, Json>)[last] = resolved;
    }
    return this;
  }

  private resolved(value: unknown): unknown {
    if (typeof value === 'function') return (value as (stack: RealStack) => unknown)(this);
    if (Array.isArray(value)) return value.map((item) => this.resolved(item));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.resolved(inner)]));
  }

  remove(path: string): this {
    const id = this.id(path);
    const others = Object.entries(this.template.Resources).filter(([logicalId]) => logicalId !== id);
    this.template.Resources = Object.fromEntries(others);
    return this;
  }

  /** Replaces a piece of the template's text everywhere. */
  replace(piece: string, newPiece: string): this {
    const text = JSON.stringify(this.template);
    if (!text.includes(piece)) throw new Error(`Nothing in the template of ${this.name} is ${piece}`);
    Object.assign(this.template, JSON.parse(text.replaceAll(piece, newPiece)) as Template);
    return this;
  }

  write(): string {
    const stack = { template: { ...this.template }, properties: this.properties, environment: this.environment };
    return writeAssembly({ stacks: { [stackId(this.name)]: stack } });
  }
}

export type Change = (stack: RealStack) => unknown;

/** References to what is at a path. */
export const ref = (path: string) => (stack: RealStack) => ({ Ref: stack.id(path) });
export const attribute = (path: string, name: string) => (stack: RealStack) => ({
  'Fn::GetAtt': [stack.id(path), name],
});

/** Opens a port of a security group. */
export const tcp = (port: number, peer: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer });
export const admit =
  (group: string, rule: object): Change =>
  (stack) =>
    stack.set('X AWS::EC2::SecurityGroupIngress', {
      GroupId: attribute(`SecurityGroups/${group}`, 'GroupId'),
      ...rule,
    });
/** The logical id of a separate rule of a security group. */
export function ruleOf(stack: RealStack, group: string): string {
  const entries = Object.entries(stack.template.Resources);
  const [id = ''] = entries.find(([, resource]) => pathOf(resource).startsWith(`SecurityGroups/${group}/from `)) ?? [];
  return id;
}
