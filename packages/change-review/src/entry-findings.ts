import { groupBy, limited, omitKeys, stableJson, valueAtPath } from '@infra/common/values';
import { wordsForCount, wordsOf } from './messages';
import { adviceFor } from './messages/advice';
import { isMessage, join, type Words } from './messages/words';
import type { Entry, JudgedChange, ReplacementImpact } from './model/entry';
import {
  type Effect,
  type Finding,
  isVerdict,
  type Level,
  LEVELS,
  mostUrgent,
  positionOf,
  type Verdict,
  VERDICTS,
} from './model/finding';
import { type ComparisonContext, describeValue } from './read/stack-comparison';
import { effectsOfPresence, isHarmlessIfAdded, isHarmlessIfRemoved } from './rules/presence';

/** Effect of a changed value, and the replacement that the value causes. */
interface ValueEffect {
  readonly effect: Effect;
  readonly replacement: ReplacementImpact;
}

/** Names of values in one sentence. */
const MOST_NAMES = 5;

/** Causes of a replacement come first. */
const REPLACEMENT_ORDER: readonly ReplacementImpact[] = ['certain', 'possible', 'none'];

/** Findings on an entry: one to look at, and one on its harmless changes, which is folded. */
export function findingsOf(entry: Entry, changes: readonly JudgedChange[], context: ComparisonContext): Finding[] {
  const openChanges = changes.filter(({ isHarmless }) => !isHarmless);
  const harmlessChanges = changes.filter(({ isHarmless }) => isHarmless);
  const consequences = [...ownEffects(entry, context), ...valueEffects(entry, changes)];
  // A long list is cut at its end.
  const effects = [...lookEffects(entry, openChanges), ...mostUrgentFirst(underCondition(entry, consequences))];
  const findings: Finding[] = [];
  if (effects.length > 0) {
    const isListed = (change: JudgedChange) => !isHarmlessPresence(entry) || change.effects.length > 0;
    const listedChanges = worstFirst(openChanges.filter(isListed));
    const [verdict, ...furtherVerdicts] = VERDICTS.filter((level) => isAnyOf(level, effects));
    const mainEffects = effects.filter(({ level }) => level === verdict || !isVerdict(level));
    findings.push(findingWith(entry, mainEffects, listedChanges));
    findings.push(...furtherVerdicts.map((level) => verdictFinding(level, entry, effects)));
  }
  if (harmlessChanges.length > 0) {
    const effect: Effect = { level: 'other', sentence: entry.harmlessSentence ?? [] };
    findings.push(findingWith(entry, [effect], harmlessChanges));
  }
  return findings;
}

/** Finding of a further verdict: to accept that data is lost is not to accept that the deployment fails. */
function verdictFinding(verdict: Verdict, entry: Entry, effects: readonly Effect[]): Finding {
  const effectsOfVerdict = effects.filter(({ level }) => level === verdict);
  return findingWith(entry, effectsOfVerdict, []);
}

function isAnyOf(level: Level, effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.level === level);
}

/** The entry needs a look because it is added or removed, or because of a change that no rule knows to be harmless. */
function lookEffects(entry: Entry, openChanges: readonly JudgedChange[]): Effect[] {
  if (entry.presence) {
    const level = isHarmlessPresence(entry) ? 'other' : 'look';
    const sentence = wordsOf(entry.presence === 'added' ? 'new' : 'removed');
    const expected: Effect[] = entry.isExpected ? [{ level, sentence: entry.harmlessSentence ?? [] }] : [];
    return [{ level, sentence }, ...expected];
  }
  return openChanges.length > 0 ? [{ level: 'look', sentence: [] }] : [];
}

function isHarmlessPresence(entry: Entry): boolean {
  if (entry.isExpected) return true;
  const ruleKey = ruleKeyOf(entry);
  if (entry.presence === 'added') return isHarmlessIfAdded(ruleKey);
  return entry.presence === 'removed' && isHarmlessIfRemoved(ruleKey);
}

/** Effects that do not follow from one value. */
function ownEffects(entry: Entry, context: ComparisonContext): readonly Effect[] {
  const { effects = [] } = entry;
  return [...effects, ...presenceEffects(entry, context)];
}

/** Effects on what exists under a condition of the template, which they name. */
function underCondition({ condition }: Entry, effects: readonly Effect[]): readonly Effect[] {
  if (condition === undefined) return effects;
  const remark = wordsOf('underCondition', { condition });
  return effects.map((effect) => {
    return effect.level === 'other' ? effect : { ...effect, sentence: [...effect.sentence, ' ', ...remark] };
  });
}

