import { Deployed } from '../support/deployed';
import { type Json, objectsIn, type Resource } from '../support/template';

/** Types whose `Ref` is an ARN, as policies need it. */
const REF_IS_ARN = /^AWS::(ECS::Service|IAM::OIDCProvider|SecretsManager::Secret|SNS::Topic)$/;

interface Statement {
  readonly Effect: string;
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

/** A stack's IAM in words: the lines of each role (its trust, then its rights) and of each policy of a resource. */
export function rightsOf(stack: Deployed): Record<string, string[]> {
  return Object.fromEntries([...rolePolicies(stack), ...resourcePolicies(stack)]);
}

/** The construct path of a role or a resource, and the lines of its policies. */
type PathAndLines = [path: string, lines: string[]];

function rolePolicies(stack: Deployed): PathAndLines[] {
  const allPolicies = stack.all('AWS::IAM::Policy');
  return stack.all('AWS::IAM::Role').map(({ logicalId, path, properties, resource }) => {
    const policies = allPolicies.filter((policy) => {
      return JSON.stringify(policy.resource.Properties?.['Roles']).includes(`"${logicalId}"`);
    });
    // The resolved `properties` have names in place of ARNs; those of the template still have the functions.
    assertResourcesAreArns(stack, resource.Properties);
    for (const policy of policies) assertResourcesAreArns(stack, policy.resource.Properties);
    const inlinePolicies = (properties['Policies'] ?? []) as Json[];
    const documents = [
      properties['AssumeRolePolicyDocument'],
      ...inlinePolicies.map(documentIn),
      ...policies.map((policy) => documentIn(policy.properties)),
    ];
    const managedPolicies = (properties['ManagedPolicyArns'] ?? []) as string[];
    const lines = [...documents.flatMap(linesOf), ...managedPolicies];
    return [path, lines.sort()];
  });
}

/** The policies of resources, of any type: buckets, topics, queues. */
function resourcePolicies(stack: Deployed): PathAndLines[] {
  const types = new Set(stack.types().filter((type) => !type.startsWith('AWS::IAM::')));
  const resources = [...types].flatMap((type) => stack.all(type));
  const policies = resources.filter(({ properties }) => documentIn(properties) !== undefined);
  return policies.map(({ path, properties }) => [path, linesOf(documentIn(properties)).sort()]);
}

function documentIn(policy: unknown): Json | undefined {
  return (policy as Readonly<Record<string, Json>>)['PolicyDocument'];
}

/** A line for each statement of a policy. */
function linesOf(document: Json | undefined): string[] {
  const { Statement } = document as unknown as { Statement: Statement | Statement[] };
  return [Statement].flat().map(lineOf);
}

/** `service: action action on resource if key operator value`. */
function lineOf({ Effect, Principal, Action, Resource, Condition = {}, ...otherElements }: Statement): string {
  const words: string[] = [];
  if (Effect !== 'Allow') words.push(Effect);
  if (Principal !== undefined) words.push(`${principalText(Principal)}:`);
  words.push(...[Action].flat().sort());
  if (Resource !== undefined) words.push('on', ...[Resource].flat().sort());
  for (const [operator, values] of Object.entries(Condition)) {
    for (const [key, value] of Object.entries(values)) words.push('if', key, operator, ...[value].flat());
  }
  for (const [element, value] of Object.entries(otherElements)) {
    // Rare elements, such as NotAction, are shown, so that no test overlooks them.
    if (element !== 'Sid') words.push(element, JSON.stringify(value));
  }
  return words.join(' ');
}

function principalText(principal: NonNullable<Statement['Principal']>): string {
  return principal === '*' ? '*' : Object.values(principal).join(' ');
}

/**
 * Throws if a policy's Resource refers to something that is no ARN. In the resolved properties a name and an ARN look the
 * same, but IAM allows nothing for a name.
 */
function assertResourcesAreArns({ template }: Deployed, properties: Resource['Properties']): void {
  for (const { Resource } of objectsIn(properties)) {
    for (const each of [Resource ?? []].flat()) {
      const { Ref, 'Fn::GetAtt': attribute } = firstJoinedPart(each) as Record<string, Json>;
      const type = template.Resources[Ref as string]?.Type;
      if (type !== undefined && !REF_IS_ARN.test(type)) throw new Error(`The Ref of ${type} is no ARN`);
      const [, name = 'Arn'] = (attribute ?? []) as string[];
      if (!name.endsWith('Arn')) throw new Error(`${name} is no ARN`);
    }
  }
}

/** The first part of a `Fn::Join`, where the reference of an ARN stands; any other value as it is. */
function firstJoinedPart(value: Json): Json {
  const [, [first = ''] = []] = ((value as Record<string, Json>)['Fn::Join'] ?? []) as [string?, Json[]?];
  return first === '' ? value : first;
}
