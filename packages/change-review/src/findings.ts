import { isDeepStrictEqual } from 'node:util';
import { subjectOf } from '@infra/common/naming';
import type { SynthesizedStack } from '@infra/common/assembly';
import { entriesOf, isRecord, stableJson, valueAtPath, omitKeys } from '@infra/common/values';
import { holdsData, worth } from './data';
import { takenValues } from './exclusive';
import { expired } from './expiry';
import { type Compared, findingsOf } from './judge';
import { deleteHandler, engineRefused, removed, renamesOf, replaced, switchedOff } from './losses';
import { type MessageId, wordsOf } from './messages';
import type { Effect, Finding } from './model';
import { REVISIONS, type Sides } from './sides';

/** Findings on the resources of a stack. */
export function resourceFindings(sides: Sides): Finding[] {
  const { base, head, before, after, readings } = sides;
  const [taken, renames] = [takenValues(sides), renamesOf(sides)];
  const [left, right] = [entriesOf(base.template.Resources), entriesOf(head.template.Resources)];
  return [...new Map([...before, ...after])].flatMap(([id, there]) => {
    const [old, now, { Type }] = [before.get(id), after.get(id), there];
    const effects = now ? taken(id) : [];
    if (old && now) effects.unshift(...replaced(id, old, now, sides, effects.length > 0), ...switchedOff(old, now));
    if (old && now) effects.push(...expired(old, now), ...engineRefused(old, now));
    if (old && !now) effects.push(...removed(old, renames.get(id)));
    if (old) effects.push(...deleteHandler(old, now, sides));
    const compare = (type: string, read: (resource: object) => object): Compared => ({
      type,
      plain: [read(old ?? {}), read(now ?? {})],
      written: [read(left.get(id) ?? {}), read(right.get(id) ?? {})],
    });
    // An alarm may do more than notify: it does what its actions are.
    const acts = !old && Type === 'AWS::CloudWatch::Alarm' && stableJson(now).includes('"arn:') ? ' that acts' : '';
    const properties = compare(`${Type}${acts}`, (resource) =>
      Object.fromEntries(entriesOf(valueAtPath(resource, 'Properties'))),
    );
    const attributes = compare(holdsData(there) ? 'attribute of data' : 'attribute', (resource) =>
      omitKeys(resource, 'Type', 'Properties'),
    );
    const revision = REVISIONS.get(Type);
    return findingsOf(
      {
        subject: subjectOf(id, there),
        worth: worth(there),
        compared: old && now ? [properties, attributes] : [properties],
        only: !old ? 'new' : !now ? 'gone' : undefined,
        effects,
        ...(revision === undefined
          ? sides.replaced.get(id)
          : { normal: wordsOf('revision', { noun: wordsOf(revision) }) }),
      },
      readings,
    );
  });
}

/** Findings on a stack's manifest, and on every section of its template but the resources. */
export function stackFindings(sides: Sides, ...environments: readonly [before: string, after: string]): Finding[] {
  const { base, head, readings, after } = sides;
  const hasBatch = [...after.values()].some(({ Type }) => /^AWS::Batch::(ComputeEnvironment|JobQueue)$/.test(Type));
  const isSame = isDeepStrictEqual(base.template, head.template);
  const [one, other] = environments;
  const written = [manifestOf(base, one, isSame), manifestOf(head, other, isSame)] as const;
  const plain = [readings[0].record(substituted(written[0])), readings[1].record(substituted(written[1]))] as const;
  const manifest = { type: hasBatch ? 'stack with Batch' : 'stack', plain, written };
  const sections = new Set([...Object.keys(base.template), ...Object.keys(head.template)]);
  sections.delete('Resources');
  return [
    ...findingsOf({ subject: wordsOf('subject.stack'), compared: [manifest] }, readings),
    ...[...sections].flatMap((section) => sectionFindings(section, sides)),
  ];
}

/** The hash of a template differs with it, and that is compared itself. */
function manifestOf(stack: SynthesizedStack, environment: string, isSame: boolean): object {
  const { terminationProtection, tags, artifact } = stack;
  const [hash] = /[0-9a-f]{64}(?=\.json$)/.exec(String(artifact.stackTemplateAssetObjectUrl)) ?? [];
  const all = { ...artifact, environment, terminationProtection, tags };
  return isSame || hash === undefined ? all : (JSON.parse(JSON.stringify(all).replaceAll(hash, '<hash>')) as object);
}

/** The CDK CLI replaces placeholders in the manifest as `Fn::Sub` does. */
function substituted(manifest: object): object {
  return JSON.parse(JSON.stringify(manifest), (_key, value: unknown) =>
    typeof value === 'string' && value.includes('${AWS::') ? { 'Fn::Sub': value } : value,
  ) as object;
}

const NAMED: ReadonlyMap<string, MessageId> = new Map(
  (['Parameters', 'Conditions', 'Mappings', 'Outputs', 'Rules'] as const).map((each) => [each, `subject.${each}`]),
);

function sectionFindings(section: string, { base, head, readings }: Sides): Finding[] {
  const [before, after] = [base, head].map(({ template }) => entriesOf(template).get(section));
  const compare = (type: string, name: string, ...values: readonly unknown[]): Compared => {
    const [old = {}, now = {}] = values.map((value) => (value === undefined ? {} : { [name]: value }));
    return { type, plain: [readings[0].record(old), readings[1].record(now)], written: [old, now] };
  };
  const [old, now, named] = [entriesOf(before), entriesOf(after), NAMED.get(section)];
  const isNamed = [before, after].every((each) => each === undefined || isRecord(each)) && old.size + now.size > 0;
  if (!isNamed || named === undefined) {
    const compared = [compare('template', section, before, after)];
    return findingsOf({ subject: wordsOf('subject.template', { section }), compared }, readings);
  }
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const only = !old.has(name) ? 'new' : !now.has(name) ? 'gone' : undefined;
    const hasValue = entriesOf(now.get(name)).has('Default') || entriesOf(head.artifact.parameters).has(name);
    const says = only === 'gone' ? 'parameterLost' : only === 'new' && !hasValue ? 'parameterMissing' : undefined;
    const effects: Effect[] = section === 'Parameters' && says ? [{ level: 'risk', says: wordsOf(says) }] : [];
    const compared = [compare(section, name, old.get(name), now.get(name))];
    return findingsOf({ subject: wordsOf(named, { name }), compared, only, effects }, readings);
  });
}
