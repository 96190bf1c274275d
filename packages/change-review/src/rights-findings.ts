import { type Naming, namingOf } from '@infra/common/naming';
import { groupBy, stableJson } from '@infra/common/values';
import { join, listOf, type Words } from '@infra/common/words';
import { type MessageId, wordsOf, toDoFor } from './messages';
import type { Finding } from './model';
import type { Pattern } from './patterns';
import { shown } from './reading';
import { gives, type Grant, rightsOf, withoutConditions } from './rights';
import { nameIn, type Sides } from './sides';
import { uncovered } from './uncovered';

type Verb = 'may' | 'notDenied' | 'mayNot' | 'denied';

/** Rights that were added or removed, whichever policy grants them. */
export function rightsFindings(sides: Sides): Finding[] {
  const { base, head, before, after } = sides;
  const [left, right] = [before, after].map((side) => groupBy(rightsOf(side), ({ subject }) => subject));
  const naming = namingOf(base.template, head.template);
  const all = [...new Set([...(right?.keys() ?? []), ...(left?.keys() ?? [])])].flatMap((subject) => {
    const [id = '', kind] = subject.split(' ');
    const resource = after.get(id) ?? before.get(id);
    // A deleted resource needs no rights any more. What a policy denied goes with it.
    if (resource && !after.has(id) && !resource.Type.endsWith('Policy')) return [];
    const [old, now] = [left?.get(subject) ?? [], right?.get(subject) ?? []];
    const reported = (list: readonly Grant[], others: readonly Grant[], isDeny: boolean, verb: Verb) => {
      const ofKind = (grants: readonly Grant[]) => grants.filter((grant) => grant.isDeny === isDeny);
      return sentences(verb, uncovered(ofKind(list), ofKind(others), gives), ofKind(others), naming);
    };
    const isOwn = kind === undefined && (!resource || /^AWS::IAM::(Role|User|Group)$/.test(resource.Type));
    const isPolicy = kind === undefined && resource?.Type === 'AWS::IAM::ManagedPolicy';
    const title =
      kind === 'trust' ? 'subject.trust' : isOwn ? 'subject.rights' : isPolicy ? 'subject.allowed' : 'subject.use';
    const about = wordsOf(title, { name: nameIn(sides, id) });
    const isNew = (isOwn || kind === 'trust') && !before.has(id) && after.has(id);
    const more = [...reported(now, old, false, 'may'), ...reported(old, now, true, 'notDenied')];
    const less = [...reported(old, now, false, 'mayNot'), ...reported(now, old, true, 'denied')];
    const finding = (level: 'weaker' | 'look', says: readonly Words[]): Finding => {
      return { level, subject: about, says, changes: [], toDo: toDoFor(says) };
    };
    return [
      { id, isNew: isNew && !isBroad(more), finding: finding('weaker', more) },
      { id, isNew: false, finding: finding('look', less) },
    ].filter((each) => each.finding.says.length > 0);
  });
  const news = all.filter(({ isNew }) => isNew);
  if (news.length < 2) return all.map(({ finding }) => finding);
  const names = [...new Set(news.map(({ id }) => nameIn(sides, id)))];
  const asOne: Finding = {
    ...{ level: 'weaker', changes: [], subject: wordsOf('subject.newRoles', { names: listOf(names) }) },
    says: news.map(({ finding: { subject, says } }) => [...subject, ': ', ...join(says, ' ')]),
    toDo: toDoFor(news.flatMap(({ finding }) => finding.says)),
  };
  return [...all.filter(({ isNew }) => !isNew).map(({ finding }) => finding), asOne];
}

/** True if a new role may do anything, or anybody may have it: that is reported by itself. */
const isBroad = (says: readonly Words[]): boolean =>
  /"(everybody|everyAction|everyBucket)"|Administrator|"code":"((iam|sts):\*|arn:aws:iam::\d{12})/.test(
    stableJson(says),
  );

