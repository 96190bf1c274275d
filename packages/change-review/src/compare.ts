import { isDeepStrictEqual } from 'node:util';
import { mangleLikeCloudFormation } from '@aws-cdk/cloudformation-diff';
import type { Assembly, SynthesizedStack } from '@infra/common/assembly';
import { groupBy, stableJson } from '@infra/common/values';
import { join, say, type Words } from '@infra/common/words';
import { cdkDiff } from './cdk-diff';
import type { Deployed } from './deployed-file';
import { resourceFindings, stackFindings } from './findings';
import { findingsOf } from './judge';
import { type MessageId, wordsOf, wordsForCount } from './messages';
import { type EnvironmentReview, type Finding, LEVELS, type Review } from './model';
import { networkFindings } from './network-findings';
import { Reading } from './reading';
import { byLevel } from './report';
import { rightsFindings } from './rights-findings';
import { sidesOf } from './sides';

/** Compares two assemblies, environment by environment, and the head with the deployed stacks, if they are given. */
export function compareAssemblies(
  base: Assembly,
  head: Assembly,
  configDiff: string,
  deployed: ReadonlyMap<string, Deployed> = new Map(),
): Review {
  const names = [...new Set([...base.stacks.keys(), ...head.stacks.keys()])];
  const tags = decidingTags([...base.stacks.values(), ...head.stacks.values()]);
  return {
    notes: versionNotes(base, head),
    environments: [
      ...names
        .flatMap((name) => {
          const [before, after, there] = [base.stacks.get(name), head.stacks.get(name), deployed.get(name)];
          const review = compareStacks(tags, name, before, after);
          return there && after ? [review, compareDeployed(tags, there, after, before, review)] : [review];
        })
        .sort((one, other) => urgency(one) - urgency(other)),
      ...manifests(base, head),
    ],
    configDiff,
  };
}

/** Keys of tags that conditions of policies name, in whichever stack these are. */
function decidingTags(stacks: readonly SynthesizedStack[]): ReadonlySet<string> {
  const found = stacks.flatMap(({ template }) => [
    ...JSON.stringify(template.Resources).matchAll(/(?:Resource|Request|Principal)Tag\/([\w.:/=+@-]+)/g),
  ]);
  return new Set(found.map(([, key = '']) => key));
}

/** Sort key of environments: the most urgent finding first, and with the same urgency what holds more. */
function urgency({ findings }: EnvironmentReview): number {
  const index = LEVELS.findIndex(({ level }) => findings.some((finding) => finding.level === level));
  // A finding without a resource, such as a right, comes after what holds data, and before the rest.
  const own = findings.filter(({ level }) => level === LEVELS[index]?.level);
  const worth = own.map((each) => Math.min(each.worth ?? 5, 500));
  return (index < 0 ? LEVELS.length : index) - Math.max(-1, ...worth) / 1000;
}

/** Findings on the manifests, without their stacks: files, and what the CDK writes for itself. */
function manifests(base: Assembly, head: Assembly): EnvironmentReview[] {
  const [written, reading] = [[base.manifestWithoutStacks, head.manifestWithoutStacks] as const, new Reading(NOTHING)];
  const compared = [{ type: 'manifest', plain: written, written }];
  const findings = findingsOf({ subject: wordsOf('subject.manifest'), compared }, [reading, reading]);
  return findings.length === 0 ? [] : [{ name: 'manifest.json', findings, summary: summarize(findings) }];
}

function versionNotes(base: Assembly, head: Assembly): Words[] {
  const version = (assembly: Assembly) => assembly.cdkVersion || `assembly schema ${assembly.schemaVersion}`;
  if (base.cdkVersion === head.cdkVersion && base.schemaVersion === head.schemaVersion) return [];
  return [wordsOf('versions', { old: version(base), now: version(head) })];
}

/** Compares the head with what is deployed, unless that is the base: then all of it is reported already. */
function compareDeployed(
  tags: ReadonlySet<string>,
  there: Deployed,
  head: SynthesizedStack,
  base: SynthesizedStack | undefined,
  review: EnvironmentReview,
): EnvironmentReview {
  const reported = (summary: MessageId, ...findings: Finding[]): EnvironmentReview => {
    return { name: head.name, deployed: true, summary: wordsOf(summary), findings };
  };
  const unknown = (why: Words) =>
    reported('unknownDeployed', { level: 'unknown', subject: wordsOf('whatIsDeployed'), says: [why], changes: [] });
  if ('why' in there) return unknown(say`${there.why}`);
  if (there.state === 'absent') return reported('notDeployed');
  if (!readsAs(there.head, head)) return unknown(wordsOf('otherAssembly'));
  const compared = compareStacks(tags, head.name, asReturned(there.stack), asReturned(there.head));
  const known = base && { ...base, artifact: there.stack.artifact };
  const isBase = readsAs([there.stack, compared.findings], [known, review.findings]);
  if (isBase && compared.findings.length > 0) return reported('sameAsBase');
  return { ...compared, deployed: true };
}

