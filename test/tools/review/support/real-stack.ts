import { stackId } from '../../../../lib/config/names';
import { without } from '@infra/common/values';
import { manifest, template } from '../../../support/assembly';
import type { TestEnvironment } from '../../../support/environments';
import { type Json, pathOf, type Resource, type Template } from '../../../support/template';
import { review, writeAssembly } from '@infra/change-review/testing';
import type { Pair } from './pairs/pair';

/** A real stack that a test changes: its template, and what the manifest says of it. */
export class RealStack {
  readonly template: Template & { Mappings?: Record<string, Json>; Transform?: Json; Rules?: Record<string, Json> };
  readonly properties: Record<string, Json>;
  environment = 'aws://unknown-account/ap-northeast-1';
  /** The name of a stack that comes with it. */
  readonly others: Record<string, Template> = {};

  constructor(readonly name: TestEnvironment) {
    this.template = template(name);
    this.properties = without(manifest().artifacts[stackId(name)]?.properties ?? {}, 'templateFile') as Record<
      string,
      Json
    >;
  }

  id(path: string): string {
    const found = Object.entries(this.template.Resources).find(([id, each]) => pathOf(each) === path || id === path);
    if (!found) throw new Error(`Nothing at ${path}`);
    return found[0];
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

  set(path: string, properties: Record<string, Json | undefined>): this {
    Object.assign(this.of(path), properties);
    return this;
  }

  add(id: string, Type: string, Properties: Record<string, Json>, attributes: object = {}): this {
    this.template.Resources[id] = { Type, Properties, ...attributes };
    return this;
  }

  remove(path: string): this {
    const id = this.id(path);
    this.template.Resources = Object.fromEntries(
      Object.entries(this.template.Resources).filter(([each]) => each !== id),
    );
    return this;
  }

  /** Gives a resource another logical id, with all that refers to it. */
  rename(path: string, id: string): this {
    return this.replace(`"${this.id(path)}"`, `"${id}"`);
  }

  /** Replaces a piece of the template's text everywhere. */
  replace(piece: string, other: string): this {
    const text = JSON.stringify(this.template);
    if (!text.includes(piece)) throw new Error(`Nothing in the template of ${this.name} is ${piece}`);
    Object.assign(this.template, JSON.parse(text.replaceAll(piece, other)) as Template);
    return this;
  }

  arn(path: string): Json {
    return { 'Fn::GetAtt': [this.id(path), 'Arn'] };
  }

  write(): string {
    const { template: own, properties, environment } = this;
    const others = Object.entries(this.others).map(([name, each]) => [name, { template: { ...each } }] as const);
    const stack = { template: { ...own }, properties, environment };
    return writeAssembly({ stacks: { [stackId(this.name)]: stack, ...Object.fromEntries(others) } });
  }
}

export type Change = (stack: RealStack) => unknown;

/** Reviews a pair, and its undoing where it is known what that is. */
export function check({ level, tells, change, prepare, back }: Pair): void {
  const there = reviewChange('prod', change, prepare);
  expect({ level: levelOf(there), exitCode: there.exitCode }).toEqual({ level, exitCode: level === 'risk' ? 1 : 0 });
  expect(there.open).toMatch(tells);
  if (back === undefined) return;
  const undone = levelOf(reviewChange('prod', change, prepare, 'back'));
  expect(undone === 'harmless' ? undone : 'shown').toBe(back);
}

const unchanged = new Map<string, string>();

/** Reviews a change to a real stack, or its undoing; what both sides have may be prepared. */
export function reviewChange(name: TestEnvironment, change: Change, prepare?: Change, way: 'there' | 'back' = 'there') {
  const [old, now] = [new RealStack(name), new RealStack(name)];
  prepare?.(old);
  prepare?.(now);
  change(now);
  const before = (prepare ? undefined : unchanged.get(name)) ?? old.write();
  if (!prepare) unchanged.set(name, before);
  const [base, head] = way === 'there' ? [before, now.write()] : [now.write(), before];
  const outcome = review(base, head, '--markdown');
  return { ...outcome, open: outcome.stdout.replace(/<details>[^]*?<\/details>/g, '') };
}

/** The most urgent level of what a comment has open. */
export function levelOf({ open }: { open: string }): string {
  return (
    ({ '⛔': 'risk', '⚠️': 'weaker', '👀': 'look' } as Record<string, string>)[/⛔|⚠️|👀/.exec(open)?.[0] ?? ''] ??
    'harmless'
  );
}
