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

const DELIVERY = stackId('delivery');
const ENVIRONMENTS = new Set([...Object.keys(testEnvironments), ...Object.keys(configured)].map(stackId));

function isDelivery({ name }: SynthesizedStack): boolean {
  return name.startsWith(DELIVERY);
}

/** Stacks of environments and of the delivery in an assembly. A team's further stacks have the tags that it likes. */
function stacksIn(folder: string, origin: string): TestedStack[] {
  const tested: TestedStack[] = [];
  for (const stack of readAssembly(folder, new SecretMask()).stacks.values()) {
    const isOurs = ENVIRONMENTS.has(stack.name) || isDelivery(stack);
    if (isOurs) tested.push({ title: `${stack.name} of ${origin}`, stack });
  }
  return tested;
}

const stacks = [...stacksIn(assembly, "the tests' configs"), ...stacksIn(configuredAssembly, 'lib/config')];
const environments = stacks.filter(({ stack }) => !isDelivery(stack));
const deliveries = stacks.filter(({ stack }) => isDelivery(stack));

test.each(environments)(
  '$title has the tags Project and Environment alone: another one fails the deploy',
  ({ stack }) => {
    const { Environment: environment = '', ...furtherTags } = stack.tags;
    expect(stackId(environment)).toBe(stack.name);
    expect(furtherTags).toEqual({ Project: 'ProofLink' });
  },
);

test.each(deliveries)('$title, which is of all environments, has the tag Project alone', ({ stack }) => {
  expect(stack.tags).toEqual({ Project: 'ProofLink' });
});

test.each(stacks)(
  '$title sets no tags on a resource that AWS replaces for them, which fails the deploy',
  ({ stack }) => {
    const resources = Object.values(stack.template.Resources);
    const tagged = resources.filter(({ Properties }) => Properties?.['Tags'] !== undefined);
    expect(tagged.map(({ Type }) => Type).filter((type) => REPLACED_FOR_TAGS.includes(type))).toEqual([]);
  },
);

/** Types of all resources of the stacks. */
function typesOfStacks(): Set<string> {
  const types = new Set<string>();
  for (const { stack } of stacks) {
    for (const { Type } of Object.values(stack.template.Resources)) types.add(Type);
  }
  return types;
}

test('the decision on tags lists every type that AWS replaces for a tag, as CloudFormation’s schemas say', () => {
  const schemas = loadAwsServiceSpecSync();
  const isReplacedForTags = (type: string) => {
    const [schema] = schemas.lookup('resource', 'cloudFormationType', 'equals', type);
    return schema?.properties['Tags']?.causesReplacement === 'yes';
  };
  const replacedTypes = [...typesOfStacks()].filter(isReplacedForTags);
  expect(replacedTypes.sort()).toEqual([...REPLACED_FOR_TAGS].sort());
});
