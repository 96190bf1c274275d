import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import * as configured from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { assembly, configuredAssembly } from '../support/assembly';
import { testEnvironments } from '../support/environments';
import { REPLACED_FOR_TAGS } from '../support/replaced-for-tags';
import type { Resource, Template } from '../support/template';

// AWS Batch replaces a compute environment and a job queue for any change of their tags, and CloudFormation refuses to
// replace one with a name: the deploy fails. docs/decisions/0005-stack-level-tags.md says how to add another tag.

/** A stack, with where it was synthesized from. */
interface TestedStack {
  readonly title: string;
  readonly stack: CloudFormationStackArtifact;
}

const DELIVERY = stackId('delivery');
const ENVIRONMENTS = new Set([...Object.keys(testEnvironments), ...Object.keys(configured)].map(stackId));

function isDelivery({ stackName }: CloudFormationStackArtifact): boolean {
  return stackName.startsWith(DELIVERY);
}

function resourcesOf(stack: CloudFormationStackArtifact): Resource[] {
  return Object.values((stack.template as Template).Resources);
}

/** Stacks of environments and of the delivery in an assembly. A team's further stacks have the tags that it likes. */
function stacksIn(folder: string, origin: string): TestedStack[] {
  const ours = new CloudAssembly(folder).stacks.filter(
    (stack) => ENVIRONMENTS.has(stack.stackName) || isDelivery(stack),
  );
  return ours.map((stack) => ({ title: `${stack.stackName} of ${origin}`, stack }));
}

const stacks = [...stacksIn(assembly, "the tests' configs"), ...stacksIn(configuredAssembly, 'lib/config')];
const environments = stacks.filter(({ stack }) => !isDelivery(stack));
const deliveries = stacks.filter(({ stack }) => isDelivery(stack));

test.each(environments)(
  '$title has the tags Project and Environment alone: another one fails the deploy',
  ({ stack }) => {
    const { Environment: environment = '', ...furtherTags } = stack.tags;
    expect(stackId(environment)).toBe(stack.stackName);
    expect(furtherTags).toEqual({ Project: 'ProofLink' });
  },
);

test.each(deliveries)('$title, which is of all environments, has the tag Project alone', ({ stack }) => {
  expect(stack.tags).toEqual({ Project: 'ProofLink' });
});

test.each(stacks)(
  '$title sets no tags on a resource that AWS replaces for them, which fails the deploy',
  ({ stack }) => {
    const tagged = resourcesOf(stack).filter(({ Properties }) => Properties?.['Tags'] !== undefined);
    expect(tagged.map(({ Type }) => Type).filter((type) => REPLACED_FOR_TAGS.includes(type))).toEqual([]);
  },
);

/** Types of all resources of the stacks. */
function typesOfStacks(): Set<string> {
  const types = new Set<string>();
  for (const { stack } of stacks) {
    for (const { Type } of resourcesOf(stack)) types.add(Type);
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