/** Messages on who a condition keeps away, by its key. */
const KEPT_BY: readonly (readonly [RegExp, MessageId])[] = [
  [/:sub$/, 'only.sub'],
  [/:aud$/, 'only.aud'],
  [/(account|orgid|orgpaths)$/, 'only.account'],
  [/(sourcearn|ecs:cluster|principalarn)$/, 'only.resource'],
  [/(service|calledvia\w*)$/, 'only.service'],
  [/securetransport$/, 'only.tls'],
  [/tag\//, 'only.tag'],
  [/(sourceip|vpcsourceip|sourcevpce?)$/, 'only.address'],
  [/multifactorauth\w*$/, 'only.mfa'],
];

/** A sentence for all actions on the same resources, by the same principals and under the same conditions. */
function sentences(verb: Verb, grants: readonly Grant[], others: readonly Grant[], naming: Naming): Words[] {
  const list = (patterns: readonly Pattern[]): Words => {
    const texts = patterns.map((each) => (typeof each === 'string' ? each : `everything but ${each.not.join(', ')}`));
    return listOf([...new Set(texts)].map((text) => naming(shown(text))));
  };
  const onEach = [...groupBy(grants, ({ action, ...rest }) => stableJson([rest, typeof action])).values()];
  const alike = groupBy(onEach, (some) => {
    return stableJson([some.map(({ action }) => action), some[0]?.principal, some[0]?.conditions]);
  });
  const conditions = (given: Grant['conditions']) =>
    Object.entries(given).map(([key, values]): Words => {
      if (values.length > 0) return [{ code: key }, ' ', { code: naming(shown(values.join(', '))) }];
      return key.endsWith(' holds') ? wordsOf('holds', { condition: key.slice(0, -' holds'.length) }) : [{ code: key }];
    });
  return [...alike.values()].flatMap((groups): Words[] => {
    const [[first] = []] = groups;
    if (!first) return [];
    const isAllowed = verb === 'may';
    const who = first.principal === '*' ? [] : [...list([first.principal]), ': '];
    const given = conditions(first.conditions);
    const own = (groups[0] ?? []).map(({ action }) => action);
    const resources = [...new Set(groups.flat().map(({ resource }) => resource))];
    const where = given.length > 0 ? wordsOf('where', { conditions: join(given, wordsOf('and')) }) : [];
    const fallen = isAllowed ? fell(groups.flat(), others) : [];
    const kept = fallen.map(([key]) => KEPT_BY.find(([pattern]) => pattern.test(key))?.[1] ?? 'only.other');
    const only = join(
      [...new Set(kept)].map((id) => wordsOf(id)),
      ', ',
    );
    const required = join(conditions(Object.fromEntries(fallen)), ', ');
    return [
      wordsOf(verb, { who, actions: list(own), resources: list(resources), where }),
      ...(isAllowed ? breadth(first, own, resources) : []),
      ...(fallen.length > 0 ? [wordsOf('fell', { only, required })] : []),
    ];
  });
}

/** Warnings about a `*`. */
function breadth(
  { principal, isResourcePolicy }: Grant,
  actions: readonly Pattern[],
  resources: readonly Pattern[],
): Words[] {
  if (isResourcePolicy) return principal === '*' || typeof principal !== 'string' ? [wordsOf('everybody')] : [];
  const isEvery = resources.some(
    (each) => each === '*' || (typeof each === 'string' && each.startsWith('arn:aws:s3:::*')),
  );
  if (!isEvery) return [];
  if (actions.includes('*')) return [wordsOf('everyAction')];
  const isS3 = actions.every((action) => typeof action === 'string' && action.startsWith('s3:'));
  return isS3 ? [wordsOf('everyBucket')] : actions.some(isOnResources) ? [wordsOf('everyResource')] : [];
}

/** Actions that are about an account take `*` only. */
const isOnResources = (action: Pattern): boolean =>
  typeof action !== 'string' || !/:(GetAuthorizationToken|Describe\w*|List\w*)$/i.test(action);

/** Conditions that the same right had before, and no longer has so. */
function fell(grants: readonly Grant[], others: readonly Grant[]): [string, readonly string[]][] {
  const found = grants.flatMap((grant) =>
    others
      .filter((other) => gives(withoutConditions(grant), withoutConditions(other)))
      .flatMap(({ conditions }) =>
        Object.entries(conditions).filter(([key, values]) => stableJson(grant.conditions[key]) !== stableJson(values)),
      ),
  );
  return [...new Map(found)];
}
