import { type GitHubApi, orMissing } from '../github';

/** Protection of a GitHub environment, as far as a deployment depends on it. */
export interface Protection {
  readonly name: string;
  /** True if a deployment waits for an approval. */
  readonly asksReviewer: boolean;
  /** Branches and tags that may deploy; undefined if any may. */
  readonly admitted: readonly string[] | undefined;
}

/** GitHub's answer on an environment. */
interface EnvironmentAnswer {
  readonly protection_rules: readonly { readonly type: string }[];
  readonly deployment_branch_policy?: BranchPolicy | null;
}

interface BranchPolicy {
  /** False if all protected branches may deploy. */
  readonly custom_branch_policies: boolean;
}

/** GitHub's answer on the branches and tags that an environment admits. */
interface CustomPoliciesAnswer {
  readonly branch_policies: readonly CustomPolicy[];
}

/** Name, or pattern of names, of a branch or tag. */
interface CustomPolicy {
  readonly name: string;
  readonly type?: string;
}

/** Reads the protection of a GitHub environment. Without the environment, or its rules, everything passes. */
export async function readProtection(name: string, github: GitHubApi): Promise<Protection> {
  const { protection_rules: rules, deployment_branch_policy: policy } = await github
    .get<EnvironmentAnswer>(`environments/${name}`)
    .catch(orMissing<EnvironmentAnswer>({ protection_rules: [] }));
  return {
    name,
    asksReviewer: rules.some(({ type }) => type === 'required_reviewers'),
    admitted: policy ? await readAdmitted(name, policy, github) : undefined,
  };
}

async function readAdmitted(name: string, policy: BranchPolicy, github: GitHubApi): Promise<string[]> {
  if (!policy.custom_branch_policies) return ['protected branches'];
  const path = `environments/${name}/deployment-branch-policies?per_page=100`;
  const { branch_policies: policies } = await github.get<CustomPoliciesAnswer>(path);
  return policies.map(describePolicy);
}

/** A branch by its name alone, a tag as one. */
function describePolicy({ name, type = 'branch' }: CustomPolicy): string {
  return type === 'branch' ? name : `${type} ${name}`;
}

/**
 * Reasons for which environments must not be deployed to: one that admits more than the branch main. AWS gives its role to
 * whatever it admits, and that has not been reviewed.
 */
export function reasonsAgainst(protections: readonly Protection[]): string[] {
  const open = protections.filter(({ admitted }) => !isMainAlone(admitted));
  return open.map(reasonAgainst);
}

function isMainAlone(admitted: Protection['admitted']): boolean {
  return admitted?.length === 1 && admitted[0] === 'main';
}

function reasonAgainst({ name, admitted }: Protection): string {
  return (
    `the GitHub environment ${name} admits ${listOf(admitted)}, and has to admit the branch main alone. Set that in the ` +
    `repository's settings, under Environments, ${name}, "Deployment branches and tags" (docs/delivery.md, step 2).`
  );
}

function listOf(admitted: Protection['admitted']): string {
  if (admitted === undefined) return 'every branch';
  return admitted.join(', ') || 'nothing';
}
