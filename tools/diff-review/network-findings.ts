import { contains, type IpRange, parseIpRange } from '../../lib/config/ip-range';
import { type Network, networkOf } from '../shared/network';
import { admits, INTERNET, type Path, pathsOf } from '../shared/paths';
import { commonPorts, type Ports, portsText } from '../shared/ports';
import { readRules, type Rule } from '../shared/security-rules';
import { constructPath, Resources, type Template } from '../shared/template';
import { groupBy, stable } from '../shared/values';
import { join, say, type Words } from '../shared/words';
import type { Finding } from './model';
import { resourceOf, type Sides } from './sides';

/** Who reaches whom that did not, or no longer does, whatever leads there; and what a security group opens. */
export function networkFindings(sides: Sides): Finding[] {
  const [before, after] = [networkOf(sides.base.template), networkOf(sides.head.template)];
  const [old, now] = [pathsOf(before), pathsOf(after)];
  const opened = without(now, old);
  const strange = after.problems.filter((problem) => !before.problems.includes(problem));
  const untold = strange.map((problem) => say`Who reaches whom can no longer be told: ${problem}`);
  return [
    ...told('weaker', 'newly reachable', opened, sides),
    ...(untold.length > 0 ? [{ level: 'weaker' as const, subject: say`Network`, says: untold, changes: [] }] : []),
    ...openedGroups(sides, (rule) => opened.some((path) => explains(path, rule, after))),
    ...told('look', 'no longer reachable', without(old, now), sides),
  ];
}

/** Whether a path says all that there is to say of a rule: one from the internet, or one between groups. */
function explains({ from, through }: Path, rule: Rule, network: Network): boolean {
  return (from === INTERNET || !rule.peer.includes('/')) && through.includes(admits(rule, network));
}

/** The paths that others do not have. */
function without(paths: readonly Path[], others: readonly Path[]): Path[] {
  const known = groupBy(others, ({ between }) => between);
  return paths.filter(({ between, open }) => !known.get(between)?.some((other) => includes(other.open, open)));
}

function includes(wide: Ports, narrow: Ports): boolean {
  const common = commonPorts(wide, narrow);
  return common !== undefined && portsText(common) === portsText(narrow);
}

function told(level: 'weaker' | 'look', what: string, paths: readonly Path[], sides: Sides): Finding[] {
  return [...groupBy(paths, ({ between }) => between)].map(([between, [path, ...others]]) => {
    const places = between.split(' ').flatMap((id) => {
      const resource = resourceOf(sides.head, id) ?? resourceOf(sides.base, id);
      return resource ? [say`${constructPath(id, resource)}`] : [];
    });
    const ways = [path, ...others].map((each) => say`${each?.ports ?? ''} through ${each?.through ?? ''}`);
    const subject = say`${path?.from ?? ''} → ${path?.to ?? ''}`;
    return { level, subject, says: [say`${[what]}: ${join(ways, '; ')} (${join(places, ', ')}).`], changes: [] };
  });
}

/** What the rules of each group let through that they did not. Of a new group only what is open to everybody. */
function openedGroups({ base, head, readers }: Sides, isTold: (rule: Rule) => boolean): Finding[] {
  const [before, after] = [rules(base.template, readers[0].nameOf.bind(readers[0])), rules(head.template)];
  const isNew = (group: string) => resourceOf(head, group) && !resourceOf(base, group) && !before.has(group);
  const isForAll = (rule: Rule) => rule.direction === 'in' && /\/0$/.test(rule.peer);
  return [...after].flatMap(([group, list]): Finding[] => {
    const opened = (isNew(group) ? list.filter(isForAll) : withoutRules(list, before.get(group) ?? [])).filter(
      (rule) => !isTold(rule),
    );
    const says = opened.map((rule) => say`Opened: ${describe(rule, head.template)}.`);
    const subject = say`Security group ${nameIn(head.template, group)}`;
    return says.length > 0 ? [{ level: 'weaker', subject, says, changes: [] }] : [];
  });
}

/** More comparisons than that take too long: then only what was there word for word was there. */
const MOST_COMPARISONS = 1_000_000;

/** The rules that let through what others do not. */
function withoutRules(list: readonly RangedRule[], others: readonly RangedRule[]): RangedRule[] {
  const known = new Set(others.map(stable));
  const fresh = list.filter((rule) => !known.has(stable(rule)));
  if (fresh.length * others.length > MOST_COMPARISONS) return fresh;
  return fresh.filter((rule) => !others.some((other) => coversRule(other, rule)));
}

interface RangedRule extends Rule {
  readonly range: IpRange | undefined;
}

function rules(template: Template, nameOf = (id: string) => id): Map<string, RangedRule[]> {
  const all = readRules(new Resources(template)).map((rule) => {
    const peer = nameOf(rule.peer);
    return { ...rule, group: nameOf(rule.group), peer, range: parseIpRange(peer) };
  });
  return groupBy(all, ({ group }) => group);
}

const nameIn = ({ Resources }: Template, id: string): string => {
  const resource = Object.hasOwn(Resources, id) ? Resources[id] : undefined;
  return resource ? constructPath(id, resource) : id;
};

function describe(rule: Rule, template: Template): Words {
  const everyone = /\/0$/.test(rule.peer) ? (rule.direction === 'in' ? ' (everyone)' : ' (anywhere)') : '';
  const protocol = rule.protocol === '-1' ? 'every port and protocol' : portsText(rule);
  return say`${protocol} ${[rule.direction === 'in' ? 'from' : 'to']} ${nameIn(template, rule.peer)}${[everyone]}`;
}

/** Whether everything that a rule lets through passed another one already. */
function coversRule(wide: RangedRule, rule: RangedRule): boolean {
  if (wide.direction !== rule.direction || !includes(wide, rule)) return false;
  return (
    wide.peer === rule.peer ||
    (wide.range !== undefined && rule.range !== undefined && contains(wide.range, rule.range))
  );
}
