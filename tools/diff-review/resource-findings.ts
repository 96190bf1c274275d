import { subjectOf } from '../shared/naming';
import type { Resource } from '../shared/template';
import { stable, without } from '../shared/values';
import { say } from '../shared/words';
import { deleteHandler } from './custom-resources';
import { deletionPolicy, fate, holdsData, nameOf, policyStrength, replacePolicy, worth } from './data';
import { type Difference, differences } from './differences';
import { HARMLESS_GONE, HARMLESS_NEW } from './directions';
import type { Effect, Finding, ValueChange } from './model';
import type { Rename } from './renames';
import { exposed } from './secrets';
import { losses } from './losses';
import { resourceOf, REVISIONS, type Sides } from './sides';
import { valueChange, valueText } from './value-changes';
import { findingsOf, weigh } from './weigh';

/** What is told as an outcome, as a right or as a path: there it is judged, here it is only how that comes about. */
function isOutcome(type: string, { path, kind }: Difference): boolean {
  if (kind === 'policy') return true;
  if (type.startsWith('AWS::IAM::')) return /^(Policies|ManagedPolicyArns|Roles|Users|Groups)\b/.test(path);
  if (type === 'AWS::EC2::SecurityGroup') return /^SecurityGroup(In|E)gress\b/.test(path);
  return /^AWS::EC2::SecurityGroup(In|E)gress$/.test(type) && !path.startsWith('Metadata');
}

/** What a change does to the resources of a stack; a renamed one is told once, where it is removed. */
export function resourceFindings(sides: Sides): Finding[] {
  const { base, head, renames } = sides;
  const ids = new Set([...Object.keys(base.template.Resources), ...Object.keys(head.template.Resources)]);
  for (const { to } of renames) ids.delete(to);
  return [...ids].flatMap((id) => {
    const [old, now] = [resourceOf(base, id), resourceOf(head, id)];
    const rename = renames.find(({ from }) => from === id);
    if (old && rename) return [...renamed(id, old, rename, sides), ...renamedValues(old, rename, sides)];
    if (old && now) return updated(id, old, now, sides);
    return old ? [removed(id, old, sides)] : now ? [added(id, now, sides)] : [];
  });
}

function finding(
  id: string,
  resource: Resource,
  effects: readonly Effect[],
  changes: readonly ValueChange[] = [],
): Finding {
  const [told] = findingsOf(
    { subject: subjectOf(id, resource), worth: worth(resource) },
    { open: [], folded: [], effects: [...effects] },
  );
  return { ...(told as Finding), changes };
}

function added(id: string, resource: Resource, sides: Sides): Finding {
  const all = differences('', {}, resource.Properties ?? {}, sides.readers);
  // An alarm may do more than tell: it does what its actions are.
  const acts = all.some(({ path, after }) => /Actions(\[\d*\])?$/.test(path) && stable(after).includes('arn:'));
  const level = HARMLESS_NEW.test(resource.Type) && !acts ? 'other' : 'look';
  const secrets = all.flatMap((each) => exposed(resource.Type, each));
  const values = level === 'look' ? all.map(valueChange) : [];
  return finding(id, resource, [{ level, says: say`New.` }, ...secrets], values);
}

/** What happens to a resource that leaves the stack. */
function removed(id: string, resource: Resource, sides: Sides): Finding {
  const policy = deletionPolicy(resource);
  const name = nameOf(resource);
  const kept = policyStrength(policy) === 2;
  const level = holdsData(resource) ? 'risk' : HARMLESS_GONE.test(resource.Type) ? 'other' : 'look';
  const taken = say`Its name ${valueText(name) ?? ''} stays taken: adding it again fails until it is imported or deleted.`;
  return finding(id, resource, [
    { level, says: say`Removed. ${fate(resource, policy)}` },
    ...(kept && name !== undefined ? [{ level, says: taken } as const] : []),
    ...deleteHandler(resource, undefined, sides),
  ]);
}

