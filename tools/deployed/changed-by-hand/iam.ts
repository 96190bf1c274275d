import { IAM } from '@aws-sdk/client-iam';
import { objectsOf } from '@infra/common/values';
import { readAll } from '../pages';
import type { ComparedResource, Comparison, Properties } from './comparison';
import { actualPolicy, expectedPolicy } from './policy-document';

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

  // CloudFormation compares the other properties of a role, but ignores policies that no template gives to the role. The
  // two lists have only such policies, so that they are expected to be empty. The lists' names are printed in words.
  'AWS::IAM::Role': {
    expects: () => ({ InlinePolicies: [], ManagedPolicies: [] }),
    read: readExtraPolicies,
    fix: ({ physicalId: RoleName }, { difference }) => {
      // IAM's operations do not create a deleted role with its policies; a deployment does.
      if (typeof difference?.actual !== 'string') return undefined;
      if (difference.path.startsWith('/InlinePolicies/')) {
        return ['iam delete-role-policy', { RoleName, PolicyName: difference.actual }];
      }
      return ['iam detach-role-policy', { RoleName, PolicyArn: difference.actual }];
    },
  },
};

/** Reads the policies of a role that the template does not give to it. */
async function readExtraPolicies(compared: ComparedResource): Promise<Properties> {
  const iam = compared.environment.client(IAM);
  const RoleName = compared.physicalId;
  const inlineNames = await readAll(iam.paginateListRolePolicies({ RoleName }), 'PolicyNames');
  const attachedPolicies = await readAll(iam.paginateListAttachedRolePolicies({ RoleName }), 'AttachedPolicies');
  const attachedArns = attachedPolicies.map(({ PolicyArn }) => PolicyArn);
  const expectedNames = inlinePolicyNames(compared);
  const expectedArns = listOf(compared.properties['ManagedPolicyArns']);
  return {
    InlinePolicies: inlineNames.filter((name) => !expectedNames.includes(name)),
    ManagedPolicies: attachedArns.filter((arn) => !expectedArns.includes(arn)),
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
