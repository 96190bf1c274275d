import { contains, type IpRange, parseIpRange } from '../../lib/config/ip-range';
import { type Network, networkOf } from '../shared/network';
import { admits, INTERNET, type Path, pathsOf } from '../shared/paths';
import { commonPorts, type Ports, portsText } from '../shared/ports';
import type { Rule } from '../shared/security-rules';
import { constructPath } from '../shared/template';
import { groupBy } from '../shared/values';
import { join, say, type Words } from '../shared/words';
import type { Finding } from './model';
import type { Sides } from './sides';
import { uncovered } from './uncovered';

/** Who reaches whom that did not, or no longer does, whatever leads there; and what a security group opens. */
export function networkFindings({ base, head, before, after }: Sides): Finding[] {
  const [left, right] = [networkOf(base.template), networkOf(head.template)];
  const [old, now] = [pathsOf(left), pathsOf(right)];
  const opened = uncovered(
    now,
    old,
    (wide, narrow) => wide.between === narrow.between && includes(wide.open, narrow.open),
  );
  const closed = uncovered(
    old,
    now,
    (wide, narrow) => wide.between === narrow.between && includes(wide.open, narrow.open),
  );
  const nameOf = (id: string): string => {
    const resource = after.get(id) ?? before.get(id);
    return resource ? constructPath(id, resource) : '';
  };
  // A path says all that there is to say of a rule for the internet, or between groups.
  const isTold = (rule: Rule) =>
    opened.some(({ from, through }) => {
      return (from === INTERNET || !rule.peer.includes('/')) && through.includes(admits(rule, right));
    });
  const rules = uncovered(rulesOf(right), rulesOf(left), coversRule).filter(
    // Where those in a new group get to is told as a path.
    (rule) => !isTold(rule) && (rule.direction === 'in' || before.has(rule.group)),
  );
  const problems = right.problems.filter((problem) => !left.problems.includes(problem));
  return [
    ...told('weaker', 'newly reachable', opened, nameOf),
    ...finding(
      'weaker',
      say`Network`,
      problems.map((problem) => say`Who reaches whom can no longer be told: ${problem}`),
    ),
    ...[...groupBy(rules, ({ group }) => group)].flatMap(([group, list]) => {
      const says = list.map((rule) => say`Opened: ${describe(rule, nameOf)}.`);
      return finding('weaker', say`Security group ${nameOf(group) || group}`, says);
    }),
    ...told('look', 'no longer reachable', closed, nameOf),
  ];
}

const finding = (level: 'weaker' | 'look', subject: Words, says: readonly Words[]): Finding[] =>
  says.length > 0 ? [{ level, subject, says, changes: [] }] : [];

function told(
  level: 'weaker' | 'look',
  what: string,
  paths: readonly Path[],
  nameOf: (id: string) => string,
): Finding[] {
  return [...groupBy(paths, ({ between }) => between)].flatMap(([between, ways]) => {
    const places = between.split(' ').flatMap((id) => (nameOf(id) === '' ? [] : [say`${nameOf(id)}`]));
    const through = join(
      ways.map((each) => say`${each.ports} through ${each.through}`),
      '; ',
    );
    const subject = say`${ways[0]?.from ?? ''} → ${ways[0]?.to ?? ''}`;
    return finding(level, subject, [say`${[what]}: ${through} (${join(places, ', ')}).`]);
  });
}

function includes(wide: Ports, narrow: Ports): boolean {
  const common = commonPorts(wide, narrow);
  return common !== undefined && portsText(common) === portsText(narrow);
}

type RangedRule = Rule & { readonly range: IpRange | undefined };

const rulesOf = ({ rules }: Network): RangedRule[] =>
  [...rules.values()].flat().map((rule) => ({ ...rule, range: parseIpRange(rule.peer) }));

/** Whether everything that a rule lets through passed another one already. */
function coversRule(wide: RangedRule, rule: RangedRule): boolean {
  if (wide.group !== rule.group || wide.direction !== rule.direction || !includes(wide, rule)) return false;
  return (
    wide.peer === rule.peer ||
    (wide.range !== undefined && rule.range !== undefined && contains(wide.range, rule.range))
  );
}

function describe(rule: Rule, nameOf: (id: string) => string): Words {
  const everyone = /\/0$/.test(rule.peer) ? (rule.direction === 'in' ? ' (everyone)' : ' (anywhere)') : '';
  const protocol = rule.protocol === '-1' ? 'every port and protocol' : portsText(rule);
  return say`${protocol} ${[rule.direction === 'in' ? 'from' : 'to']} ${nameOf(rule.peer) || rule.peer}${[everyone]}`;
}
