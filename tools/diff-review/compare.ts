import { isDeepStrictEqual } from 'node:util';
import { fullDiff, mangleLikeCloudFormation, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { cdkDiff, missedFinding } from './cdk-diff';
import { deletionPolicy, fate, holdsData } from './data';
import type { Deployed } from './deployed-file';
import type { EnvironmentReview, Finding, Review } from './model';
import { namingOf, subjectOf } from '../shared/naming';
import { CannotTellError } from '../shared/outcome';
import type { Resource, Template } from '../shared/template';
import { openedNetwork, openToEveryone } from './network';
import { widenedPermissions } from './permissions';
import type { Assembly, SynthesizedStack } from '../shared/assembly';
import { findRenames } from './renames';
import { LEVELS } from './report';
import { resourceFinding } from './resource-findings';
import { sectionFindings, stackFindings } from './stack-findings';
import { count, join, say, type Words } from '../shared/words';

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
    environments: names
      .flatMap((name) => {
        const [before, after, there] = [base.stacks.get(name), head.stacks.get(name), deployed.get(name)];
        const review = compareStacks(name, before, after);
        return there && after ? [review, compareDeployed(there, after, before, review)] : [review];
      })
      .sort((one, other) => urgency(one) - urgency(other)),
    configDiff,
  };
}

/** The environment with the most urgent finding comes first. */
function urgency({ findings }: EnvironmentReview): number {
  const index = LEVELS.findIndex(([level]) => findings.some((finding) => finding.level === level));
  return index < 0 ? LEVELS.length : index;
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
  if (there.state === 'unknown') return unknown(there.why);
  if (there.state === 'absent') return told(say`not deployed yet`);
  if (!readsAs(there.head, head)) return unknown('It was fetched for another assembly than this one: fetch it again.');
  try {
    const compared = compareStacks(head.name, asReturned(there.stack), asReturned(there.head));
    const isBase = readsAs([there.stack, compared.findings], [base, review.findings]);
    if (isBase && compared.findings.length > 0) return told(say`the same, since the base is what is deployed`);
    return { ...compared, deployed: true };
  } catch (error) {
    if (!(error instanceof CannotTellError)) throw error;
    return unknown(error.message);
  }
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
  const { difference, cdkDiff, isEmpty } = diffTemplates(name, base.template, head.template);
  const changed = Object.entries(difference.resources.changes);
  const renames = findRenames(Object.fromEntries(changed));
  const resources = changed
    // A renamed resource is told once, where it is removed.
    .filter(([id, each]) => !each.isAddition || !renames.some(({ to }) => to === id))
    .map(([id, each]) => {
      const rename = renames.find(({ from }) => from === id);
      return resourceFinding(id, each, rename) ?? missedFinding(id, each);
    })
    .filter((finding) => finding !== undefined);
  const naming = namingOf(base.template, head.template);
  const findings = [
    ...stackFindings(base, head),
    ...resources,
    ...openedNetwork(difference.securityGroupChanges, naming),
    ...widenedPermissions(difference.iamChanges, naming),
    ...sectionFindings(difference),
  ];
  const nothing = isEmpty ? say`no change` : say`no change (CDK's own metadata aside)`;
  return { name, findings, summary: findings.length === 0 ? nothing : say`${[summarize(findings)]}`, cdkDiff };
}

function diffTemplates(name: string, base: Template, head: Template) {
  try {
    const difference = fullDiff(base, head);
    const { isEmpty } = difference;
    difference.resources = difference.resources.filter((each) => !each || !isUsageRecord(each));
    return { difference, isEmpty, cdkDiff: difference.isEmpty ? undefined : cdkDiff(difference, base, head) };
  } catch (error) {
    // It takes for granted that a policy has a document, and more of the kind.
    throw new CannotTellError(
      `The templates of ${name} cannot be compared, one is malformed: ${(error as Error).message}`,
    );
  }
}

/** CDK's own usage record, before and after: it changes with any construct, and does nothing. */
function isUsageRecord({ oldValue, newValue }: ResourceDifference): boolean {
  return [oldValue, newValue].every((each) => each === undefined || each.Type === 'AWS::CDK::Metadata');
}

function summarize(findings: readonly Finding[]): string {
  const number = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  return [
    number('risk') > 0 ? `${number('risk')} at risk` : '',
    number('weaker') > 0 ? `${number('weaker')} opened or weakened` : '',
    number('other') > 0 ? count(number('other'), 'other change') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function addedStack(name: string, head: SynthesizedStack): EnvironmentReview {
  const types = Object.values(head.template.Resources).map(({ Type }) => Type);
  const { difference, cdkDiff } = diffTemplates(name, { Resources: {} }, head.template);
  const open = openToEveryone(difference.securityGroupChanges, namingOf(head.template));
  const kinds = [...new Set(types)]
    .sort()
    .map((type) => say`${type} × ${[String(types.filter((each) => each === type).length)]}`);
  return {
    name,
    summary: say`new environment, ${[count(types.length, 'resource')]}, nothing of it exists yet`,
    findings: [
      ...(open.length > 0
        ? [{ level: 'weaker', subject: say`Open to everyone`, says: [join(open, '; ')], changes: [] } as const]
        : []),
      { level: 'other', subject: say`New resources`, says: [join(kinds, ', ')], changes: [] },
    ],
    cdkDiff,
  };
}

function removedStack(name: string, base: SynthesizedStack): EnvironmentReview {
  const data = Object.entries(base.template.Resources).filter(([, resource]) => holdsData(resource));
  const stays = say`No deployment touches it any more: it stays as it is, and costs, until somebody deletes the stack. Then:`;
  return {
    name,
    summary: say`environment removed`,
    findings: [
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
        };
      }),
    ],
  };
}
