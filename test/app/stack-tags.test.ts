import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import * as configured from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { assembly, configuredAssembly } from '../support/assembly';
import { testEnvironments } from '../support/environments';
import { REPLACED_FOR_TAGS } from '../support/replaced-for-tags';

// AWS Batch replaces a compute environment and a job queue for any change of their tags, and CloudFormation refuses to
// replace one with a name: the deploy fails. docs/decisions/0005-stack-level-tags.md says how to add another tag.

/** A stack, with where it was synthesized from. */
interface TestedStack {
  readonly title: string;
  readonly stack: SynthesizedStack;
}

const stacks = [...stacksIn(assembly, "the tests' configs"), ...stacksIn(configuredAssembly, 'lib/config')];

function stacksIn(folder: string, origin: string): TestedStack[] {
  const synthesized = [...readAssembly(folder, new SecretMask()).stacks.values()];
  return synthesized.filter(isOurs).map((stack) => ({ title: `${stack.name} of ${origin}`, stack }));
}

/** True for a stack of an environment or of the delivery: a team's further one has the tags that it likes. */
function isOurs({ name }: SynthesizedStack): boolean {
  const ids = [...Object.keys(testEnvironments), ...Object.keys(configured)].map(stackId);
  return ids.includes(name) || name.startsWith(stackId('delivery'));
}

test.each(stacks)('$title has no tag but its two, which never change: another one fails the deploy', ({ stack }) => {
  const isDelivery = stack.name.startsWith(stackId('delivery'));
  const { Environment: environment = '', ...tags } = stack.tags;
  expect(tags).toEqual({ Project: 'ProofLink' });
  // The delivery is of all environments.
  expect(environment === '' ? undefined : stackId(environment)).toBe(isDelivery ? undefined : stack.name);
});

test.each(stacks)('$title has no tags of its own on what AWS replaces for them', ({ stack }) => {
  const resources = Object.values(stack.template.Resources);
  const replaced = resources.filter(({ Type }) => REPLACED_FOR_TAGS.includes(Type));
  expect(replaced.filter(({ Properties }) => Properties?.['Tags'] !== undefined)).toEqual([]);
});

test('the decision on tags lists every type that AWS replaces for a tag', () => {
  const schemas = loadAwsServiceSpecSync();
  const replacesForTags = (type: string) => {
    const [schema] = schemas.lookup('resource', 'cloudFormationType', 'equals', type);
    return schema?.properties['Tags']?.causesReplacement === 'yes';
  };
  const types = stacks.flatMap(({ stack }) => Object.values(stack.template.Resources).map(({ Type }) => Type));
  const replacedTypes = [...new Set(types)].filter(replacesForTags);
  expect(replacedTypes.sort()).toEqual([...REPLACED_FOR_TAGS].sort());
});
