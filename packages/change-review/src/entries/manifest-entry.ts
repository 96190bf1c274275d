import { isDeepStrictEqual } from 'node:util';
import type { SynthesizedStack } from '@infra/common/assembly';
import { wordsOf } from '../messages';
import type { Entry } from '../model/entry';
import { physicalNameOf } from '../read/physical-name';
import type { StackComparison } from '../read/stack-comparison';
import { STACK_MANIFEST, STACK_MANIFEST_WITH_BATCH } from '../rules/rule';

/** Types that AWS Batch replaces for any change of a tag. */
const REPLACED_FOR_TAGS: ReadonlySet<string> = new Set(['AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobQueue']);

/** Name of a template's file, which is its hash. */
const TEMPLATE_HASH = /[0-9a-f]{64}(?=\.json$)/;

/** The manifest of a stack, as it is compared. */
export function manifestEntry(comparison: StackComparison): Entry {
  const { base, head, environments, readers, resources } = comparison;
  const resourcesAfter = [...resources.after.values()];
  const hasBatch = resourcesAfter.some((resource) => {
    return REPLACED_FOR_TAGS.has(resource.Type) && physicalNameOf(resource) !== undefined;
  });
  const isSameTemplate = isDeepStrictEqual(base.template, head.template);
  const before = manifestOf(base, environments.before, isSameTemplate);
  const after = manifestOf(head, environments.after, isSameTemplate);
  const manifest = {
    ruleKey: hasBatch ? STACK_MANIFEST_WITH_BATCH : STACK_MANIFEST,
    normalized: {
      before: readers.before.normalizeRecord(withFnSub(before)),
      after: readers.after.normalizeRecord(withFnSub(after)),
    },
    asWritten: { before, after },
  };
  return { subject: wordsOf('subject.stack'), parts: [manifest] };
}

/** The fields of a stack in the manifest. The hash of another template is left out: the template itself is compared. */
function manifestOf(stack: SynthesizedStack, environment: string, isSameTemplate: boolean): object {
  const { terminationProtection, tags, artifact, nested } = stack;
  // The parameters of a nested stack are properties of its resource.
  const manifest = {
    ...(nested ? {} : artifact),
    environment,
    terminationProtection,
    tags,
  };
  const [hash] = TEMPLATE_HASH.exec(String(artifact.stackTemplateAssetObjectUrl)) ?? [];
  if (isSameTemplate || hash === undefined) return manifest;
  const text = JSON.stringify(manifest).replaceAll(hash, '<hash>');
  return JSON.parse(text) as object;
}

/** The CDK CLI replaces placeholders in the manifest as `Fn::Sub` does. */
function withFnSub(manifest: object): object {
  const text = JSON.stringify(manifest);
  return JSON.parse(text, (_key, value: unknown) => {
    const hasPlaceholder = typeof value === 'string' && value.includes('${AWS::');
    return hasPlaceholder ? { 'Fn::Sub': value } : value;
  }) as object;
}
