import { fullDiff, type TemplateDiff } from '@aws-cdk/cloudformation-diff';
import { deletionPolicy, fate, holdsData } from './data';
import type { EnvironmentReview, Finding, LiveDiff, Review } from './model';
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

/** CDK's own usage record: it changes with any construct, and does nothing. */
const NOT_REVIEWED = 'AWS::CDK::Metadata';

/** Compares two assemblies, environment by environment. */
export function compareAssemblies(
  base: Assembly,
  head: Assembly,
  configDiff: string,
  live: ReadonlyMap<string, LiveDiff> = new Map(),
): Review {
  const names = [...new Set([...base.stacks.keys(), ...head.stacks.keys()])];
  return {
    notes: versionNotes(base, head),
    environments: names
      .map((name) => ({ ...compareStacks(name, base.stacks.get(name), head.stacks.get(name)), live: live.get(name) }))
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

function compareStacks(name: string, base?: SynthesizedStack, head?: SynthesizedStack): EnvironmentReview {
  if (base && head) return changedStack(name, base, head);
  if (head) return addedStack(name, head);
  return removedStack(name, base as SynthesizedStack);
}

function changedStack(name: string, base: SynthesizedStack, head: SynthesizedStack): EnvironmentReview {
  const difference = diffTemplates(name, base.template, head.template);
  const changed = Object.entries(difference.resources.changes).filter(
    ([, { oldValue, newValue }]) => (newValue ?? oldValue)?.Type !== NOT_REVIEWED,
  );
  const renames = findRenames(Object.fromEntries(changed));
  const resources = changed
    // A renamed resource is told once, where it is removed.
    .filter(([id, each]) => !each.isAddition || !renames.some(({ to }) => to === id))
    .map(([id, each]) =>
      resourceFinding(
        id,
        each,
        renames.find(({ from }) => from === id),
      ),
    )
    .filter((finding) => finding !== undefined);
  const naming = namingOf(base.template, head.template);
  const findings = [
    ...stackFindings(base, head),
    ...resources,
    ...openedNetwork(difference.securityGroupChanges, naming),
    ...widenedPermissions(difference.iamChanges, naming),
    ...sectionFindings(difference),
  ];
  const onlyMetadata = findings.length === 0 && !difference.isEmpty;
  const summary = onlyMetadata ? say`no change (CDK's own metadata aside)` : say`no change`;
  return { name, findings, summary: findings.length === 0 ? summary : say`${[summarize(findings)]}` };
}

function diffTemplates(name: string, base: Template, head: Template): TemplateDiff {
  try {
    return fullDiff(base, head);
  } catch (error) {
    // It takes for granted that a policy has a document, and more of the kind.
    throw new CannotTellError(
      `The templates of ${name} cannot be compared, one is malformed: ${(error as Error).message}`,
    );
  }
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
  const open = openToEveryone(
    diffTemplates(name, { Resources: {} }, head.template).securityGroupChanges,
    namingOf(head.template),
  );
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
