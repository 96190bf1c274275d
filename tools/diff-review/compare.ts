import { isDeepStrictEqual } from 'node:util';
import { mangleLikeCloudFormation } from '@aws-cdk/cloudformation-diff';
import type { Assembly, SynthesizedStack } from '../shared/assembly';
import { subjectOf } from '../shared/naming';
import type { Resource } from '../shared/template';
import { READ } from '../shared/reading';
import { count, join, renderWords, say, type Words } from '../shared/words';
import { cdkDiff } from './cdk-diff';
import { deletionPolicy, fate, holdsData, worth } from './data';
import type { Deployed } from './deployed-file';
import { differences } from './differences';
import { refused } from './exclusive';
import type { EnvironmentReview, Finding, Level, Review, ValueChange } from './model';
import { networkFindings } from './network-findings';
import { LEVELS } from './report';
import { resourceFindings } from './resource-findings';
import { rightsFindings } from './rights-findings';
import { sidesOf } from './sides';
import { stackFindings } from './stack-findings';
import { findingsOf, weigh } from './weigh';

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
  const weighed = weigh('manifest', differences('', base.others, head.others, [READ, READ]));
  const findings = findingsOf({ subject: say`What is not a stack` }, weighed);
  if (findings.length === 0) return [];
  return [{ name: 'manifest.json', findings, summary: say`${[summarize(findings)]}` }];
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
  const told = (summary: Words): EnvironmentReview => ({ name: head.name, deployed: true, summary, findings: [] });
  const unknown = (why: string): EnvironmentReview => ({
    ...told(say`could not be told`),
    findings: [{ level: 'unknown', subject: say`What is deployed`, says: [say`${why}`], changes: [] }],
  });
  if ('why' in there) return unknown(there.why);
  if (there.state === 'absent') return told(say`not deployed yet`);
  if (!readsAs(there.head, head)) return unknown('It was fetched for another assembly than this one: fetch it again.');
  const compared = compareStacks(head.name, asReturned(there.stack), asReturned(there.head));
  const known = base && { ...base, artifact: there.stack.artifact };
  const isBase = readsAs([there.stack, compared.findings], [known, review.findings]);
  if (isBase && compared.findings.length > 0) return told(say`the same, since the base is what is deployed`);
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
  if (base && head) return changedStack(name, base, head);
  if (head) return addedStack(name, head);
  return removedStack(name, base as SynthesizedStack);
}

function changedStack(name: string, base: SynthesizedStack, head: SynthesizedStack): EnvironmentReview {
  const sides = sidesOf(base, head);
  const told = [...stackFindings(sides), ...resourceFindings(sides)];
  const outcomes = told.length > 0 ? [...networkFindings(sides), ...rightsFindings(sides), ...refused(sides)] : [];
  const findings = byWorth([...told, ...outcomes]);
  return {
    name,
    findings,
    summary: findings.length === 0 ? say`no change` : say`${[summarize(findings)]}`,
    cdkDiff: cdkDiff(base.template, head.template),
  };
}

/** Within a level the dearest first. */
function byWorth(findings: readonly Finding[]): Finding[] {
  const of = (finding: Finding) => finding.worth ?? Infinity;
  return [...findings].sort((one, other) => (of(one) === of(other) ? 0 : of(other) - of(one)));
}

const NAMES: Readonly<Record<Exclude<Level, 'unknown'>, string>> = {
  risk: 'at risk',
  weaker: 'opened or weakened',
  look: 'to look at',
  other: '',
};

function summarize(findings: readonly Finding[]): string {
  return Object.entries(NAMES)
    .map(([level, what]) => [findings.filter((finding) => finding.level === level).length, what] as const)
    .filter(([number]) => number > 0)
    .map(([number, what]) => (what === '' ? count(number, 'other change') : `${number} ${what}`))
    .join(', ');
}

function addedStack(name: string, head: SynthesizedStack): EnvironmentReview {
  const types = Object.values(head.template.Resources).map(({ Type }) => Type);
  const sides = sidesOf({ ...head, template: { Resources: {} } }, head);
  const exposures = resourceFindings(sides).filter(({ level }) => level === 'weaker');
  const kinds = [...new Set(types)]
    .sort()
    .map((type) => say`${type} × ${[String(types.filter((each) => each === type).length)]}`);
  return {
    name,
    summary: say`new environment, ${[count(types.length, 'resource')]}, nothing of it exists yet`,
    findings: [
      ...exposures,
      ...asOne(say`Newly reachable`, networkFindings(sides)),
      ...asOne(say`Newly allowed`, rightsFindings(sides)),
      { level: 'look', subject: say`New resources`, says: [join(kinds, ', ')], changes: [] },
    ],
    cdkDiff: cdkDiff({ Resources: {} }, head.template),
  };
}

/** What all of a new environment opens as one finding: what matters most comes first, since the rest may be left out. */
function asOne(subject: Words, findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const text = (words: readonly Words[]) => words.map((each) => renderWords(each, (code) => code)).join(' ');
  const weight = ({ after = '' }: ValueChange) => (/Admin|^May now \*|\*:|internet|\d{12}/.test(after) ? 0 : 1);
  const changes = findings
    .map((each): ValueChange => ({ path: text([each.subject]), before: undefined, after: text(each.says) }))
    .sort((one, other) => weight(one) - weight(other));
  return [{ level: 'weaker', subject, says: [], changes }];
}

function removedStack(name: string, base: SynthesizedStack): EnvironmentReview {
  const data = Object.entries(base.template.Resources).filter(([, resource]) => holdsData(resource));
  const stays = say`No deployment touches it any more: it stays as it is, and costs, until somebody deletes the stack. Then:`;
  return {
    name,
    summary: say`environment removed`,
    findings: byWorth([
      {
        level: 'risk',
        subject: say`The stack itself`,
        says: [say`It is no longer part of the app.`, stays],
        changes: [],
      },
      ...data.map(([id, resource]: [string, Resource]): Finding => {
        return {
          level: 'risk',
          subject: subjectOf(id, resource),
          says: [fate(resource, deletionPolicy(resource))],
          changes: [],
          worth: worth(resource),
        };
      }),
    ]),
  };
}