/** A stack as CloudFormation gives it back, where whatever is not ASCII is a question mark. */
function asReturned<T>(stack: T): T {
  return JSON.parse(mangleLikeCloudFormation(JSON.stringify(stack))) as T;
}

/** True if two values read the same; which number a secret's label has depends on the run. */
function readsAs(one: unknown, other: unknown): boolean {
  const read = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(asReturned(value)).replace(/\(hidden value \d+\)/g, '(hidden value)'));
  return isDeepStrictEqual(read(one), read(other));
}

function compareStacks(
  tags: ReadonlySet<string>,
  name: string,
  base?: SynthesizedStack,
  head?: SynthesizedStack,
): EnvironmentReview {
  const there = head ?? base ?? NOTHING;
  const nothing = { ...there, template: NOTHING.template };
  const [before, after] = [base ?? nothing, head ?? nothing];
  const sides = sidesOf(before, after, tags);
  const resources = resourceFindings(sides);
  const reported = [...(head ? stackFindings(sides, before.environment, after.environment) : []), ...resources];
  const outcomes = reported.length > 0 && head ? [...networkFindings(sides), ...rightsFindings(sides)] : [];
  const all = asOne([...reported, ...outcomes]);
  if (!head) return { name, findings: byWorth([GONE, ...isUrgent(resources)]), summary: wordsOf('removedEnvironment') };
  const cdk = cdkDiff(before.template, after.template);
  if (base) return { name, findings: byWorth(all), summary: summarize(all), cdkDiff: cdk };
  const number = Object.keys(head.template.Resources).length;
  const summary = wordsForCount('newEnvironment', number);
  return { name, findings: byWorth([...isUrgent(all), resourcesOf(head)]), summary, cdkDiff: cdk };
}

const NOTHING: SynthesizedStack = {
  ...{ name: '', environment: '', terminationProtection: false, tags: {}, artifact: {} },
  template: { Resources: {} },
};

const GONE: Finding = {
  level: 'risk',
  subject: wordsOf('subject.stack'),
  says: [wordsOf('stackGone')],
  changes: [],
  toDo: [wordsOf('do.environment')],
};

const isUrgent = (findings: readonly Finding[]) =>
  findings.filter(({ level }) => level === 'risk' || level === 'weaker');

/** All that is new in an environment, without a look at each. */
function resourcesOf({ template }: SynthesizedStack): Finding {
  const types = [...groupBy(Object.values(template.Resources), ({ Type }) => Type)].sort();
  const kinds = types.map(([type, { length }]) => say`${type} × ${[String(length)]}`);
  return { level: 'look', subject: wordsOf('subject.newResources'), says: [join(kinds, ', ')], changes: [] };
}

/** Within a level what holds most first, and what is about no resource before all of it. */
function byWorth(findings: readonly Finding[]): Finding[] {
  const of = ({ worth = Infinity }: Finding) => worth;
  return [...findings].sort((one, other) => (of(one) === of(other) ? 0 : of(other) - of(one)));
}

/** The names of more resources are no finding to read. */
const MOST_ALIKE = 20;

/** Findings that say the same of several resources, such as a runtime of every function, as one. */
function asOne(findings: readonly Finding[]): Finding[] {
  const alike = groupBy(findings, ({ level, says, changes, subject }) =>
    stableJson([level, says, changes, says.length > 0 && subject.length > 2 ? subject.slice(2) : subject]),
  );
  return [...alike.values()].flatMap(([first, ...others]): Finding[] => {
    if (!first || others.length === 0 || others.length > MOST_ALIKE) return first ? [first, ...others] : [];
    const names = [first, ...others].map(({ subject }) => subject.slice(1, 2));
    return [{ ...first, subject: [...first.subject.slice(0, 1), ...join(names, ', '), ...first.subject.slice(2)] }];
  });
}

function summarize(findings: readonly Finding[]): Words {
  const parts = byLevel(findings).map(({ level, found }) => wordsForCount(`count.${level}`, found.length));
  return parts.length === 0 ? wordsOf('noChange') : join(parts, ', ');
}
