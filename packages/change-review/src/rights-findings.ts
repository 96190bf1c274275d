import { type Naming, namingOf } from '@infra/common/naming';
import { groupBy, stable } from '@infra/common/values';
import { join, listOf, say, type Words } from '@infra/common/words';
import type { Finding } from './model';
import type { Pattern } from './patterns';
import { shown } from './reading';
import { gives, type Grant, rightsOf } from './rights';
import { nameIn, type Sides } from './sides';
import { uncovered } from './uncovered';

/** What may be done that could not, by whom and on what, or no longer can, whichever policy says so. */
export function rightsFindings(sides: Sides): Finding[] {
  const { base, head, before, after } = sides;
  const [left, right] = [before, after].map((side) => groupBy(rightsOf(side), ({ subject }) => subject));
  const naming = namingOf(base.template, head.template);
  return [...new Set([...(right?.keys() ?? []), ...(left?.keys() ?? [])])].flatMap((subject): Finding[] => {
    const [id = '', kind] = subject.split(' ');
    const resource = after.get(id) ?? before.get(id);
    // Of what goes there is nothing to do any more. What a policy denied goes with it.
    if (resource && !after.has(id) && !resource.Type.endsWith('Policy')) return [];
    const [old, now] = [left?.get(subject) ?? [], right?.get(subject) ?? []];
    const told = (list: readonly Grant[], others: readonly Grant[], isDeny: boolean, verb: string) => {
      const ofKind = (grants: readonly Grant[]) => grants.filter((grant) => grant.isDeny === isDeny);
      return sentences(verb, uncovered(ofKind(list), ofKind(others), gives), naming);
    };
    const isOwn = kind === undefined && (!resource || /^AWS::IAM::(Role|User|Group)$/.test(resource.Type));
    const isPolicy = kind === undefined && resource?.Type === 'AWS::IAM::ManagedPolicy';
    const title =
      kind === 'trust' ? 'Who may take' : isOwn ? 'Rights of' : isPolicy ? 'What is allowed by' : 'Who may use';
    const about = say`${[title]} ${nameIn(sides, id)}`;
    const more = [...told(now, old, false, 'May now'), ...told(old, now, true, 'No longer denied:')];
    const less = [...told(old, now, false, 'May no longer'), ...told(now, old, true, 'Newly denied:')];
    return [
      { level: 'weaker', subject: about, says: more, changes: [] } as const,
      { level: 'look', subject: about, says: less, changes: [] } as const,
    ].filter(({ says }) => says.length > 0);
  });
}

/** A sentence for all actions on the same resources, by the same principals and under the same conditions. */
function sentences(verb: string, grants: readonly Grant[], naming: Naming): Words[] {
  const list = (patterns: readonly Pattern[]): Words => {
    const texts = patterns.map((each) => (typeof each === 'string' ? each : `everything but ${each.not.join(', ')}`));
    return listOf([...new Set(texts)].map((text) => naming(shown(text))));
  };
  const onEach = [...groupBy(grants, ({ action, ...rest }) => stable([rest, typeof action])).values()];
  const alike = groupBy(onEach, (some) => {
    return stable([some.map(({ action }) => action), some[0]?.principal, some[0]?.conditions]);
  });
  return [...alike.values()].flatMap((groups) => {
    const [[first] = []] = groups;
    if (!first) return [];
    const who = first.principal === '*' ? [] : say`${list([first.principal])}: `;
    const only = Object.entries(first.conditions).map(([key, values]) => {
      return values.length === 0 ? say`${key}` : say`${key} ${naming(shown(values.join(', ')))}`;
    });
    const where = only.length > 0 ? say`, where ${join(only, ' and ')}` : [];
    const actions = list((groups[0] ?? []).map(({ action }) => action));
    const resources = list(groups.flat().map(({ resource }) => resource));
    return [say`${[verb]} ${who}${actions} on ${resources}${where}.`];
  });
}
