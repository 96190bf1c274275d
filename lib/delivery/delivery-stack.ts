import { OidcProviderNative, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../acknowledge';
import { capitalize, deliveryRoleNames, type ResourceNames, stackId } from '../config/names';
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
    const { repository, applicationRepository } = props;

    const drift = new WorkflowRole(this, 'Drift', {
      providerArn,
      repository,
      subject: `ref:${MAIN}`,
      workflows: ['drift-stack.yml', 'deploy-stack.yml'],
      roleName: deliveryRoleNames.drift,
      description: 'Reads what is deployed before a deployment, and every night what was changed by hand',
      statements: [
        // `drift` assumes no role by itself: its workflow goes on to the lookup role, which reads every region.
        assumeBootstrapRoles(this, this.region, 'lookup'),
        new PolicyStatement({
          sid: 'DeployedTemplates',
          actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
          resources: props.environments.map(({ name, region }) => this.stackArn(name, region)),
        }),
      ],
    });
    for (const { name, region } of props.environments) {
      acknowledgeWildcard(drift, this.stackArn(name, region), 'AWS makes a stack’s id.');
    }

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
        statements: [
          assumeBootstrapRoles(this, region, 'deploy', 'filePublishing'),
          new PolicyStatement({
            sid: 'ReviewedChangeSet',
            actions: [
              'cloudformation:DescribeChangeSet',
              'cloudformation:DescribeStackEvents',
              'cloudformation:DescribeStacks',
              'cloudformation:ExecuteChangeSet',
              'cloudformation:GetTemplate',
            ],
            resources: [this.stackArn(name, region)],
          }),
        ],
        sessionHours: SESSION_HOURS,
      });
      acknowledgeWildcard(deploy, this.stackArn(name, region), 'AWS makes a stack’s id.');
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
    }
  }

  /** ARN of an environment's stack, whose id AWS makes. */
  private stackArn(name: string, region: string): string {
    return this.formatArn({
      service: 'cloudformation',
      region,
      resource: 'stack',
      resourceName: `${stackId(name)}/*`,
    });
  }
}
