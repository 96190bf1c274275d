import type { Words } from '../messages/words';
import { type MessageId, places, wordsOf } from '../messages';
import { type Effect, mostUrgent } from '../model/finding';
import { DATA } from './data';
import { FIREWALL } from './firewall';
import { messageOf, type Rule, type RuleSet, type ValueChange } from './rule';
import { RUNNING } from './running';
import { SAFEGUARD_RULES } from './safeguards';
import { FALLBACKS, SERVICES } from './services';
import { STACK } from './stack';

/** Values for the places of a rule's message. */
export interface MessageValues {
  /** Path of the property. */
  readonly name: string;
  /** The value after the change. */
  readonly now: string;
}

/** Rules of resource types and of sections of the template, which are selected once for each type. */
class RuleTable {
  private readonly rulesByType = new Map<string, readonly Rule[]>();

  constructor(private readonly ruleSets: readonly RuleSet[]) {}

  rulesOf(type: string): readonly Rule[] {
    const selectedRules = this.rulesByType.get(type);
    if (selectedRules) return selectedRules;
    const ruleSets = this.ruleSets.filter((ruleSet) => ruleSet.type.test(type));
    const rules = ruleSets.flatMap((ruleSet) => ruleSet.rules);
    this.rulesByType.set(type, rules);
    return rules;
  }
}

const RULES_OF_TYPES = new RuleTable([...DATA, ...FIREWALL, ...RUNNING, ...SAFEGUARD_RULES, ...SERVICES, ...STACK]);

const RULES_OF_ALL_VALUES = new RuleTable(FALLBACKS);

/** True if a rule of the type knows each change to be harmless. */
export function isHarmlessByRules(type: string, changes: readonly ValueChange[]): boolean {
  return changes.every((change) => isHarmless(type, change));
}

function isHarmless(type: string, change: ValueChange): boolean {
  return RULES_OF_TYPES.rulesOf(type).some((rule) => knowsAsHarmless(rule, change));
}

function knowsAsHarmless({ path: paths, harmlessIf }: Rule, { path, before, after }: ValueChange): boolean {
  return harmlessIf !== undefined && paths.test(path) && harmlessIf(before, after);
}

/**
 * The most urgent effects of a difference: by the rules of the property, or else by one of the type.
 * @param whole - The difference itself.
 * @param changes - All that the difference may be, down to single values.
 */
export function effectsByRules(
  type: string,
  whole: ValueChange,
  changes: readonly ValueChange[],
  values: MessageValues,
): Effect[] {
  const effectsOfType = effectsBy(ruleOfType, type, whole, changes, values);
  return effectsOfType.length > 0 ? effectsOfType : effectsBy(ruleOfAllValues, type, whole, changes, values);
}

/** Finds the rule of a type that has a message on a change. */
type FindRule = (type: string, change: ValueChange) => Rule | undefined;

/** The most urgent effects of the single changes, or that of the whole: if it is gone, or none of them is worse. */
function effectsBy(
  findRule: FindRule,
  type: string,
  whole: ValueChange,
  changes: readonly ValueChange[],
  values: MessageValues,
): Effect[] {
  const rules = changes.map((change) => findRule(type, change));
  const effects = mostUrgentOf(effectsOf(rules, values));
  const ruleForWhole = findRule(type, whole);
  if (!ruleForWhole?.isForWhole) return effects;
  const isGone = whole.after === undefined;
  const isWorse = !isGone && effects.some(({ level }) => level !== 'look');
  return isWorse ? effects : effectsOf([ruleForWhole], values);
}

/** The first rule of the type that has a message on a change. Its condition also reports a harmless one. */
function ruleOfType(type: string, change: ValueChange): Rule | undefined {
  const { path, before, after } = change;
  return RULES_OF_TYPES.rulesOf(type).find((rule) => {
    const isCandidate = rule.path.test(path) && messageOf(rule) !== undefined;
    if (!isCandidate) return false;
    return rule.reportIf ? rule.reportIf(before, after) : !isHarmless(type, change);
  });
}

/** The rule on all values of the type, unless the change is harmless. */
function ruleOfAllValues(type: string, change: ValueChange): Rule | undefined {
  if (isHarmless(type, change)) return undefined;
  return RULES_OF_ALL_VALUES.rulesOf(type).find(({ path }) => path.test(change.path));
}

function effectsOf(rules: readonly (Rule | undefined)[], values: MessageValues): Effect[] {
  const effects: Effect[] = [];
  for (const rule of rules) {
    const leveledMessage = rule && messageOf(rule);
    if (!leveledMessage) continue;
    const { level, message } = leveledMessage;
    effects.push({ level, sentence: sentenceOf(message, values) });
  }
  return effects;
}

/** A message with the values that it has places for, so that the same sentence on several values is one. */
function sentenceOf(message: MessageId, values: MessageValues): Words {
  const placesOfMessage = places(message);
  const used = Object.entries(values).filter(([name]) => placesOfMessage.includes(name));
  return wordsOf(message, Object.fromEntries(used));
}

function mostUrgentOf(effects: readonly Effect[]): Effect[] {
  const mostUrgentLevel = mostUrgent(effects.map(({ level }) => level));
  return effects.filter(({ level }) => level === mostUrgentLevel);
}