function presenceEffects(entry: Entry, context: ComparisonContext): Effect[] {
  const { presence, isExpected, goesOn } = entry;
  if (!presence || isExpected || goesOn) return [];
  const normalized = entry.parts[0]?.normalized;
  const values = presence === 'added' ? normalized?.after : normalized?.before;
  return effectsOfPresence(ruleKeyOf(entry), presence, (path) => {
    const found = valuesAtPath(values, path.split('.'));
    return found.length > 0 ? found.map((value) => describeValue(value, context)).join(', ') : undefined;
  });
}

/** The values at a path; several ones if it leads through a list. */
function valuesAtPath(value: unknown, keys: readonly string[]): unknown[] {
  if (Array.isArray(value) && keys.length > 0) return value.flatMap((item) => valuesAtPath(item, keys));
  const [key, ...innerKeys] = keys;
  if (key === undefined) return [value];
  const inner = valueAtPath(value, key);
  return inner === undefined ? [] : valuesAtPath(inner, innerKeys);
}

function ruleKeyOf({ parts }: Entry): string {
  return parts[0]?.ruleKey ?? '';
}

/** The effects of changed values, each message once. */
function valueEffects(entry: Entry, changes: readonly JudgedChange[]): Effect[] {
  const distinct = distinctMessages(changes.flatMap(valueEffectsOf));
  const reported = hasVerdict(entry, changes) ? distinct.filter(isReportedBesideVerdict) : distinct;
  return reported.map(({ effect }) => effect);
}

function mostUrgentFirst(effects: readonly Effect[]): Effect[] {
  const positionIn = ({ level }: Effect) => positionOf(level);
  return [...effects].sort((one, other) => positionIn(one) - positionIn(other));
}

/** The effects of one message as one, with the names of all their values. */
function distinctMessages(effects: readonly ValueEffect[]): ValueEffect[] {
  const groups = groupBy(effects, ({ effect }) => messageKeyOf(effect));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, effect: withNames(first.effect, group) }] : [];
  });
}

function withNames(effect: Effect, group: readonly ValueEffect[]): Effect {
  const [part, ...remarks] = effect.sentence;
  if (!isMessage(part) || !part.values.name) return effect;
  const names = new Map<string, Words>();
  for (const { effect: other } of group) {
    const [otherPart] = other.sentence;
    const name = isMessage(otherPart) ? (otherPart.values.name ?? []) : [];
    names.set(stableJson(name), name);
  }
  const shown = limited([...names.values()], MOST_NAMES, (hiddenCount) => wordsForCount('more', hiddenCount));
  return { ...effect, sentence: [{ ...part, values: { ...part.values, name: join(shown, ', ') } }, ...remarks] };
}

function valueEffectsOf({ effects, replacement }: JudgedChange): ValueEffect[] {
  return effects.map((effect) => ({ effect, replacement }));
}

/** Key of an effect's message, the same for each property that it names. */
function messageKeyOf({ sentence }: Effect): string {
  const [part, ...remarks] = sentence;
  if (!isMessage(part)) return stableJson(part);
  return stableJson([{ ...part, values: omitKeys(part.values, 'name') }, ...remarks]);
}

function hasVerdict(entry: Entry, changes: readonly JudgedChange[]): boolean {
  const effectsOfChanges = changes.flatMap(({ effects }) => effects);
  const effects = [...(entry.effects ?? []), ...effectsOfChanges];
  return effects.some(({ level }) => isVerdict(level));
}

/** Beside a verdict, the values themselves are enough for the rest. */
function isReportedBesideVerdict({ effect, replacement }: ValueEffect): boolean {
  if (isVerdict(effect.level)) return true;
  return effect.level === 'weaker' && replacement === 'none';
}

/** Causes of a replacement, then the most urgent changes: a long list is cut at its end. */
function worstFirst(changes: readonly JudgedChange[]): JudgedChange[] {
  const positionIn = ({ replacement, effects }: JudgedChange) => {
    const levels = effects.map(({ level }) => level);
    return REPLACEMENT_ORDER.indexOf(replacement) * LEVELS.length + positionOf(mostUrgent(levels));
  };
  return [...changes].sort((one, other) => positionIn(one) - positionIn(other));
}

function findingWith(entry: Entry, effects: readonly Effect[], changes: readonly JudgedChange[]): Finding {
  const level = mostUrgent(effects.map((effect) => effect.level));
  const mostUrgentEffects = effects.filter((effect) => effect.level === level);
  const decisive = mostUrgentEffects.map(({ sentence }) => sentence);
  return {
    subject: entry.subject,
    rank: entry.rank ?? Infinity,
    level,
    sentences: distinctSentences(effects),
    changes: changes.map(({ line }) => line),
    advice: adviceFor(decisive),
    decisive,
  };
}

function distinctSentences(effects: readonly Effect[]): Words[] {
  const sentences = new Map<string, Words>();
  for (const { sentence } of effects) {
    if (sentence.length > 0) sentences.set(stableJson(sentence), sentence);
  }
  return [...sentences.values()];
}
