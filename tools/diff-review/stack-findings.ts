import type { TemplateDiff } from '@aws-cdk/cloudformation-diff';
import type { Finding } from './model';
import type { SynthesizedStack } from '../shared/assembly';
import { valueChanges } from './value-changes';
import { say } from '../shared/words';

/** What the manifest says beside the template. */
export function stackFindings(base: SynthesizedStack, head: SynthesizedStack): Finding[] {
  const subject = say`The stack itself`;
  const findings: Finding[] = [];
  if (base.environment !== head.environment) {
    findings.push({
      level: 'risk',
      subject,
      says: [
        say`It moves to another account or region: a deployment makes everything anew there, without data, and leaves the old stack behind.`,
      ],
      changes: valueChanges('environment', base.environment, head.environment),
    });
  }
  if (base.terminationProtection !== head.terminationProtection) {
    findings.push({
      level: head.terminationProtection ? 'other' : 'risk',
      subject,
      says: head.terminationProtection
        ? []
        : [say`Its termination protection is switched off: one command may delete it.`],
      changes: valueChanges('terminationProtection', base.terminationProtection, head.terminationProtection),
    });
  }
  const tags = valueChanges('tags', base.tags, head.tags);
  if (tags.length > 0) {
    const batch = Object.values(head.template.Resources).some(({ Type }) => Type === 'AWS::Batch::ComputeEnvironment');
    const replaced = say`CloudFormation passes a stack's tags on to its resources, and AWS Batch replaces a compute environment or a queue for any tag: a named one cannot be replaced, and the deployment would fail.`;
    findings.push({ level: batch ? 'risk' : 'other', subject, says: batch ? [replaced] : [], changes: tags });
  }
  return findings;
}

/** The sections of a template beside its resources. */
export function sectionFindings(difference: TemplateDiff): Finding[] {
  const named = (
    [
      ['Parameter', difference.parameters],
      ['Condition', difference.conditions],
      ['Mapping', difference.mappings],
      ['Output', difference.outputs],
      ['Section', difference.unknown],
    ] as const
  ).flatMap(([kind, { changes }]) =>
    Object.entries(changes).map(([id, { oldValue, newValue }]): Finding => {
      const values = valueChanges(id, oldValue, newValue);
      const what = oldValue === undefined ? [say`New.`] : newValue === undefined ? [say`Removed.`] : [];
      // The CDK CLI deploys with the previous value of every parameter that it is not given.
      const keeps =
        kind === 'Parameter' && what.length === 0 ? [say`A stack that is there keeps the value that it has.`] : [];
      return { level: 'other', subject: say`${[kind]} ${id}`, says: [...what, ...keeps], changes: values };
    }),
  );
  const texts = ([['description'], ['transform'], ['awsTemplateFormatVersion']] as const).flatMap(
    ([key]): Finding[] => {
      const change = difference[key];
      if (!change) return [];
      const changes = valueChanges(key, change.oldValue, change.newValue);
      return [{ level: 'other', subject: say`The template's ${[key]}`, says: [], changes }];
    },
  );
  return [...named, ...texts];
}
