import { OidcProviderNative, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../acknowledge';
import { capitalize, deliveryRoleNames, type ResourceNames } from '../config/names';
import { assumeBootstrapRoles } from './bootstrap-roles';
import { pushImages } from './push-images';
import { releaseRights } from './release-rights';
import { AUDIENCE, GITHUB, MAIN, SESSION_HOURS, WorkflowRole } from './workflow-role';

export interface DeliveryStackProps extends StackProps {
  readonly repository: string;
  /** Repository that builds the application's images; `undefined`: no push from GitHub. */
  readonly applicationRepository: string | undefined;
  /** The identity provider for GitHub that the account has already; `undefined`: this stack makes it. */
  readonly providerArn: string | undefined;
  /** Ending of the repository's variables: none, or `_DEV` where several accounts have a role each. */
  readonly variableEndings: readonly string[];
  readonly environments: readonly DeliveredEnvironment[];
}

/** An environment that GitHub deploys. */
interface DeliveredEnvironment {
  readonly name: string;
  readonly region: string;
  readonly names: ResourceNames;
}

/**
 * Access of GitHub Actions to AWS (docs/decisions/0011). It needs the roles of `cdk bootstrap` and nothing of the
 * environments, so that it can be the first stack in an account.
 */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props);
    const providerArn =
      props.providerArn ??
      new OidcProviderNative(this, 'GitHub', { url: `https://${GITHUB}`, clientIds: [AUDIENCE] }).oidcProviderArn;
    const variables = (name: string) =>
      `Variable ${props.variableEndings.map((ending) => name + ending).join(' and ')} of the repository`;
    const { repository, applicationRepository } = props;

    const ownStacks = this.formatArn({
      service: 'cloudformation',
      region: '*',
      resource: 'stack',
      resourceName: 'Prooflink*/*',
    });
    const diff = new WorkflowRole(this, 'Diff', {
      providerArn,
      repository,
      // A pull request brings its own workflows along: its author may read what this role reads.
      subject: 'pull_request',
      roleName: deliveryRoleNames.diff,
      description: 'Pull requests compare their stacks with what is deployed',
      statements: [
        new PolicyStatement({
          sid: 'DeployedTemplates',
          actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
          resources: [ownStacks],
        }),
      ],
    });
    acknowledgeWildcard(diff, ownStacks, 'A pull request may bring an environment along, and AWS makes a stack’s id.');
    this.output('DiffRoleArn', variables('DIFF_ROLE_ARN'), diff.roleArn);

    // `cdk drift` assumes no role by itself: its workflow goes on to the lookup role, which reads every region.
    const drift = new WorkflowRole(this, 'Drift', {
      providerArn,
      repository,
      subject: `ref:${MAIN}`,
      workflows: ['drift.yml', 'deploy-stack.yml'],
      roleName: deliveryRoleNames.drift,
      description: 'Every night main looks for what was changed by hand',
      statements: [assumeBootstrapRoles(this, this.region, 'lookup')],
    });
    this.output('DriftRoleArn', variables('DRIFT_ROLE_ARN'), drift.roleArn);

    for (const { name, region, names } of props.environments) {
      const deploy = new WorkflowRole(this, `Deploy${capitalize(name)}`, {
        providerArn,
        repository,
        // GitHub's settings alone say which branches the environment admits: a recreated one admits them all.
        subject: `environment:${name}`,
        workflows: ['deploy-stack.yml'],
        ref: MAIN,
        roleName: deliveryRoleNames.deploy(name),
        description: `The GitHub environment ${name} deploys`,
        statements: [assumeBootstrapRoles(this, region, 'deploy', 'filePublishing', 'imagePublishing', 'lookup')],
        sessionHours: SESSION_HOURS,
      });
      this.output(
        `DeployRoleArn${capitalize(name)}`,
        `Variable DEPLOY_ROLE_ARN of the GitHub environment ${name}`,
        deploy.roleArn,
      );
      const rights = releaseRights(this, name, region, names);
      const release = new WorkflowRole(this, `Release${capitalize(name)}`, {
        providerArn,
        repository,
        subject: `environment:${name}`,
        workflows: ['release.yml'],
        ref: MAIN,
        roleName: deliveryRoleNames.release(name),
        description: `The GitHub environment ${name} releases image tags`,
        statements: rights,
        sessionHours: SESSION_HOURS,
      });
      for (const arn of rights.flatMap(({ resources }) => resources).filter((resource) => resource.endsWith('*'))) {
        acknowledgeWildcard(
          release,
          arn,
          'Each release makes a new one, or AWS knows no resource; conditions narrow it.',
        );
      }
      this.output(
        `ReleaseRoleArn${capitalize(name)}`,
        `Variable RELEASE_ROLE_ARN of the GitHub environment ${name}`,
        release.roleArn,
      );
      if (applicationRepository === undefined) continue;
      const push = new WorkflowRole(this, `Push${capitalize(name)}`, {
        providerArn,
        repository: applicationRepository,
        subject: `environment:${name}`,
        workflows: ['release.yml'],
        ref: MAIN,
        roleName: deliveryRoleNames.push(name),
        description: `The application's GitHub environment ${name} pushes images`,
        statements: pushImages(
          Object.values(names.repositories).map((resourceName) =>
            this.formatArn({ service: 'ecr', region, resource: 'repository', resourceName }),
          ),
        ),
      });
      acknowledge(push, { 'AwsSolutions-IAM5[Resource::*]': 'A login to the registry as a whole knows no resource.' });
      this.output(
        `PushRoleArn${capitalize(name)}`,
        `Variable PUSH_ROLE_ARN of the GitHub environment ${name} of the application's repository`,
        push.roleArn,
      );
    }
  }

  private output(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }
}
