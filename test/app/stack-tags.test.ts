import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import * as configured from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { assembly, configuredAssembly } from '../support/assembly';
import { testEnvironments } from '../support/environments';
import type { Template } from '../support/template';

// AWS Batch replaces a compute environment and a job queue for any change of their tags, and CloudFormation refuses to
// replace one with a name: the deploy fails. docs/decisions/0005-stack-level-tags.md says how to add another tag.

const DELIVERY = stackId('delivery');
const ENVIRONMENTS = new Set([...Object.keys(testEnvironments), ...Object.keys(configured)].map(stackId));

function isDelivery({ stackName }: CloudFormationStackArtifact): boolean {
  return stackName.startsWith(DELIVERY);
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

const resources = stacks.flatMap((stack) => Object.values((stack.template as Template).Resources));

const schemas = loadAwsServiceSpecSync();

/** Types of the stacks' resources that AWS replaces for a tag. */
const replacedTypes = [...new Set(resources.map(({ Type }) => Type))].filter((type) => {
  const [schema] = schemas.lookup('resource', 'cloudFormationType', 'equals', type);
  return schema?.properties['Tags']?.causesReplacement === 'yes';
});

test('no resource that AWS replaces for its tags has tags of its own', () => {
  const tagged = resources.filter(({ Properties }) => Properties?.['Tags'] !== undefined);
  expect(tagged.map(({ Type }) => Type).filter((type) => replacedTypes.includes(type))).toEqual([]);
});

test('the decision on tags lists every type that AWS replaces for a tag', () => {
  const decision = readFileSync(join(__dirname, '../../docs/decisions/0005-stack-level-tags.md'), 'utf8');
  const types = replacedTypes.sort().map((type) => `'${type}'`);
  expect(decision).toContain(`excludeResourceTypes: [${types.join(', ')}]`);
});
