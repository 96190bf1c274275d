import { PolicyDocument, type PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Issuer of the tokens of GitHub's workflows. */
export const GITHUB = 'token.actions.githubusercontent.com';

/** Audience of the tokens, for which `aws-actions/configure-aws-credentials` asks GitHub. */
export const AUDIENCE = 'sts.amazonaws.com';

/** The longest session, in hours, of a role that deploys; deploy-stack.yml asks for the same. */
export const SESSION_HOURS = 4;

export interface WorkflowRoleProps {
  readonly roleName: string;
  readonly description: string;
  /** The ARN of the account's identity provider for GitHub. */
  readonly providerArn: string;
  /** Subjects of the tokens that may assume the role, letter by letter. */
  readonly subject: string;
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
      assumedBy: new WebIdentityPrincipal(props.providerArn, {
        StringEquals: { [`${GITHUB}:aud`]: AUDIENCE, [`${GITHUB}:sub`]: props.subject },
      }),
      inlinePolicies: {
        ProoflinkDelivery: new PolicyDocument({
          statements: [...props.statements],
        }),
      },
    });
  }
}
