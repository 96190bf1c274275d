import { isDeepStrictEqual } from 'node:util';
import { entries } from '../shared/reading';
import { isRecord, stable } from '../shared/values';
import { say, type Words } from '../shared/words';
import { differences } from './differences';
import type { Effect, Finding } from './model';
import { resourceOf, type Sides } from './sides';
import { valueChange } from './value-changes';
import { findingsOf, weigh } from './weigh';

/** What the manifest says of a stack, and every section of its template but the resources. */
export function stackFindings(sides: Sides): Finding[] {
  const { base, head, readers } = sides;
  const isSame = isDeepStrictEqual(base.template, head.template);
  const manifest = [base, head].map(({ terminationProtection, tags, artifact }) => ({
    ...(substituted(isSame ? artifact : withoutHash(artifact)) as object),
    terminationProtection,
    tags,
  }));
  const sections = new Set([...Object.keys(base.template), ...Object.keys(head.template)]);
  sections.delete('Resources');
  return [
    ...moved(sides),
    ...compared('stack', say`The stack itself`, '', manifest[0], manifest[1], sides, batchTags(sides)),
    ...[...sections].flatMap((section) => {
      const [before, after] = [entries(base.template).get(section), entries(head.template).get(section)];
      const [old, now] = [entries(before), entries(after)];
      if (
        !NAMED.has(section) ||
        ![before, after].every((each) => each === undefined || isRecord(each)) ||
        old.size + now.size === 0
      ) {
        return compared('template', say`The template's ${section}`, section, before, after, sides);
      }
      const names = [...new Set([...old.keys(), ...now.keys()])];
      return names.flatMap((name) => {
        const subject = say`${[NAMED.get(section) ?? '']} ${name}`;
        return compared(
          section,
          subject,
          name,
          old.get(name),
          now.get(name),
          sides,
          lost(section, name, old, now, sides),
        );
      });
    }),
  ];

  function lost(
    section: string,
    name: string,
    old: ReadonlyMap<string, unknown>,
    now: ReadonlyMap<string, unknown>,
    { head: { artifact } }: Sides,
  ): Effect[] {
    if (section !== 'Parameters') return [];
    if (!now.has(name)) {
      return [
        {
          level: 'risk',
          says: say`Removed, and with it the value that the deployed stack has: what reads it, or a new one, starts with another.`,
        },
      ];
    }
    const hasValue = entries(now.get(name)).has('Default') || entries(artifact.parameters).has(name);
    if (!old.has(name)) {
      if (hasValue) return [{ level: 'other', says: say`New.` }];
      return [{ level: 'risk', says: say`New, without a default: a deployment that does not give it fails.` }];
    }
    // The CDK CLI deploys with the previous value of every parameter that it is not given.
    if (stable(readers[0].plain(old.get(name))) === stable(readers[1].plain(now.get(name)))) return [];
    return [{ level: 'other', says: say`A stack that is there keeps the value that it has.` }];
  }
}

/** Where the template is uploaded to: its hash differs with the template, which is compared itself. */
function withoutHash(artifact: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { stackTemplateAssetObjectUrl: url, ...rest } = artifact;
  if (typeof url !== 'string') return artifact;
  return { ...rest, stackTemplateAssetObjectUrl: url.replace(/[0-9a-f]{64}(?=\.json$)/, '<hash>') };
}

/** The CDK CLI replaces placeholders in the manifest as `Fn::Sub` does. */
function substituted(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('${AWS::') ? { 'Fn::Sub': value } : value;
  if (Array.isArray(value)) return value.map(substituted);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner)]))
    : value;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['Parameters', 'Parameter'],
  ['Conditions', 'Condition'],
  ['Mappings', 'Mapping'],
  ['Outputs', 'Output'],
  ['Rules', 'Rule'],
]);
const NEW_IS_HARMLESS = /^(Outputs|Parameters)$/;

function compared(
  type: string,
  subject: Words,
  path: string,
  before: unknown,
  after: unknown,
  { readers }: Sides,
  known: readonly Effect[] = [],
): Finding[] {
  const isNew = before === undefined && NEW_IS_HARMLESS.test(type);
  const weighed = weigh(type, differences(path, before, after, readers), { isQuiet: () => isNew });
  if (weighed.open.length + weighed.folded.length === 0) return [];
  const what = before === undefined ? 'New.' : 'Removed.';
  const come: Effect[] =
    known.length === 0 && (before === undefined || after === undefined) ? [{ level: 'other', says: [what] }] : [];
  const isFolded = [...weighed.effects, ...known].every(({ level }) => level === 'other') && weighed.open.length === 0;
  const effects = [...weighed.effects, ...known, ...come];
  return isFolded ? findingsOf({ subject }, weighed, effects) : findingsOf({ subject }, { ...weighed, effects });
}

function moved({ base, head, readers }: Sides): Finding[] {
  if (base.environment === head.environment) return [];
  const says = say`It moves to another account or region: a deployment makes everything anew there, without data, and leaves the old stack behind.`;
  const change = valueChange({ path: 'environment', before: base.environment, after: head.environment, readers });
  return [{ level: 'risk', subject: say`The stack itself`, says: [says], changes: [change] }];
}

function batchTags({ base, head }: Sides): Effect[] {
  const batch = Object.entries(head.template.Resources).some(
    ([id, { Type }]) => /^AWS::Batch::(ComputeEnvironment|JobQueue)$/.test(Type) && resourceOf(base, id),
  );
  if (!batch || stable(base.tags) === stable(head.tags)) return [];
  const says = say`CloudFormation passes a stack's tags on to its resources, and AWS Batch replaces a compute environment or a queue for any tag: a named one cannot be replaced, and the deployment would fail.`;
  return [{ level: 'risk', says }];
}
