import { IAM } from '@aws-sdk/client-iam';
import { objectsOf } from '@infra/common/values';
import { readAll } from '@infra/operate/deployed/pages';
import type { Addition, ComparedResource, Comparison } from './comparison';
import { actualPolicy, expectedPolicy } from './policy-document';

/** Comparison of an inline policy. The template may attach it to several roles; this app's policies have one. */
export const INLINE_POLICY: Comparison = {
  expects: expectedPolicy,
  read: async ({ environment, properties: { Roles, PolicyName } }) => {
    const { PolicyDocument = '' } = await environment.client(IAM).getRolePolicy({ RoleName: Roles[0], PolicyName });
    return actualPolicy(decodeURIComponent(PolicyDocument));
  },
  fix: ({ properties: { Roles, PolicyName, PolicyDocument } }) => [
    'iam put-role-policy',
    { RoleName: Roles[0], PolicyName, PolicyDocument },
  ],
};

/** Reads the policies of a role that the template does not give to it. */
export async function readAddedPolicies(compared: ComparedResource): Promise<Addition[]> {
  const iam = compared.environment.client(IAM);
  const RoleName = compared.physicalId;
  const inlineNames = await readAll(iam.paginateListRolePolicies({ RoleName }), 'PolicyNames');
  const attachedPolicies = await readAll(iam.paginateListAttachedRolePolicies({ RoleName }), 'AttachedPolicies');
  const attachedArns = attachedPolicies.map(({ PolicyArn = '' }) => PolicyArn);
  const templateNames = inlinePolicyNames(compared);
  const templateArns = listOf(compared.properties['ManagedPolicyArns']);
  const addedNames = inlineNames.filter((name) => !templateNames.includes(name));
  const addedArns = attachedArns.filter((arn) => !templateArns.includes(arn));
  return [
    ...addedNames.map((PolicyName): Addition => ({
      property: 'InlinePolicies',
      text: PolicyName,
      fix: ['iam delete-role-policy', { RoleName, PolicyName }],
    })),
    ...addedArns.map((PolicyArn): Addition => ({
      property: 'ManagedPolicies',
      text: PolicyArn,
      fix: ['iam detach-role-policy', { RoleName, PolicyArn }],
    })),
  ];
}

/** Names of the inline policies that the template gives to a role: within the role, or as resources of type Policy. */
function inlinePolicyNames({ stackResources, properties, physicalId: roleName }: ComparedResource): unknown[] {
  const policiesOfRole = stackResources.filter(
    (resource) => resource.type === 'AWS::IAM::Policy' && listOf(resource.properties['Roles']).includes(roleName),
  );
  return [
    ...objectsOf(properties['Policies']).map(({ PolicyName }) => PolicyName),
    ...policiesOfRole.map((policy) => policy.properties['PolicyName']),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
