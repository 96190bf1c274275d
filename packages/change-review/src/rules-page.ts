import { groupBy } from '@infra/common/values';
import type { MessageId } from './messages';
import en from './messages/en.json';
import { LEVELS } from './model/finding';
import { DATA } from './rules/data';
import { FIREWALL } from './rules/firewall';
import { ADDED, REMOVED } from './rules/presence';
import { type LeveledMessage, messageOf, type RuleLevel } from './rules/rule';
import { RUNNING } from './rules/running';
import { SAFEGUARD_RULES } from './rules/safeguards';
import { SERVICES } from './rules/services';
import { STACK } from './rules/stack';

/** The first sentence of a finding in the catalog; titles and other texts of the review are before it. */
const FIRST_SENTENCE: MessageId = 'new';

/** A whole sentence, and not a part of one. */
const SENTENCE = /\.( |\{|$)|\{problem\}$/;

/** Advice, and sentences that others end with. */
const NO_RULE = /\.do$|^(problem|expires)\./;

/** A rule with a fixed level: its message, and what it applies to. */
interface LeveledRule {
  readonly level: RuleLevel;
  readonly message: MessageId;
  readonly appliesTo: string;
}

/** The page of all rules, in Markdown. */
export function rulesPage(): string {
  const rules = [...rulesOnValues(), ...rulesOnPresence()];
  const chapters = LEVELS.flatMap(({ level }) => {
    const rulesOfLevel = rules.filter((rule) => rule.level === level);
    return rulesOfLevel.length > 0 ? [`## ${en[`title.${level}`]}`, linesOf(rulesOfLevel)] : [];
  });
  const leveled = new Set(rules.map(({ message }) => message));
  const computed = sentences().filter((message) => !leveled.has(message));
  const paragraphs = [
    '# Rules',
    'The names are those of `--json` and of a list of accepted findings; types and properties are regular expressions.',
    'This page is what `--rules` writes.',
    ...chapters,
    '## Computed from several values: the level depends on them',
    computed.map((message) => lineOf(message)).join('\n'),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function rulesOnValues(): LeveledRule[] {
  const ruleSets = [...DATA, ...FIREWALL, ...RUNNING, ...SAFEGUARD_RULES, ...SERVICES, ...STACK];
  return ruleSets.flatMap(({ type, rules }) => {
    return rules.flatMap((rule) => leveledRule(rule, `${code(type)} ${code(rule.path)}`));
  });
}

function rulesOnPresence(): LeveledRule[] {
  const added = ADDED.flatMap((rule) => leveledRule(rule, `${code(rule.type)}, added`));
  const removed = REMOVED.flatMap((rule) => leveledRule(rule, `${code(rule.type)}, removed`));
  return [...added, ...removed];
}

function leveledRule(rule: LeveledMessage, appliesTo: string): LeveledRule[] {
  const leveledMessage = messageOf(rule);
  return leveledMessage ? [{ ...leveledMessage, appliesTo }] : [];
}

function sentences(): MessageId[] {
  const ids = Object.keys(en) as MessageId[];
  const ofFindings = ids.slice(ids.indexOf(FIRST_SENTENCE));
  return ofFindings.filter((id) => SENTENCE.test(en[id]) && !NO_RULE.test(id));
}

function linesOf(rules: readonly LeveledRule[]): string {
  const rulesByMessage = groupBy(rules, ({ message }) => message);
  const lines = [...rulesByMessage].map(([message, alike]) => {
    const places = alike.map(({ appliesTo }) => appliesTo);
    return `${lineOf(message)} (${places.join('; ')})`;
  });
  return lines.join('\n');
}

function lineOf(message: MessageId): string {
  return `- \`${message}\`: ${en[message]}`;
}

function code({ source }: RegExp): string {
  return `\`${source}\``;
}
