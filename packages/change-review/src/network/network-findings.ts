import type { Template } from '@infra/common/template';
import { entriesOf, groupBy, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import { join, listOf, type Words } from '../messages/words';
import type { Finding } from '../model/finding';
import { outcomeFinding } from '../outcome-finding';
import { holdsData } from '../read/held-data';
import { namesReferredToIn } from '../read/normalized-text';
import { nameOf, type StackComparison } from '../read/stack-comparison';
import { uncovered } from '../uncovered';
import { contains } from './ip-range';
import { inEnglish, type Network, networkOf } from './network';
import { type Path, pathsOf, portsWords, ruleWords } from './paths';
import { endWords, INTERNET } from './places';
import { includesPorts, isEveryPort, type Ports, portsText } from './ports';
import type { Rule } from './security-rules';

type OutcomeLevel = 'weaker' | 'look';

const ALL_ADDRESSES = /\/0$/;

/** Network paths that were added or removed, and rules that a security group opens. */
export function networkFindings(comparison: StackComparison): Finding[] {
  const { base, head } = comparison;
  const before = networkOf(base.template);
  const after = networkOf({ ...head.template, Parameters: parametersKept(base.template, head.template) });
  const pathsBefore = pathsOf(before);
  const pathsAfter = pathsOf(after);
  const newPaths = uncovered(pathsAfter, pathsBefore, coversPath);
  const removedPaths = uncovered(pathsBefore, pathsAfter, coversPath);
  const newRules = uncovered(allRules(after), allRules(before), coversRule);
  const openedRules = newRules.filter((rule) => {
    const isReported = isEgressOfNewGroup(rule, comparison) || isReportedByPath(rule, newPaths, after);
    return !isReported;
  });
  const removedRules = uncovered(allRules(before), allRules(after), coversRule);
  const closedRules = removedRules.filter(({ group, ...rule }) => {
    const isGone = !comparison.resources.after.has(group);
    return !isGone && !isReportedByPath({ group, ...rule }, removedPaths, before);
  });
  return [
    ...pathFindings('weaker', 'reachable', newPaths, comparison),
    ...problemFindings(before, after),
    ...ruleFindings('weaker', openedRules, (rule) => openedSentence(rule, comparison), comparison),
    ...pathFindings('look', 'unreachable', removedPaths, comparison),
    ...ruleFindings('look', closedRules, (rule) => closedSentence(rule, allRules(after), comparison), comparison),
  ];
}

/** Parameters as an existing stack has them: another default leaves its value as it is. */
function parametersKept(base: Template, head: Template): object {
  return Object.fromEntries([...entriesOf(head.Parameters), ...entriesOf(base.Parameters)]);
}

/** Paths report where members of a new group get to. */
function isEgressOfNewGroup({ direction, group }: Rule, { resources }: StackComparison): boolean {
  return direction === 'out' && !resources.before.has(group);
}

function allRules({ rules }: Network): Rule[] {
  return [...rules.values()].flat();
}

function coversPath(wide: Path, narrow: Path): boolean {
  return wide.between === narrow.between && includesPorts(wide.open, narrow.open);
}

/** True if everything that a rule allows is allowed by a wider one. */
function coversRule(wide: Rule, narrow: Rule): boolean {
  const isSameGroup = wide.group === narrow.group && wide.direction === narrow.direction;
  if (!isSameGroup || !includesPorts(wide, narrow)) return false;
  // A reference to a range, or to a group, is within it, too.
  const isEverything = wide.peer === '0.0.0.0/0' && !narrow.peer.includes(':');
  return isEverything || wide.peer === narrow.peer || contains(wide.peer, narrow.peer);
}

/** True if a new path has everything there is to report on a rule for the internet, or between groups. */
function isReportedByPath(rule: Rule, newPaths: readonly Path[], network: Network): boolean {
  const isRange = rule.peer.includes('/');
  const ruleText = inEnglish(ruleWords(rule, network));
  return newPaths.some(({ from, through }) => {
    const isComparable = from === INTERNET || !isRange;
    return isComparable && through.includes(ruleText);
  });
}

/** One problem of each kind: one more resource with the same problem says nothing else. None if the base had some. */
function problemFindings(before: Network, after: Network): Finding[] {
  if (before.problems.length > 0) return [];
  const problems = new Map(after.problems.map((problem) => [problem.kind, problem]));
  const sentences = [...problems.values()].map(({ words }) => wordsOf('untold', { problem: words }));
  return findingsWith('weaker', wordsOf('subject.network'), sentences);
}

/** A finding on the rules of each group, those for every address first. */
function ruleFindings(
  level: OutcomeLevel,
  rules: readonly Rule[],
  sentenceOn: (rule: Rule) => Words,
  comparison: StackComparison,
): Finding[] {
  const rulesByGroup = [...groupBy(rules, ({ group }) => group)];
  // A long list of groups is cut at its end.
  const ofDatabases = rulesByGroup.filter(([group]) => hasDatabase(group, comparison));
  const ofOthers = rulesByGroup.filter(([group]) => !hasDatabase(group, comparison));
  return [...ofDatabases, ...ofOthers].flatMap(([group, rulesOfGroup]) => {
    const subject = wordsOf('subject.group', { name: nameOf(group, comparison) });
    const rulesForAll = rulesOfGroup.filter(isForAll);
    const otherRules = rulesOfGroup.filter((rule) => !isForAll(rule));
    return findingsWith(level, subject, [...rulesForAll, ...otherRules].map(sentenceOn));
  });
}

/** True if what holds data is in a security group. */
function hasDatabase(group: string, { resources }: StackComparison): boolean {
  return [...resources.after.values()].some((resource) => {
    return holdsData(resource) && namesReferredToIn(resource.Properties).includes(group);
  });
}

function isForAll({ peer }: Rule): boolean {
  return ALL_ADDRESSES.test(peer);
}

function openedSentence(rule: Rule, comparison: StackComparison): Words {
  return [...wordsOf('opened', ruleValues(rule, comparison)), ...remarksOn([rule], rule.conditions)];
}

/** Remarks on what only the deployment decides. */
function remarksOn(ports: readonly Ports[], conditions: readonly string[]): Words {
  const areKnown = ports.every(({ unknown }) => unknown === undefined);
  const onValue = areKnown ? [] : [' ', ...wordsOf('underValue')];
  return conditions.length === 0
    ? onValue
    : [...onValue, ' ', ...wordsOf('underCondition', { condition: listOf(conditions) })];
}

/** Sentence on a rule that is gone, and on what remains of it. */
function closedSentence(rule: Rule, remaining: readonly Rule[], comparison: StackComparison): Words {
  const rest = remaining.filter((other) => coversRule(rule, other));
  const traffic = rest.map((other) => wordsOf('traffic', ruleValues(other, comparison)));
  const closed = [...wordsOf('closed', ruleValues(rule, comparison)), ...remarksOn([rule], rule.conditions)];
  return traffic.length === 0 ? closed : [...closed, ' ', ...wordsOf('stillMay', { rights: join(traffic, '; ') })];
}

function ruleValues(rule: Rule, comparison: StackComparison) {
  const isIn = rule.direction === 'in';
  return {
    ports: isEveryPort(rule) ? wordsOf('everyPort') : portsText(rule),
    way: wordsOf(isIn ? 'from' : 'to'),
    peer: nameOf(rule.peer, comparison),
    all: isForAll(rule) ? wordsOf(isIn ? 'everyone' : 'anywhere') : [],
  };
}

function pathFindings(
  level: OutcomeLevel,
  message: 'reachable' | 'unreachable',
  paths: readonly Path[],
  comparison: StackComparison,
): Finding[] {
  const pathsByEnds = groupBy(paths, ({ between }) => between);
  return [...pathsByEnds.values()].flatMap((pathsOfEnds) => {
    const [first] = pathsOfEnds;
    if (!first) return [];
    const subject = join([endWords(first.from), endWords(first.to)], ' → ');
    const ways = pathsOfEnds.map(({ open, way }) => {
      return wordsOf('way', { ports: portsWords(open), through: way });
    });
    const conditions = new Set(pathsOfEnds.flatMap((path) => path.conditions));
    const sentence = wordsOf(message, {
      ways: join([...ways].sort(forAllFirst), '; '),
      where: listOf(resourceNamesOf(first, comparison)),
    });
    const remarks = remarksOn(
      pathsOfEnds.map(({ open }) => open),
      [...conditions],
    );
    return findingsWith(level, subject, [[...sentence, ...remarks]]);
  });
}

/** Ways for every address come first: a long sentence is cut at its end. */
function forAllFirst(one: Words, other: Words): number {
  return Number(stableJson(other).includes('0.0.0.0/0')) - Number(stableJson(one).includes('0.0.0.0/0'));
}

/** Names of the ends that are resources. */
function resourceNamesOf({ between }: Path, comparison: StackComparison): string[] {
  const { before, after } = comparison.resources;
  const ids = between.split(' ').filter((id) => before.has(id) || after.has(id));
  return ids.map((id) => nameOf(id, comparison));
}

function findingsWith(level: OutcomeLevel, subject: Words, sentences: readonly Words[]): Finding[] {
  return sentences.length === 0 ? [] : [outcomeFinding(level, subject, sentences)];
}
