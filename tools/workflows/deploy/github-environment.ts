import { type GitHubApi, valueIfNotFound } from '../github';

/** Rules of a GitHub environment on which a deployment depends. */
export interface Protection {
  readonly name: string;
  /** True if a deployment waits for the approval of a reviewer. */
  readonly asksReviewer: boolean;
  readonly admittedRefs: AdmittedRefs;
}

/** Branches and tags that may deploy to a GitHub environment. */
type AdmittedRefs =
  | { readonly kind: 'all' }
  | { readonly kind: 'protected-branches' }
  | { readonly kind: 'listed'; readonly policies: readonly RefPolicy[] };

/** GitHub's answer on an environment. */
interface EnvironmentAnswer {
  readonly protection_rules: readonly { readonly type: string }[];
  /** `null`: all branches and tags may deploy. */
  readonly deployment_branch_policy?: BranchPolicy | null;
}

interface BranchPolicy {
  /** True if the environment lists branches and tags; false if all protected branches may deploy. */
  readonly custom_branch_policies: boolean;
}

/** GitHub's answer on the branches and tags that an environment lists. */
interface RefPoliciesAnswer {
  readonly branch_policies: readonly RefPolicy[];
}

/** A listed branch or tag. */
interface RefPolicy {
  /** Name, or a pattern of names. */
  readonly name: string;
  /** A branch by default. */
  readonly type?: string;
}

/**
 * Reads the protection of a GitHub environment. One that does not exist, or has no rules, asks no reviewer and admits all
 * branches and tags.
 */
export async function readProtection(name: string, github: GitHubApi): Promise<Protection> {
  const { protection_rules: rules, deployment_branch_policy: branchPolicy } = await github
    .get<EnvironmentAnswer>(`environments/${name}`)
    .catch(valueIfNotFound<EnvironmentAnswer>({ protection_rules: [] }));
  return {
    name,
    asksReviewer: rules.some(({ type }) => type === 'required_reviewers'),
    admittedRefs: branchPolicy ? await readAdmittedRefs(name, branchPolicy, github) : { kind: 'all' },
  };
}

async function readAdmittedRefs(name: string, branchPolicy: BranchPolicy, github: GitHubApi): Promise<AdmittedRefs> {
  if (!branchPolicy.custom_branch_policies) return { kind: 'protected-branches' };
  const path = `environments/${name}/deployment-branch-policies?per_page=100`;
  const { branch_policies: policies } = await github.get<RefPoliciesAnswer>(path);
  return { kind: 'listed', policies };
}

/**
 * Reasons for which environments must not be deployed to: each one that does not admit exactly the branch main. Every run
 * that GitHub admits to an environment can assume its deploy role in AWS, and other branches have not been reviewed.
 */
export function reasonsAgainstDeployment(protections: readonly Protection[]): string[] {
  const tooOpen = protections.filter(({ admittedRefs }) => !isOnlyMain(admittedRefs));
  return tooOpen.map(describeReason);
}

function isOnlyMain(admittedRefs: AdmittedRefs): boolean {
  if (admittedRefs.kind !== 'listed') return false;
  const [policy, ...otherPolicies] = admittedRefs.policies;
  if (policy === undefined || otherPolicies.length > 0) return false;
  return isBranch(policy) && policy.name === 'main';
}

function isBranch({ type = 'branch' }: RefPolicy): boolean {
  return type === 'branch';
}

function describeReason({ name, admittedRefs }: Protection): string {
  return (
    `the GitHub environment ${name} admits ${describeRefs(admittedRefs)}, and has to admit the branch main alone. Set ` +
    `that in the repository's settings, under Environments, ${name}, "Deployment branches and tags" ` +
    '(docs/delivery.md, step 2).'
  );
}

function describeRefs(admittedRefs: AdmittedRefs): string {
  switch (admittedRefs.kind) {
    case 'all':
      return 'every branch';
    case 'protected-branches':
      return 'protected branches';
    case 'listed':
      return admittedRefs.policies.map(describePolicy).join(', ') || 'nothing';
  }
}

/** `main` for a branch, `tag v1` for a tag. */
function describePolicy(policy: RefPolicy): string {
  return isBranch(policy) ? policy.name : `${policy.type} ${policy.name}`;
}
