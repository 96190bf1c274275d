import { fullDiff, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { cdkDiff, missedFinding } from './cdk-diff';
import { deletionPolicy, fate, holdsData } from './data';
import type { EnvironmentReview, Finding } from './model';
import { namingOf, subjectOf } from '../shared/naming';
import { CannotTellError } from '../shared/outcome';
import type { Resource, Template } from '../shared/template';
import { openedNetwork, openToEveryone } from './network';
import { widenedPermissions } from './permissions';
import type { SynthesizedStack } from '../shared/assembly';
import { findRenames } from './renames';
import { resourceFinding } from './resource-findings';
import { sectionFindings, stackFindings } from './stack-findings';
import { count, join, say } from '../shared/words';

/** Compares two versions of one stack; one that is not there before or after is undefined. */
export function compareStacks(name: string, base?: SynthesizedStack, head?: SynthesizedStack): EnvironmentReview {
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
    difference.resources = difference.resources.filter((each) => !isUsageRecord(each));
    return { difference, isEmpty, cdkDiff: difference.isEmpty ? undefined : cdkDiff(difference, base, head) };
  } catch (error) {
    // It takes for granted that a policy has a document, and more of the kind.
    throw new CannotTellError(
      `The templates of ${name} cannot be compared, one is malformed: ${(error as Error).message}`,
    );
  }
}

/** CDK's own usage record: it changes with any construct, and does nothing. */
function isUsageRecord(difference?: ResourceDifference): boolean {
  return (difference?.newResourceType ?? difference?.oldResourceType) === 'AWS::CDK::Metadata';
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
