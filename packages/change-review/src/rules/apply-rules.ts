import type { Words } from '../messages/words';
import { type MessageId, places, wordsOf } from '../messages';
import { type Effect, mostUrgent } from '../model/finding';
import { withPropertyNamesOnly } from '../read/property-names';
import { BY_PROPERTY_NAME } from './by-property-name';
import { DATA } from './data';
import { FIREWALL } from './firewall';
import { messageOf, type Rule, type RuleSet, type ValueChange } from './rule';
import { RUNNING } from './running';
import { STACK } from './stack';

/** Values for the places of a rule's message. */
export interface MessageValues {
  /** Path of the property. */
  readonly name: string;
  /** The value after the change. */
  readonly now: string;
}

/** Rules, which are selected once for each type. */
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

const RULES_OF_TYPES = new RuleTable([...DATA, ...FIREWALL, ...RUNNING, ...STACK]);

const RULES_BY_PROPERTY_NAME = new RuleTable(BY_PROPERTY_NAME);

/** True if a rule of the type knows each change to be harmless. */
export function isHarmlessByRules(type: string, changes: readonly ValueChange[]): boolean {
  return changes.every((change) => isHarmless(type, change));
}

function isHarmless(type: string, { path, before, after }: ValueChange): boolean {
  const rules = RULES_OF_TYPES.rulesOf(type);
  return rules.some((rule) => {
    return rule.path.test(path) && rule.harmlessIf?.(before, after);
  });
}

/** Sentence on harmless changes, which are folded; empty if there is none. */
export function foldedSentence(type: string, changes: readonly ValueChange[], values: MessageValues): Words {
  for (const { path, before, after } of changes) {
    const rule = RULES_OF_TYPES.rulesOf(type).find(({ folded, path: paths, harmlessIf }) => {
      return folded !== undefined && paths.test(path) && harmlessIf?.(before, after);
    });
    if (rule?.folded !== undefined) return wordsOf(rule.folded, valuesIn(rule.folded, values));
  }
  return [];
}

/**
 * The most urgent effects of a difference: by the rules of the type, or else by the name of the property.
 * @param changes - All that the difference may be, down to single values.
 */
export function effectsByRules(
  type: string,
  whole: ValueChange,
  changes: readonly ValueChange[],
  values: MessageValues,
): Effect[] {
  const ruleForWhole = ruleOfType(type, whole);
  const rulesOfType = changes.map((change) => ruleOfType(type, change));
  const effects = mostUrgentOf(effectsOf(rulesOfType, values));
  if (ruleForWhole?.isForWhole) {
    const isGone = whole.after === undefined;
    const isWorse = !isGone && effects.some(({ level }) => level !== 'look');
    return isWorse ? effects : effectsOf([ruleForWhole], values);
  }
  if (effects.length > 0) return effects;
  const rulesByName = changes.map((change) => ruleByPropertyName(type, change));
  return mostUrgentOf(effectsOf(rulesByName, values));
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

/** The first rule on the name of the property that has a message on a change, unless that is harmless. */
function ruleByPropertyName(type: string, change: ValueChange): Rule | undefined {
  if (isHarmless(type, change)) return undefined;
  const { path, before, after } = change;
  const propertyNames = withPropertyNamesOnly(type, path);
  return RULES_BY_PROPERTY_NAME.rulesOf(type).find((rule) => {
    if (!rule.path.test(propertyNames)) return false;
    return rule.reportIf?.(before, after) ?? true;
  });
}

function effectsOf(rules: readonly (Rule | undefined)[], values: MessageValues): Effect[] {
  const effects: Effect[] = [];
  for (const rule of rules) {
    const leveledMessage = rule && messageOf(rule);
    if (!leveledMessage) continue;
    const { level, message } = leveledMessage;
    const sentence = wordsOf(message, valuesIn(message, values));
    effects.push({ level, sentence });
  }
  return effects;
}

/** The values that a message has places for, so that the same sentence on several values is one. */
function valuesIn(message: MessageId, values: MessageValues): Record<string, string> {
  const placesOfMessage = places(message);
  const used = Object.entries(values).filter(([name]) => placesOfMessage.includes(name));
  return Object.fromEntries(used);
}

function mostUrgentOf(effects: readonly Effect[]): Effect[] {
  const levels = effects.map(({ level }) => level);
  const mostUrgentLevel = mostUrgent(levels);
  return effects.filter(({ level }) => level === mostUrgentLevel);
}