function renamed(id: string, resource: Resource, { to, name }: Rename, sides: Sides): Finding[] {
  const keep = say`To keep it, keep its logical id (overrideLogicalId), or move it with ${'cdk refactor'} first.`;
  if (name !== undefined) {
    const refused = say`The new one cannot be made while the old one has the name ${valueText(name) ?? ''}: the deployment would fail and roll back.`;
    const says = say`Renamed: removed here and added as ${to} with the same name. ${refused} ${keep}`;
    return [finding(id, resource, [{ level: 'risk', says }])];
  }
  const data = holdsData(resource);
  const says = say`Renamed: removed here and added as ${to}, otherwise the same. CloudFormation makes a new one and lets the old one go.`;
  const lost = say`The new one is empty. ${fate(resource, deletionPolicy(resource), 'The old one')} ${keep}`;
  const judged = HARMLESS_GONE.test(resource.Type) ? 'other' : 'look';
  return [
    finding(id, resource, [
      { level: data ? 'risk' : judged, says: data ? say`${says} ${lost}` : says },
      ...deleteHandler(resource, undefined, sides),
    ]),
  ];
}

/** What else a renamed resource changes. */
function renamedValues(old: Resource, { to }: Rename, sides: Sides): Finding[] {
  const now = resourceOf(sides.head, to);
  return now ? updated(to, old, now, sides) : [];
}

function updated(id: string, old: Resource, now: Resource, sides: Sides): Finding[] {
  const { causes = [], maybe = [] } = sides.replaced.get(id) ?? {};
  const anew = ({ path }: Difference): ValueChange['replaces'] => {
    const name = /^[^.[]*/.exec(path)?.[0] ?? '';
    if (REVISIONS.has(now.Type)) return undefined;
    return causes.includes(name) ? 'yes' : maybe.includes(name) ? 'maybe' : undefined;
  };
  const values = weigh(now.Type, differences('', old.Properties ?? {}, now.Properties ?? {}, sides.readers), {
    isQuiet: (each) => isOutcome(now.Type, each),
    replaces: anew,
  });
  const others = weigh(
    'attribute',
    differences('', attributes(old, sides, 0), attributes(now, sides, 1), sides.readers),
    {
      isQuiet: ({ path, before }) =>
        keepsMore(path, old, now) || (path === 'Condition' && before === undefined && HARMLESS_GONE.test(now.Type)),
    },
  );
  const revision = REVISIONS.get(now.Type);
  const normal: Effect[] = revision
    ? [{ level: 'other', says: say`A new revision of the ${[revision]}, which is normal.` }]
    : [];
  return findingsOf(
    { subject: subjectOf(id, now), worth: worth(now) },
    {
      open: [...values.open, ...others.open],
      folded: [...values.folded, ...others.folded],
      effects: [
        ...losses(id, old, now, sides),
        ...values.effects,
        ...others.effects,
        ...deleteHandler(old, now, sides),
      ],
    },
    normal,
  );
}

/** What a resource has beside its properties, by the names that count on this side. */
function attributes(resource: Resource, { readers }: Sides, side: 0 | 1): Record<string, unknown> {
  const named = (value: unknown): unknown => (typeof value === 'string' ? readers[side].nameOf(value) : value);
  return Object.fromEntries(
    Object.entries(without(resource, 'Type', 'Properties')).map(([key, value]) => {
      if (key !== 'Condition' && key !== 'DependsOn') return [key, value];
      return [key, Array.isArray(value) ? value.map(named) : named(value)];
    }),
  );
}

/** Whether a policy for the day that a resource goes keeps at least as much as before. */
function keepsMore(path: string, old: Resource, now: Resource): boolean {
  if (path === 'DeletionPolicy') return policyStrength(deletionPolicy(now)) >= policyStrength(deletionPolicy(old));
  return path === 'UpdateReplacePolicy' && policyStrength(replacePolicy(now)) >= policyStrength(replacePolicy(old));
}
