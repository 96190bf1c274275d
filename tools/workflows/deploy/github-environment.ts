import { type GitHubApi, orMissing } from '../github';

/** Protection of a GitHub environment, as far as a deployment depends on it. */
export interface Protection {
  readonly name: string;
  /** True if a deployment waits for an approval. */
  readonly asksReviewer: boolean;
  /** Branches and tags that may deploy; undefined if any may. */
  readonly admitted: readonly string[] | undefined;
}

interface Environment {
  readonly protection_rules: readonly { readonly type: string }[];
  readonly deployment_branch_policy?: { readonly custom_branch_policies: boolean } | null;
}

interface BranchPolicies {
  readonly branch_policies: readonly { readonly name: string; readonly type?: string }[];
}

/** Reads the protection of a GitHub environment. Without the environment, or its rules, everything passes. */
export async function readProtection(name: string, github: GitHubApi): Promise<Protection> {
  const { protection_rules: rules, deployment_branch_policy: policy } = await github
    .get<Environment>(`environments/${name}`)
    .catch(orMissing<Environment>({ protection_rules: [] }));
  return {
    name,
    asksReviewer: rules.some(({ type }) => type === 'required_reviewers'),
    admitted: policy ? await readAdmitted(name, policy, github) : undefined,
  };
}

async function readAdmitted(
  name: string,
  policy: { readonly custom_branch_policies: boolean },
  github: GitHubApi,
): Promise<string[]> {
  if (!policy.custom_branch_policies) return ['protected branches'];
  const { branch_policies: policies } = await github.get<BranchPolicies>(
    `environments/${name}/deployment-branch-policies?per_page=100`,
  );
  return policies.map(({ name: admitted, type = 'branch' }) => (type === 'branch' ? admitted : `${type} ${admitted}`));
}

/**
 * Reasons for which environments must not be deployed to: one that admits more than the branch main. AWS gives its role to
 * whatever it admits, and that has not been reviewed.
 */
export function reasonsAgainst(protections: readonly Protection[]): string[] {
  return protections.filter(({ admitted }) => !isMainAlone(admitted)).map(describe);
}

function isMainAlone(admitted: Protection['admitted']): boolean {
  return admitted?.length === 1 && admitted[0] === 'main';
}

function describe({ name, admitted }: Protection): string {
  const what = admitted === undefined ? 'every branch' : admitted.join(', ') || 'nothing';
  return (
    `the GitHub environment ${name} admits ${what}, and has to admit the branch main alone. Set that in the repository's ` +
    `settings, under Environments, ${name}, "Deployment branches and tags" (docs/delivery.md, step 2).`
  );
}
