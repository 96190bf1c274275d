import { isDeepStrictEqual } from 'node:util';
import { namingOf } from '@infra/common/naming';
import { functionOf } from '@infra/common/template';
import { entriesOf, groupBy, isRecord, stableJson, valueAtPath, omitKeys } from '@infra/common/values';
import type { Words } from '@infra/common/words';
import { type Difference, differences, recordDifferences } from './differences';
import { type Case, HARMLESS_GONE, HARMLESS_NEW, isHarmless, meaningOf, presenceOf } from './directions';
import { wordsOf, toDoFor } from './messages';
import { atLevel, type Effect, type Finding, LEVELS } from './model';
import { isReadProperty, isReadStatement, isReadValue } from './policies';
import { type Reading, shown } from './reading';
import { exposed } from './secrets';
import { isReadRule } from './security-rules';
import { valueChange } from './value-changes';

export type Readings = readonly [before: Reading, after: Reading];

/** Values of both sides by their names, plain and as they are written. */
export interface Compared {
  /** Key of the rules: a resource's type, or a section of the template. */
  readonly type: string;
  readonly plain: readonly [before: object, after: object];
  readonly written: readonly [before: object, after: object];
}

/** Properties that cause a replacement, for certain or perhaps. */
export interface Replacement {
  readonly causes: readonly string[];
  readonly maybe: readonly string[];
}

/** A resource, or another entry of a template or a manifest, that may differ. */
export interface Entry extends Partial<Replacement> {
  readonly subject: Words;
  readonly worth?: number;
  readonly compared: readonly Compared[];
  /** True if it is there on one side only. */
  readonly only?: 'new' | 'gone' | undefined;
  /** Effects that are known beside the values. */
  readonly effects?: readonly Effect[];
  /** Sentence for a change that is harmless as a whole. */
  readonly normal?: Words;
}

/** Findings on an entry: one to look at, and one that is folded. */
export function findingsOf(entry: Entry, readings: Readings): Finding[] {
  const { subject, worth = Infinity, compared, only, effects = [], normal = [] } = entry;
  const type = compared[0]?.type ?? '';
  const own = compared[0]?.plain[only === 'new' ? 1 : 0];
  const isFolded = (only === 'new' ? HARMLESS_NEW : HARMLESS_GONE).test(type);
  const weighed = only === 'gone' ? [] : compared.flatMap((each) => weigh(each, entry, readings));
  // Causes of a replacement come first.
  const open = weighed.filter((each) => !each.isFolded).sort((one, other) => other.anew - one.anew);
  const folded = weighed.filter((each) => each.isFolded);
  const changes = only && isFolded ? [] : open;
  const says = only === 'new' ? wordsOf('new') : only === 'gone' ? wordsOf('removed') : [];
  const look: Effect = { level: only && isFolded ? 'other' : 'look', says };
  const value = (name: string) => named(textOf(valueAtPath(own, ...name.split('.'))), readings);
  const presence = only ? presenceOf(type, only, value) : [];
  // Beside what is at risk the values say the rest.
  const atRisk = [...effects, ...weighed.flatMap((each) => each.effects)].some(({ level }) => level === 'risk');
  const all = weighed.flatMap(({ effects: own, anew }) => own.map((each) => ({ ...each, anew })));
  const meant = [...groupBy(all, messageOf).values()]
    .flatMap(([first]) => first ?? [])
    .filter(({ level, anew }) => !atRisk || level === 'risk' || (level === 'weaker' && anew === 0))
    .sort((one, other) => urgency(one) - urgency(other));
  const reported = [...(only || open.length > 0 ? [look] : []), ...effects, ...presence, ...meant];
  const finding = (all: readonly Effect[], values: typeof weighed): Finding => {
    const level = atLevel(all.map((each) => each.level));
    const says = [...new Map(all.map((each) => [stableJson(each.says), each.says])).values()];
    // Advice on what is most urgent.
    const toDo = toDoFor(all.filter((each) => each.level === level).map((each) => each.says));
    const changes = values.map(({ change }) => change);
    return { subject, worth, level, says: says.filter(({ length }) => length > 0), changes, toDo };
  };
  return [
    ...(reported.length > 0 ? [finding(reported, changes)] : []),
    ...(folded.length > 0 ? [finding([{ level: 'other', says: normal }], folded)] : []),
  ];
}

const urgency = ({ level }: Effect): number => LEVELS.findIndex((each) => each.level === level);
/** Key of a message, the same for each property that it names. */
const messageOf = ({ says: [part] }: Effect): string =>
  stableJson(typeof part === 'object' && 'message' in part ? { ...part, values: omitKeys(part.values, 'name') } : part);

/** References as a reader knows them. */
const named = (text: string, [left, right]: Readings): string =>
  text.includes('${') ? namingOf(left.template, right.template)(text) : text;
const textOf = (value: unknown): string => shown(typeof value === 'string' ? value : stableJson(value ?? ''));
const WHY = [undefined, 'mayReplace', 'replaces'] as const;

