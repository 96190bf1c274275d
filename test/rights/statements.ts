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
  const policies = stack.all('AWS::IAM::Policy');
  const roles = stack.all('AWS::IAM::Role').map(({ logicalId, path, properties, resource }): [string, string[]] => {
    const own = policies.filter((policy) =>
      JSON.stringify(policy.resource.Properties?.['Roles']).includes(`"${logicalId}"`),
    );
    const documents = [...((properties['Policies'] ?? []) as Json[]), ...own.map((policy) => policy.properties)].map(
      (policy) => (policy as Record<string, Json>)['PolicyDocument'],
    );
    for (const { Properties } of [resource, ...own.map((policy) => policy.resource)]) assertArns(stack, Properties);
    const managed = (properties['ManagedPolicyArns'] ?? []) as string[];
    return [path, [properties['AssumeRolePolicyDocument'], ...documents].flatMap(linesOf).concat(managed).sort()];
  });
  return Object.fromEntries([...roles, ...resourcePolicies(stack)]);
}

/** The policies of resources, of any type: buckets, topics, queues. */
function resourcePolicies(stack: Deployed): [path: string, lines: string[]][] {
  const types = [...new Set(stack.types())].filter((type) => !type.startsWith('AWS::IAM::'));
  return types
    .flatMap((type) => stack.all(type))
    .filter(({ properties }) => properties['PolicyDocument'] !== undefined)
    .map(({ path, properties }) => [path, linesOf(properties['PolicyDocument']).sort()]);
}

function linesOf(document: Json | undefined): string[] {
  const { Statement } = document as unknown as { Statement: Statement | Statement[] };
  return [Statement].flat().map(({ Effect, Principal, Action, Resource, Condition = {}, ...others }) =>
    [
      ...(Effect === 'Allow' ? [] : [Effect]),
      ...(Principal === undefined ? [] : [Principal === '*' ? '*:' : `${Object.values(Principal).join(' ')}:`]),
      ...[Action].flat().sort(),
      ...(Resource === undefined ? [] : ['on', ...[Resource].flat().sort()]),
      ...Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).flatMap(([key, value]) => ['if', key, operator, ...[value].flat()]),
      ),
      // Such as NotAction, which no specification has.
      ...Object.entries(others).flatMap(([element, value]) =>
        element === 'Sid' ? [] : [element, JSON.stringify(value)],
      ),
    ].join(' '),
  );
}

/** A name in an ARN's place reads the same here, and allows nothing in AWS. */
function assertArns({ template }: Deployed, properties: Resource['Properties']): void {
  for (const { Resource } of objectsIn(properties)) {
    for (const each of [Resource ?? []].flat()) {
      const { Ref, 'Fn::GetAtt': attribute } = beginningOf(each) as Record<string, Json>;
      const type = template.Resources[Ref as string]?.Type;
      if (type !== undefined && !REF_IS_ARN.test(type)) throw new Error(`The Ref of ${type} is no ARN`);
      const [, name = 'Arn'] = (attribute ?? []) as string[];
      if (!name.endsWith('Arn')) throw new Error(`${name} is no ARN`);
    }
  }
}

function beginningOf(value: Json): Json {
  const [, [first = ''] = []] = ((value as Record<string, Json>)['Fn::Join'] ?? []) as [string?, Json[]?];
  return first === '' ? value : first;
}
