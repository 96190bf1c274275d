import type { EnvironmentConfig } from '../../../../lib/config/environment';
import { stackId } from '../../../../lib/config/names';
import { createStacks } from '../../../../lib/create-stacks';
import { type Assembly, readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { isRecord, without } from '@infra/common/values';
import { compareAssemblies, renderMarkdown } from '@infra/change-review';
import { manifest, template } from '../../../support/assembly';
import type { TestEnvironment } from '../../../support/environments';
import { newApp } from '../../../support/synth';
import { type Json, pathOf, type Resource, type Template } from '../../../support/template';
import { writeAssembly } from '@infra/change-review/testing';
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
      const holder = keys.reduce<Json>((inner, each) => (inner as Record<string, Json>)[each] as Json, this.of(id));
      const resolved = this.resolved(value) as Json;
      if (last === '+') (holder as Json[]).push(resolved);
      else (holder as Record<string, Json>)[last] = resolved;
    }
    return this;
  }

  private resolved(value: unknown): unknown {
    if (typeof value === 'function') return (value as (stack: RealStack) => unknown)(this);
    if (Array.isArray(value)) return value.map((each) => this.resolved(each));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.resolved(each)]));
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

  write(): string {
    const { template: own, properties, environment } = this;
    const others = Object.entries(this.others).map(([name, each]) => [name, { template: { ...each } }] as const);
    const stack = { template: { ...own }, properties, environment };
    return writeAssembly({ stacks: { [stackId(this.name)]: stack, ...Object.fromEntries(others) } });
  }
}

export type Change = (stack: RealStack) => unknown;

/** Synthesizes ProofLink's own stacks, as a pull request with another config would. */
export function synthesize(environments: Readonly<Record<string, EnvironmentConfig>>): string {
  const app = newApp();
  createStacks(app, environments);
  return app.synth().directory;
}

const mask = new SecretMask();
const read = (stack: RealStack) => readAssembly(stack.write(), mask);
const unchanged = new Map<TestEnvironment, Assembly>();

/** The part of a comment that is not folded, for a change to a real stack and for its undoing. Both sides may be prepared. */
export function reviewChange(name: TestEnvironment, change: Change, prepare?: Change) {
  const [old, now] = [new RealStack(name), new RealStack(name)];
  prepare?.(old);
  prepare?.(now);
  change(now);
  const before = (prepare ? undefined : unchanged.get(name)) ?? read(old);
  if (!prepare) unchanged.set(name, before);
  const after = read(now);
  const open = (base: Assembly, head: Assembly) =>
    renderMarkdown(compareAssemblies(base, head, ''), false).replace(/<details>[^]*?<\/details>/g, '');
  return { there: open(before, after), back: () => open(after, before) };
}

/** Reviews a pair, and its undoing where it is known what that is. */
export function check({ level, tells, change, prepare, back }: Pair): void {
  const review = reviewChange('prod', change, prepare);
  expect(review.there).toMatch(tells);
  expect(levelOf(review.there)).toBe(level);
  if (back !== undefined) expect(levelOf(review.back()) === 'harmless' ? 'harmless' : 'shown').toBe(back);
}

const LEVELS: Readonly<Record<string, Pair['level']>> = { '⛔': 'risk', '⚠️': 'weaker', '👀': 'look' };

/** The most urgent level of what a comment has open. */
function levelOf(open: string): Pair['level'] {
  return LEVELS[/⛔|⚠️|👀/.exec(open)?.[0] ?? ''] ?? 'harmless';
}
