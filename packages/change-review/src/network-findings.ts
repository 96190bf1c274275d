import { contains } from './ip-range';
import { type Network, networkOf } from './network';
import { admits, INTERNET, type Path, pathsOf } from './paths';
import { commonPorts, type Ports, portsText } from './ports';
import type { Rule } from './security-rules';
import { groupBy } from '@infra/common/values';
import { join, listOf, type Words } from '@infra/common/words';
import { wordsOf, toDoFor } from './messages';
import type { Finding } from './model';
import { nameIn, type Sides } from './sides';
import { uncovered } from './uncovered';

/** Network paths that were added or removed, and rules that a security group opens. */
export function networkFindings(sides: Sides): Finding[] {
  const [left, right] = [networkOf(sides.base.template), networkOf(sides.head.template)];
  const [old, now] = [pathsOf(left), pathsOf(right)];
  const opened = uncovered(now, old, coversPath);
  // A path says all that there is to say of a rule for the internet, or between groups.
  const isReported = (rule: Rule) =>
    opened.some(({ from, through }) => {
      return (from === INTERNET || !rule.peer.includes('/')) && through.includes(admits(rule, right));
    });
  const rules = uncovered(rulesOf(right), rulesOf(left), coversRule).filter(
    // Paths report where members of a new group get to.
    (rule) => !isReported(rule) && (rule.direction === 'in' || sides.before.has(rule.group)),
  );
  const problems = right.problems.filter((problem) => !left.problems.includes(problem));
  const unknown = problems.map((problem) => wordsOf('untold', { problem }));
  return [
    ...reported('weaker', 'reachable', opened, sides),
    ...finding('weaker', wordsOf('subject.network'), unknown),
    ...[...groupBy(rules, ({ group }) => group)].flatMap(([group, list]) => {
      const says = list.map((rule) => wordsOf('opened', describe(rule, nameIn(sides, rule.peer))));
      return finding('weaker', wordsOf('subject.group', { name: nameIn(sides, group) }), says);
    }),
    ...reported('look', 'unreachable', uncovered(old, now, coversPath), sides),
  ];
}

const finding = (level: 'weaker' | 'look', subject: Words, says: readonly Words[]): Finding[] =>
  says.length > 0 ? [{ level, subject, says, changes: [], toDo: toDoFor(says) }] : [];

function reported(
  level: 'weaker' | 'look',
  what: 'reachable' | 'unreachable',
  paths: readonly Path[],
  sides: Sides,
): Finding[] {
  return [...groupBy(paths, ({ between }) => between)].flatMap(([between, [first, ...others]]) => {
    if (!first) return [];
    const ways = [first, ...others].map(({ ports, through }) => wordsOf('way', { ports, through }));
    const places = between.split(' ').filter((id) => nameIn(sides, id) !== id);
    const where = listOf(places.map((id) => nameIn(sides, id)));
    const subject = [{ code: first.from }, ' → ', { code: first.to }];
    return finding(level, subject, [wordsOf(what, { ways: join(ways, '; '), where })]);
  });
}

const rulesOf = ({ rules }: Network): Rule[] => [...rules.values()].flat();

function includes(wide: Ports, narrow: Ports): boolean {
  const common = commonPorts(wide, narrow);
  return common !== undefined && portsText(common) === portsText(narrow);
}

const coversPath = (wide: Path, path: Path): boolean => wide.between === path.between && includes(wide.open, path.open);

/** True if everything that a rule lets through passed another one already. */
function coversRule(wide: Rule, rule: Rule): boolean {
  if (wide.group !== rule.group || wide.direction !== rule.direction || !includes(wide, rule)) return false;
  return wide.peer === rule.peer || contains(wide.peer, rule.peer);
}

function describe(rule: Rule, peer: string) {
  const isIn = rule.direction === 'in';
  const protocol = rule.protocol === '-1' ? 'every port and protocol' : portsText(rule);
  const all = /\/0$/.test(rule.peer) ? wordsOf(isIn ? 'everyone' : 'anywhere') : [];
  return { ports: protocol, way: wordsOf(isIn ? 'from' : 'to'), peer, all };
}