/** Sorts what differs into what no rule knows to be harmless, and what one does. */
function weigh({ type, plain, written }: Compared, { only, causes = [], maybe = [] }: Entry, readings: Readings) {
  if (isDeepStrictEqual(plain[0], plain[1]) && isDeepStrictEqual(written[0], written[1])) return [];
  const all = recordDifferences('', ...plain).map((each) => {
    const { path, before, after } = each;
    const [name = ''] = path.split(/[.[]/);
    const anew = causes.includes(name) ? 2 : maybe.includes(name) ? 1 : 0;
    const { isKnown, worse } = only ? { isKnown: false, worse: [] } : judge(type, each, readings);
    // A cause of a replacement gets no other sentence, unless that is more urgent.
    const effects = [...worse.filter(({ level }) => anew === 0 || level !== 'look'), ...exposed(type, each)];
    const isFolded = isKnown && effects.length === 0 && anew === 0 && !only;
    return { change: valueChange(path, before, after, WHY[anew]), effects, isFolded, anew };
  });
  const [old, now, left, right] = [...written, ...plain].map(entriesOf) as Map<string, unknown>[];
  // Same value, spelled otherwise.
  const isSpelled = (key: string) =>
    isDeepStrictEqual(left?.get(key), right?.get(key)) && !isDeepStrictEqual(old?.get(key), now?.get(key));
  const spelled = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].filter(isSpelled).map((key) => {
    return { change: valueChange(key, old?.get(key), now?.get(key)), effects: [], isFolded: true, anew: 0 };
  });
  return [...all, ...spelled];
}

/** True if rights or paths report the difference, since they are computed from it. */
function isOutcome(type: string, { path, before, after, kind }: Difference): boolean {
  const [values, [property = '']] = [[before, after], path.split(/[.[]/)];
  if (!/^(AWS|Custom)::/.test(type)) return false;
  if (kind === 'policy') return values.every((each) => isReadValue(path, each));
  if (kind === 'statement') return values.every(isReadStatement);
  if (type.startsWith('AWS::IAM::')) return values.every((each) => isReadProperty(type, property, each));
  if (type === 'AWS::EC2::SecurityGroup' && !/^SecurityGroup(In|E)gress$/.test(property)) return false;
  return /^AWS::EC2::SecurityGroup((In|E)gress)?$/.test(type) && values.every((each) => isReadRule(path, each));
}

/** Lists that are sets: AWS reads no order from them, and an empty one is none. */
const SETS =
  /(^|[.\]])(Tags|DependsOn|Environment|Secrets|SecurityGroup(Ingress|Egress|s|Ids)|VPCSecurityGroups|Subnets|SubnetIds|RouteTableIds|ManagedPolicyArns|Policies|Roles|(Alarm|OK|InsufficientData)Actions|Dimensions|\w+Attributes|ResourceRequirements|LifecyclePolicyText\.rules|LifecycleConfiguration\.Rules|(Allowed|Exposed)(Methods|Origins|Headers))$|^EventPattern\./;

/** Judges a difference by the worst of all that its values may be. */
function judge(type: string, difference: Difference, readings: Readings) {
  const { path, before, after, kind } = difference;
  if (isOutcome(type, difference)) return { isKnown: true, worse: [] };
  const [, tag = ''] = /^[Tt]ags(?:\[|\.)([^\].]+)/.exec(path) ?? [];
  if (readings[1].decidingTags.has(tag)) {
    return { isKnown: false, worse: [{ level: 'weaker', says: wordsOf('tagDecides') } as const] };
  }
  const isNothing = (value: unknown) => value === undefined || /^(\[\]|\{\})$/.test(stableJson(value));
  const isSame = kind === 'order' || (isNothing(before) && isNothing(after));
  if (isSame && SETS.test(path)) return { isKnown: true, worse: [] };
  const cases = casesOf(path, before, after, readings);
  return {
    isKnown: !isSame && isHarmless(type, cases),
    worse: meaningOf(type, path, cases, named(textOf(after), readings)),
  };
}

/** The values that may be where two differ, down to single ones. */
function casesOf(path: string, before: unknown, after: unknown, readings: Readings): Case[] {
  return pairs(before, after, readings).flatMap(([old, now]): Case[] => {
    if (stableJson(old) === stableJson(now)) return [];
    const inner = differences(path, old ?? emptyLike(now), now ?? emptyLike(old));
    if (inner.length === 0 || inner.some((each) => each.path === path)) return [[path, old, now]];
    return inner.flatMap((each) => casesOf(each.path, each.before, each.after, readings));
  });
}

const emptyLike = (value: unknown): unknown =>
  Array.isArray(value) ? [] : isRecord(value) && !functionOf(value) ? {} : undefined;

function pairs(before: unknown, after: unknown, [left, right]: Readings): (readonly [unknown, unknown])[] {
  const [old, now] = [left.alternatives(before), right.alternatives(after)];
  // Under the same condition both sides take the same branch.
  const [condition, other] = [before, after].map((each) => {
    const [key, argument] = functionOf(each) ?? [];
    return key === 'Fn::If' && Array.isArray(argument) ? String(argument[0]) : undefined;
  });
  if (condition !== undefined && condition === other && old.length === now.length) {
    return old.map((each, index) => [each, now[index]]);
  }
  return old.flatMap((one) => now.map((each) => [one, each] as const));
}
