import { IAM } from '@aws-sdk/client-iam';
import { objectsOf } from '@infra/common/values';
import { readAll } from '../pages';
import type { ComparedResource, Comparison, Properties } from './comparison';
import { actualPolicy, expectedPolicy } from './policy-document';

/** List of the inline policies of a role that the template does not give to it. */
const INLINE_POLICIES = 'InlinePolicies';
/** List of the managed policies of a role that the template does not give to it. */
const MANAGED_POLICIES = 'ManagedPolicies';

/** Comparisons of inline policies and of roles. */
export const IAM_COMPARISONS: Readonly<Record<string, Comparison>> = {
  // The template may attach a policy to several roles; this app's policies have one.
  'AWS::IAM::Policy': {
    expects: expectedPolicy,
    read: async ({ environment, properties: { Roles, PolicyName } }) => {
      const { PolicyDocument = '' } = await environment.client(IAM).getRolePolicy({ RoleName: Roles[0], PolicyName });
      return actualPolicy(decodeURIComponent(PolicyDocument));
    },
    fix: ({ properties: { Roles, PolicyName, PolicyDocument } }) => [
      'iam put-role-policy',
      { RoleName: Roles[0], PolicyName, PolicyDocument },
    ],
  },

  // CloudFormation compares the properties of a role, but ignores policies that were added by hand. The two lists have
  // only such policies, and are expected to be empty. Reports call them `inline policies` and `managed policies`, which
  // property-name.ts makes of the lists' names.
  'AWS::IAM::Role': {
    expects: () => ({ [INLINE_POLICIES]: [], [MANAGED_POLICIES]: [] }),
    read: readAddedPolicies,
    fix: ({ physicalId: RoleName }, { difference }) => {
      // The role was deleted. IAM has no operation that creates it with its policies; a deployment does.
      if (!difference) return undefined;
      const { path, actual: addedPolicy } = difference;
      // The path is that of an item of one of the lists, `/InlinePolicies/0`.
      if (path.startsWith(`/${INLINE_POLICIES}/`)) {
        return ['iam delete-role-policy', { RoleName, PolicyName: addedPolicy }];
      }
      return ['iam detach-role-policy', { RoleName, PolicyArn: addedPolicy }];
    },
  },
};

/** Reads the policies of a role that the template does not give to it. */
async function readAddedPolicies(compared: ComparedResource): Promise<Properties> {
  const iam = compared.environment.client(IAM);
  const RoleName = compared.physicalId;
  const inlineNames = await readAll(iam.paginateListRolePolicies({ RoleName }), 'PolicyNames');
  const attachedPolicies = await readAll(iam.paginateListAttachedRolePolicies({ RoleName }), 'AttachedPolicies');
  const attachedArns = attachedPolicies.map(({ PolicyArn }) => PolicyArn);
  const expectedNames = inlinePolicyNames(compared);
  const expectedArns = listOf(compared.properties['ManagedPolicyArns']);
  return {
    [INLINE_POLICIES]: inlineNames.filter((name) => !expectedNames.includes(name)),
    [MANAGED_POLICIES]: attachedArns.filter((arn) => !expectedArns.includes(arn)),
  };
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
