import { isDeepStrictEqual } from 'node:util';
import { mangleLikeCloudFormation } from '@aws-cdk/cloudformation-diff';
import type { Assembly, SynthesizedStack } from '@infra/common/assembly';
import { groupBy } from '@infra/common/values';
import { count, join, say, type Words } from '@infra/common/words';
import { cdkDiff } from './cdk-diff';
import type { Deployed } from './deployed-file';
import { resourceFindings, stackFindings } from './findings';
import { findingsOf } from './judge';
import { type EnvironmentReview, type Finding, LEVELS, type Review } from './model';
import { networkFindings } from './network-findings';
import { Reading } from './reading';
import { rightsFindings } from './rights-findings';
import { sidesOf } from './sides';

/** Compares two assemblies, environment by environment; and the head with what is deployed, where somebody asked. */
export function compareAssemblies(
  base: Assembly,
  head: Assembly,
  configDiff: string,
  deployed: ReadonlyMap<string, Deployed> = new Map(),
): Review {
  const names = [...new Set([...base.stacks.keys(), ...head.stacks.keys()])];
  return {
    notes: versionNotes(base, head),
    environments: [
      ...names
        .flatMap((name) => {
          const [before, after, there] = [base.stacks.get(name), head.stacks.get(name), deployed.get(name)];
          const review = compareStacks(name, before, after);
          return there && after ? [review, compareDeployed(there, after, before, review)] : [review];
        })
        .sort((one, other) => urgency(one) - urgency(other)),
      ...manifests(base, head),
    ],
    configDiff,
  };
}

/** The environment with the most urgent finding comes first. */
function urgency({ findings }: EnvironmentReview): number {
  const index = LEVELS.findIndex(([level]) => findings.some((finding) => finding.level === level));
  return index < 0 ? LEVELS.length : index;
}

/** What the manifests say of everything but stacks: files, and what the CDK writes for itself. */
function manifests(base: Assembly, head: Assembly): EnvironmentReview[] {
  const [written, reading] = [[base.others, head.others] as const, new Reading(NOTHING)];
  const parts = [{ type: 'manifest', plain: written, written }];
  const findings = findingsOf({ subject: ['What is not a stack'], parts }, [reading, reading]);
  return findings.length === 0 ? [] : [{ name: 'manifest.json', findings, summary: summarize(findings) }];
}

function versionNotes(base: Assembly, head: Assembly): Words[] {
  const version = (assembly: Assembly) => assembly.cdkVersion || `assembly schema ${assembly.schemaVersion}`;
  if (base.cdkVersion === head.cdkVersion && base.schemaVersion === head.schemaVersion) return [];
  return [
    say`The two sides were made by different CDK versions (${version(base)} and ${version(head)}): a difference below may come from the upgrade.`,
  ];
}

/** Compares the head with what is deployed, unless that is the base: then all of it is told already. */
function compareDeployed(
  there: Deployed,
  head: SynthesizedStack,
  base: SynthesizedStack | undefined,
  review: EnvironmentReview,
): EnvironmentReview {
  const told = (summary: string, ...findings: Finding[]): EnvironmentReview => {
    return { name: head.name, deployed: true, summary: [summary], findings };
  };
  const unknown = (why: string) =>
    told('could not be told', { level: 'unknown', subject: ['What is deployed'], says: [say`${why}`], changes: [] });
  if ('why' in there) return unknown(there.why);
  if (there.state === 'absent') return told('not deployed yet');
  if (!readsAs(there.head, head)) return unknown('It was fetched for another assembly than this one: fetch it again.');
  const compared = compareStacks(head.name, asReturned(there.stack), asReturned(there.head));
  const known = base && { ...base, artifact: there.stack.artifact };
  const isBase = readsAs([there.stack, compared.findings], [known, review.findings]);
  if (isBase && compared.findings.length > 0) return told('the same, since the base is what is deployed');
  return { ...compared, deployed: true };
}

/** A stack as CloudFormation gives it back, where whatever is not ASCII is a question mark. */
function asReturned<T>(stack: T): T {
  return JSON.parse(mangleLikeCloudFormation(JSON.stringify(stack))) as T;
}

/** Whether two values read the same; which number a secret's label has depends on the run. */
function readsAs(one: unknown, other: unknown): boolean {
  const read = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(asReturned(value)).replace(/\(hidden value \d+\)/g, '(hidden value)'));
  return isDeepStrictEqual(read(one), read(other));
}

function compareStacks(name: string, base?: SynthesizedStack, head?: SynthesizedStack): EnvironmentReview {
  const there = head ?? base ?? NOTHING;
  const nothing = { ...there, template: NOTHING.template };
  const [before, after] = [base ?? nothing, head ?? nothing];
  const sides = sidesOf(before, after);
  const resources = resourceFindings(sides);
  const told = [...(head ? stackFindings(sides) : []), ...resources];
  const outcomes = told.length > 0 && head ? [...networkFindings(sides), ...rightsFindings(sides)] : [];
  const all = [...told, ...outcomes];
  if (!head) return { name, findings: byWorth([GONE, ...isUrgent(resources)]), summary: ['environment removed'] };
  const cdk = cdkDiff(before.template, after.template);
  if (base) return { name, findings: byWorth(all), summary: summarize(all), cdkDiff: cdk };
  const number = Object.keys(head.template.Resources).length;
  const summary = say`new environment, ${[count(number, 'resource')]}, nothing of it exists yet`;
  return { name, findings: byWorth([...isUrgent(all), resourcesOf(head)]), summary, cdkDiff: cdk };
}

const NOTHING: SynthesizedStack = {
  ...{ name: '', environment: '', terminationProtection: false, tags: {}, artifact: {} },
  template: { Resources: {} },
};

const GONE: Finding = {
  level: 'risk',
  subject: ['The stack itself'],
  says: [
    ['It is no longer part of the app.'],
    ['No deployment touches it any more: it stays as it is, and costs, until somebody deletes the stack. Then:'],
  ],
  changes: [],
};

const isUrgent = (findings: readonly Finding[]) =>
  findings.filter(({ level }) => level === 'risk' || level === 'weaker');

/** All that is new in an environment, without a look at each. */
function resourcesOf({ template }: SynthesizedStack): Finding {
  const types = [...groupBy(Object.values(template.Resources), ({ Type }) => Type)].sort();
  const kinds = types.map(([type, { length }]) => say`${type} × ${[String(length)]}`);
  return { level: 'look', subject: ['New resources'], says: [join(kinds, ', ')], changes: [] };
}

/** Within a level the dearest first. */
function byWorth(findings: readonly Finding[]): Finding[] {
  const of = ({ worth = Infinity }: Finding) => worth;
  return [...findings].sort((one, other) => (of(one) === of(other) ? 0 : of(other) - of(one)));
}

function summarize(findings: readonly Finding[]): Words {
  const parts = LEVELS.flatMap(([level, , counted]) => {
    const number = findings.filter((finding) => finding.level === level).length;
    return number === 0 ? [] : `${number}${counted}${level === 'other' && number > 1 ? 's' : ''}`;
  });
  return [parts.join(', ') || 'no change'];
}
