import { isDeepStrictEqual } from 'node:util';
import { entriesOf, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import {
  type ComparedValues,
  type Entry,
  type JudgedChange,
  keysOfEither,
  type Replacement,
  type ReplacementImpact,
} from '../model/entry';
import type { Effect } from '../model/finding';
import { defaultOf, withDefaults } from '../read/value';
import type { NormalizedValue } from '../read/normalized-text';
import { dependsOnOwnParameter, mayBeSame } from '../read/possible-values';
import { type ComparisonContext, describeValue } from '../read/stack-comparison';
import { effectsByRules, isHarmlessByRules, type MessageValues } from '../rules/apply-rules';
import { effectsIfAdded } from './added-values';
import { type Difference, differencesInRecords } from './differences';
import { exposedSecrets } from './exposed-secrets';
import { isReportedAsOutcome } from './outcomes';
import { alternativesOf, conditionsOf, possibleChanges } from './possible-changes';
import type { ValueChange } from '../rules/rule';
import { isUnordered } from './unordered-lists';
import { lineOf } from './value-change';

/** Key of a tag in the path to its value. */
const TAG = /^[Tt]ags(?:\[|\.)([^\].]+)/;

/** Name of the function by which a part of a template calls a macro. */
const MACRO_CALL = 'Fn::Transform';

/** End of the first key of a path. */
const END_OF_KEY = /[.[]/;

/** A value that is not set, and empty ones. */
const NOTHING: ReadonlySet<string> = new Set(['undefined', '[]', '{}']);

/** Judgement of a difference by the rules. */
interface Judgement {
  readonly isHarmless: boolean;
  readonly effects: readonly Effect[];
}

const HARMLESS: Judgement = { isHarmless: true, effects: [] };
const UNJUDGED: Judgement = { isHarmless: false, effects: [] };

/**
 * All values of an entry that change, each with its consequences. A removed entry has none: it is gone as a whole. Nor has
 * one that is the same under another logical ID.
 */
export function judgeChanges(entry: Entry, context: ComparisonContext): JudgedChange[] {
  if (entry.presence === 'removed' || entry.isRenamed) return [];
  return entry.parts.flatMap((part) => judgePart(part, entry, context));
}

function judgePart(part: ComparedValues, entry: Entry, context: ComparisonContext): JudgedChange[] {
  const { normalized, asWritten } = part;
  const isSameMeaning = isDeepStrictEqual(normalized.before, normalized.after);
  const isSameText = isDeepStrictEqual(asWritten.before, asWritten.after);
  if (isSameMeaning && isSameText) return [];
  const differences = differencesInRecords('', normalized.before, normalized.after);
  const changes = differences.map((difference) => judgeDifference(part, difference, entry, context));
  return [...changes, ...respelledValues(part)];
}

function judgeDifference(
  { ruleKey, normalized }: ComparedValues,
  difference: Difference,
  entry: Entry,
  context: ComparisonContext,
): JudgedChange {
  const [property = ''] = difference.path.split(END_OF_KEY);
  const replacement = replacementBy(property, entry.replacement);
  const judgement = entry.presence
    ? { ...UNJUDGED, effects: effectsOfAddedValue(ruleKey, difference, context) }
    : judgeByRules(ruleKey, difference, context);
  const effects = [
    ...effectsBeside(replacement, judgement.effects),
    ...exposedSecrets(ruleKey, difference, entriesOf(normalized.before).get(property)),
    ...macroEffects(difference),
  ];
  return {
    line: lineOf(difference, replacement),
    effects,
    isHarmless: judgement.isHarmless && effects.length === 0 && replacement === 'none',
    replacement,
  };
}

/** Effect of a call of a macro, or of `AWS::Include`, wherever it is: nobody has read what CloudFormation puts there. */
function macroEffects({ path, before, after }: Difference): Effect[] {
  const textAfter = stableJson({ [path]: after });
  const isCalled = textAfter.includes(MACRO_CALL) && stableJson({ [path]: before }) !== textAfter;
  return isCalled ? [{ level: 'weaker', sentence: wordsOf('macro') }] : [];
}

function replacementBy(property: string, replacement: Replacement | undefined): ReplacementImpact {
  if (replacement?.causes.includes(property)) return 'certain';
  if (replacement?.possibleCauses.includes(property)) return 'possible';
  return 'none';
}

/** A cause of a replacement gets no other sentence, unless that is more urgent. */
function effectsBeside(replacement: ReplacementImpact, effects: readonly Effect[]): readonly Effect[] {
  if (replacement === 'none') return effects;
  return effects.filter(({ level }) => level !== 'look');
}

/** Judges a difference by the worst of all that its values may be. */
function judgeByRules(ruleKey: string, difference: Difference, context: ComparisonContext): Judgement {
  if (isReportedAsOutcome(ruleKey, difference)) return HARMLESS;
  const { path, before, after, kind } = difference;
  if (context.tagsInPolicies.has(tagIn(path))) {
    const effect: Effect = { level: 'weaker', sentence: wordsOf('tagDecides') };
    return { isHarmless: false, effects: [effect] };
  }
  const hasSameItems = kind === 'order' || (isNothing(before) && isNothing(after));
  if (hasSameItems && isUnordered(path)) return HARMLESS;
  const possible = possibleChanges(difference, context.readers).map((change) => withDefaults(ruleKey, change));
  const changes = possible.filter((change) => change.before !== change.after);
  const values: MessageValues = {
    name: path,
    now: describeValue(after ?? defaultOf(ruleKey, path), context),
  };
  if (changes.length === 0) return HARMLESS;
  return {
    isHarmless: isHarmlessByRules(ruleKey, changes),
    effects: effectsWithRemarks(ruleKey, difference, values, context),
  };
}

/** Effects by the rules, with a remark on those that only some of the possible changes have. */
function effectsWithRemarks(
  ruleKey: string,
  difference: Difference,
  values: MessageValues,
  { readers }: ComparisonContext,
  isAdded = false,
): Effect[] {
  const effectsOf = (change: ValueChange) => {
    const changes = possibleChanges(change, readers).map((single) => withDefaults(ruleKey, single));
    // An added resource may have a default that opens something.
    const reported = isAdded ? changes : changes.filter(({ before, after }) => before !== after);
    return effectsByRules(ruleKey, change, reported, values);
  };
  const effects = effectsOf(difference);
  const alternatives = alternativesOf(difference, readers);
  // An item by a name that only the deployment knows may be another one of the list.
  const mayBeItem = dependsOnOwnParameter(difference.path, readers);
  const isMaybeUnchanged = !isAdded && (mayBeItem || mayBeSame(difference, readers));
  if (alternatives.length < 2 && !isMaybeUnchanged) return effects;
  const effectsOfAlternatives = alternatives.map((alternative) => stableJson(effectsOf(alternative)));
  if (isMaybeUnchanged) effectsOfAlternatives.push('');
  const [condition, ...others] = conditionsOf([difference.before, difference.after]);
  const isDecidedByOne = condition !== undefined && others.length === 0;
  const remark = isDecidedByOne ? wordsOf('underCondition', { condition }) : wordsOf('underValue');
  return effects.map((effect) => {
    const isCertain = effectsOfAlternatives.every((text) => text.includes(stableJson(effect.sentence)));
    return isCertain ? effect : { ...effect, sentence: [...effect.sentence, ' ', ...remark] };
  });
}

/** Effects of a value of an added entry, by the rules on a change from AWS's default. */
function effectsOfAddedValue(ruleKey: string, difference: Difference, context: ComparisonContext): Effect[] {
  if (isReportedAsOutcome(ruleKey, difference)) return [];
  const values: MessageValues = {
    name: difference.path,
    now: describeValue(difference.after, context),
  };
  return effectsIfAdded(effectsWithRemarks(ruleKey, difference, values, context, true));
}

function tagIn(path: string): string {
  const [, tag = ''] = TAG.exec(path) ?? [];
  return tag;
}

function isNothing(value: NormalizedValue): boolean {
  return NOTHING.has(stableJson(value));
}

/** Values that are the same but for their spelling. */
function respelledValues({ normalized, asWritten }: ComparedValues): JudgedChange[] {
  const normalizedBefore = entriesOf(normalized.before);
  const normalizedAfter = entriesOf(normalized.after);
  const writtenBefore = entriesOf(asWritten.before);
  const writtenAfter = entriesOf(asWritten.after);
  const names = keysOfEither(writtenBefore, writtenAfter);
  const changes: JudgedChange[] = [];
  for (const name of names) {
    const before = writtenBefore.get(name);
    const after = writtenAfter.get(name);
    const isSameMeaning = isDeepStrictEqual(normalizedBefore.get(name), normalizedAfter.get(name));
    const isSameText = isDeepStrictEqual(before, after);
    if (!isSameMeaning || isSameText) continue;
    changes.push({
      line: lineOf({ path: name, before, after }, 'none'),
      effects: [],
      isHarmless: true,
      replacement: 'none',
    });
  }
  return changes;
}
