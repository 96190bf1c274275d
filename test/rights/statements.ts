import type { Statement } from '../support/authorization-reference';
import type { Deployed } from '../support/deployed';
import type { Json } from '../support/template';

/** A stack's IAM in words: the lines of each role (its trust, then its rights) and of each policy of a resource. */
export function rightsOf(stack: Deployed): Record<string, string[]> {
  const managedPolicies = new Map(
    stack
      .all('AWS::IAM::Role')
      .map(({ path, properties }) => [path, (properties['ManagedPolicyArns'] ?? []) as string[]]),
  );
  return Object.fromEntries(
    statementsOf(stack).map(({ path, statements }) => [
      path,
      [...statements.map(lineOf), ...(managedPolicies.get(path) ?? [])].sort(),
    ]),
  );
}

/** The construct path of a role or a resource, and the statements of its policies. */
export interface PathAndStatements {
  readonly path: string;
  readonly statements: readonly Statement[];
}

/** The statements of each role (its trust, then its rights) and of each policy of a resource, of any type. */
export function statementsOf(stack: Deployed): PathAndStatements[] {
  const allPolicies = stack.all('AWS::IAM::Policy');
  const ofRoles = stack.all('AWS::IAM::Role').map(({ logicalId, path, properties }) => {
    const policies = allPolicies.filter((policy) => {
      return JSON.stringify(policy.resource.Properties?.['Roles']).includes(`"${logicalId}"`);
    });
    const inlinePolicies = (properties['Policies'] ?? []) as Json[];
    const documents = [
      properties['AssumeRolePolicyDocument'],
      ...inlinePolicies.map(documentIn),
      ...policies.map((policy) => documentIn(policy.properties)),
    ];
    return { path, statements: documents.flatMap(statementsIn) };
  });
  const isOfRole = (type: string) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::Role';
  const types = new Set(stack.types().filter((type) => !isOfRole(type)));
  const resources = [...types].flatMap((type) => stack.all(type));
  const policies = resources.filter(({ properties }) => documentIn(properties) !== undefined);
  const ofResources = policies.map(({ path, properties }) => ({
    path,
    statements: statementsIn(documentIn(properties)),
  }));
  return [...ofRoles, ...ofResources];
}

function documentIn(policy: unknown): Json | undefined {
  return (policy as Readonly<Record<string, Json>>)['PolicyDocument'];
}

function statementsIn(document: Json | undefined): Statement[] {
  const { Statement } = document as unknown as { Statement: Statement | Statement[] };
  return [Statement].flat();
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
