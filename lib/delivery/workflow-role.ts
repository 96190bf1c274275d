import { PolicyDocument, type PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Issuer of the tokens of GitHub's workflows. */
export const GITHUB = 'token.actions.githubusercontent.com';

/** Audience of the tokens, for which `aws-actions/configure-aws-credentials` asks GitHub. */
export const AUDIENCE = 'sts.amazonaws.com';

/** The branch that deploys, as a token names it. */
export const MAIN = 'refs/heads/main';

/** The longest session, in hours, of a role that deploys; deploy-stack.yml asks for the same. */
export const SESSION_HOURS = 4;

export interface WorkflowRoleProps {
  readonly roleName: string;
  readonly description: string;
  /** The ARN of the account's identity provider for GitHub. */
  readonly providerArn: string;
  /** Repository whose workflows assume the role, as in the subject of their tokens: `owner/name`, perhaps with ids. */
  readonly repository: string;
  /** Subject of the tokens behind the repository: `environment:dev`, `pull_request`. */
  readonly subject: string;
  /**
   * Files in .github/workflows, as they are on the branch main; a called workflow is a file of its own.
   * @default - any file, of any branch
   */
  readonly workflows?: readonly string[];
  /**
   * Branch whose workflows assume the role, `refs/heads/main`.
   * @default - as the subject says
   */
  readonly ref?: string;
  readonly statements: readonly PolicyStatement[];
  /**
   * Longest session, in hours.
   * @default 1
   */
  readonly sessionHours?: number;
}

/** A role that workflows of one repository assume with one of GitHub's tokens. */
export class WorkflowRole extends Role {
  constructor(scope: Construct, id: string, props: WorkflowRoleProps) {
    super(scope, id, {
      roleName: props.roleName,
      description: props.description,
      maxSessionDuration: Duration.hours(props.sessionHours ?? 1),
      assumedBy: new WebIdentityPrincipal(props.providerArn, { StringEquals: tokenOf(props) }),
      inlinePolicies: {
        ProoflinkDelivery: new PolicyDocument({
          statements: [...props.statements],
        }),
      },
    });
  }
}

/** Claims that a token must have, letter by letter (docs/decisions/0011). */
function tokenOf({ repository, subject, workflows = [], ref }: WorkflowRoleProps): Record<string, string | string[]> {
  // GitHub documents ids for the subject only: AWS compares the files with both forms of the repository's name.
  const names = [...new Set([repository, repository.replaceAll(/@\d+/g, '')])];
  const files = names.flatMap((name) => workflows.map((file) => `${name}/.github/workflows/${file}@${MAIN}`));
  return {
    [`${GITHUB}:aud`]: AUDIENCE,
    [`${GITHUB}:sub`]: `repo:${repository}:${subject}`,
    ...(files.length > 0 && { [`${GITHUB}:job_workflow_ref`]: files }),
    ...(ref !== undefined && { [`${GITHUB}:ref`]: ref }),
  };
}
