import { Match, Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { WorkflowRole, type WorkflowRoleProps } from '../../lib/delivery/workflow-role';
import { newStack } from '../support/construct';

const ROLE = 'AWS::IAM::Role';
const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
const GITHUB = 'token.actions.githubusercontent.com';

function build(props: Partial<WorkflowRoleProps> = {}): Template {
  const stack = newStack();
  new WorkflowRole(stack, 'Role', {
    roleName: 'test',
    description: 'A test',
    providerArn: PROVIDER,
    repository: 'owner@12/name@34',
    subject: 'environment:dev',
    statements: [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['*'] })],
    ...props,
  });
  return Template.fromStack(stack);
}

/** The role is assumed with a token of GitHub that has these claims, letter by letter. */
function trusts(template: Template, claims: Readonly<Record<string, unknown>>): void {
  const entries = Object.entries(claims).map(([claim, value]) => [`${GITHUB}:${claim}`, value] as const);
  const tokenOf: Record<string, unknown> = Object.fromEntries(entries);
  template.hasResourceProperties(ROLE, {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: PROVIDER },
          Condition: Match.objectEquals({ StringEquals: tokenOf }),
        },
      ],
    },
  });
}

test('a role trusts one repository and subject, for AWS alone', () => {
  trusts(build(), { aud: 'sts.amazonaws.com', sub: 'repo:owner@12/name@34:environment:dev' });
});

test('a role that names files and a branch trusts them alone, by both names of the repository', () => {
  // GitHub documents ids for the subject only: the files' claim may have the name without them.
  const file = '.github/workflows/deploy.yml@refs/heads/main';
  trusts(build({ workflows: ['deploy.yml'], ref: 'refs/heads/main' }), {
    aud: 'sts.amazonaws.com',
    sub: 'repo:owner@12/name@34:environment:dev',
    job_workflow_ref: [`owner@12/name@34/${file}`, `owner/name/${file}`],
    ref: 'refs/heads/main',
  });
});

test('a session ends after an hour, or after the given ones', () => {
  // AWS refuses a longer one, and a token that leaks is of use as long.
  build().hasResourceProperties(ROLE, { MaxSessionDuration: 3600 });
  build({ sessionHours: 4 }).hasResourceProperties(ROLE, { MaxSessionDuration: 14_400 });
});
