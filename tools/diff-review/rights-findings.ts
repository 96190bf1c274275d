import { type Naming, namingOf } from '../shared/naming';
import { shown } from '../shared/reading';
import { constructPath } from '../shared/template';
import { groupBy, stable } from '../shared/values';
import { join, say, type Words } from '../shared/words';
import type { Finding } from './model';
import { covers, type Patterns } from './patterns';
import { type Grant, rightsOf } from './rights';
import { resourceOf, type Sides } from './sides';

/** More comparisons than that take too long: then all of it is told as new. */
const MOST_COMPARISONS = 1_000_000;

/** What may be done that could not, by whom and on what, or no longer can, whichever policy says so. */
export function rightsFindings({ base, head, readers }: Sides): Finding[] {
  const [before, after] = [rightsOf(base, readers[0]), rightsOf(head, readers[1])];
  const naming = namingOf(base.template, head.template);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((subject) => {
    const [id = '', kind] = subject.split(' ');
    const resource = resourceOf(head, id) ?? resourceOf(base, id);
    // Of what goes there is nothing to do any more. What a policy denied goes with it.
    const isGone = !resourceOf(head, id) && resource !== undefined && !resource.Type.endsWith('Policy');
    if (isGone) return [];
    const [old, now] = [before.get(subject) ?? [], after.get(subject) ?? []];
    const [allowed, denied] = [false, true].map((isDeny) => {
      const ofKind = (list: readonly Grant[]) => list.filter((grant) => grant.isDeny === isDeny);
      return { come: without(ofKind(now), ofKind(old)), gone: without(ofKind(old), ofKind(now)) };
    });
    const isOwn = kind === undefined && (!resource || /^AWS::IAM::(Role|User|Group)$/.test(resource.Type));
    const title = kind === 'trust' ? 'Who may take' : isOwn ? 'Rights of' : 'Who may use';
    const named = say`${[title]} ${resource ? constructPath(id, resource) : id}`;
    const finding = (level: 'weaker' | 'look', says: Words[]): Finding[] =>
      says.length > 0 ? [{ level, subject: named, says, changes: [] }] : [];
    return [
      ...finding('weaker', [
        ...sentences('May now', allowed?.come, naming),
        ...sentences('No longer denied:', denied?.gone, naming),
      ]),
      ...finding('look', [
        ...sentences('May no longer', allowed?.gone, naming),
        ...sentences('Newly denied:', denied?.come, naming),
      ]),
    ];
  });
}

/** The grants that others do not give already. */
function without(grants: readonly Grant[], others: readonly Grant[]): readonly Grant[] {
  const known = new Set(others.map(textOf));
  const fresh = grants.filter((grant) => !known.has(textOf(grant)));
  if (fresh.length * others.length > MOST_COMPARISONS) return fresh;
  return fresh.filter(
    (grant) =>
      !each(grant.resources).every((resources) =>
        each(grant.principals).every((principals) =>
          others.some((other) => includes(other, { ...grant, resources, principals })),
        ),
      ),
  );
}

const textOf = (grant: Grant): string => stable({ ...grant, conditions: [...grant.conditions], asWritten: '' });

const each = ({ not, values }: Patterns): Patterns[] =>
  not ? [{ not, values }] : values.map((value) => ({ not, values: [value] }));

function includes(wide: Grant, narrow: Grant): boolean {
  return (
    wide.when.every((branch) => narrow.when.includes(branch)) &&
    (['actions', 'resources', 'principals'] as const).every((part) => covers(wide[part], narrow[part])) &&
    [...wide.conditions].every(([key, value]) => isAsNarrow(key, value, narrow.conditions.get(key)))
  );
}

/** Whether a condition holds only where another one does: it is that, or one that names fewer of the same values. */
function isAsNarrow(key: string, wide: unknown, narrow: unknown): boolean {
  if (stable(wide) === stable(narrow)) return true;
  const names = /^(String(Equals|Like)|Arn(Equals|Like)|is) /.test(key) && Array.isArray(wide) && Array.isArray(narrow);
  return names && narrow.every((value) => wide.includes(value));
}

/** A sentence for the same resources, principals and conditions. */
function sentences(verb: string, grants: readonly Grant[] = [], naming: Naming): Words[] {
  const alike = groupBy(grants, ({ actions, resources, principals, conditions, when }) =>
    stable([actions.not, resources, principals, [...conditions], when]),
  );
  const list = ({ not, values }: Patterns): Words => {
    const names = join(
      [...new Set(values)].map((value) => say`${naming(shown(value))}`),
      ', ',
    );
    return not ? say`everything but ${names}` : names;
  };
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const actions = { not: first.actions.not, values: [first, ...others].map(({ asWritten }) => asWritten) };
    const isAnybody = stable(first.principals) === stable({ not: false, values: ['*'] });
    const who = isAnybody ? [] : say`${list(first.principals)}: `;
    const only = [
      ...[...first.conditions].map(([key, value]) => say`${key} ${naming(shown([value].flat().join(', ')))}`),
      ...first.when.map((branch) => say`${branch.replace(/ 0$/, '').replace(/ 1$/, ' does not hold')}`),
    ];
    const where = only.length > 0 ? say`, where ${join(only, ' and ')}` : [];
    return [say`${[verb]} ${who}${list(actions)} on ${list(first.resources)}${where}.`];
  });
}
