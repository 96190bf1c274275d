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

const DELIVERY = stackId('delivery');
const ENVIRONMENTS = new Set([...Object.keys(testEnvironments), ...Object.keys(configured)].map(stackId));

function isDelivery({ stackName }: CloudFormationStackArtifact): boolean {
  return stackName.startsWith(DELIVERY);
}

function resourcesOf(stack: CloudFormationStackArtifact): Resource[] {
  return Object.values((stack.template as Template).Resources);
}

/** Stacks of environments and of the delivery. A team's further stacks have the tags that it likes. */
const stacks = [assembly, configuredAssembly]
  .flatMap((folder) => new CloudAssembly(folder).stacks)
  .filter((stack) => ENVIRONMENTS.has(stack.stackName) || isDelivery(stack));

test('an environment’s stack has the tags Project and Environment alone', () => {
  const environments = stacks.filter((stack) => !isDelivery(stack));
  const wrong = environments.filter(({ stackName, tags: { Project, Environment, ...others } }) => {
    return Project !== 'ProofLink' || stackId(Environment ?? '') !== stackName || Object.keys(others).length > 0;
  });
  expect(environments.length).toBeGreaterThan(0);
  expect(wrong.map(({ stackName, tags }) => ({ stackName, tags }))).toEqual([]);
});

test('the delivery’s stack, which is of all environments, has the tag Project alone', () => {
  const deliveries = stacks.filter(isDelivery);
  expect(deliveries.map(({ tags }) => tags)).toEqual(deliveries.map(() => ({ Project: 'ProofLink' })));
});

test('no resource that AWS replaces for its tags has tags of its own', () => {
  const tagged = stacks.flatMap(resourcesOf).filter(({ Properties }) => Properties?.['Tags'] !== undefined);
  expect(tagged.map(({ Type }) => Type).filter((type) => REPLACED_FOR_TAGS.includes(type))).toEqual([]);
});

/** Types of all resources of the stacks. */
function typesOfStacks(): Set<string> {
  return new Set(stacks.flatMap(resourcesOf).map(({ Type }) => Type));
}

test('the decision on tags lists every type that AWS replaces for a tag', () => {
  const schemas = loadAwsServiceSpecSync();
  const isReplacedForTags = (type: string) => {
    const [schema] = schemas.lookup('resource', 'cloudFormationType', 'equals', type);
    return schema?.properties['Tags']?.causesReplacement === 'yes';
  };
  const replacedTypes = [...typesOfStacks()].filter(isReplacedForTags);
  expect(replacedTypes.sort()).toEqual([...REPLACED_FOR_TAGS].sort());
});
