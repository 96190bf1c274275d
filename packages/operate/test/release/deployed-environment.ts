import { Part, stackId } from '@infra/commands/app';
import { template } from '@infra/testing/assembly';
import type { Template } from '@infra/testing/template';
import type { Answers } from '../support/answer-commands';

/** Answers of CloudFormation on a deployed environment, whose web image has a tag. */
export function deployedEnvironment(
  name: 'dev' | 'prod',
  appImageTag: string,
  { status = 'UPDATE_COMPLETE', deployed = template(name) }: { status?: string; deployed?: Template } = {},
): Answers {
  const resources = Object.entries(deployed.Resources);
  return {
    DescribeStacks: {
      Stacks: [
        {
          StackName: stackId(name),
          StackStatus: status,
          Parameters: [{ ParameterKey: 'AppImageTag', ParameterValue: appImageTag }],
          Outputs: [{ OutputKey: 'SettingsSecretArn', OutputValue: 'arn:secret' }],
        },
      ],
    },
    ListStackResources: {
      StackResourceSummaries: resources.map(([LogicalResourceId, { Type }]) => ({
        LogicalResourceId,
        PhysicalResourceId:
          Type === Part.webService.type ? `arn:aws:ecs:…:service/prooflink-${name}-cluster/service` : LogicalResourceId,
      })),
    },
    GetTemplate: { TemplateBody: JSON.stringify(deployed) },
    DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', DBInstanceStatus: 'available' }] },
    ListTasks: {},
    DescribeServices: { services: [{}] },
    DescribeTargetHealth: {},
  };
}

/** The template of dev with a migration, which its config lacks. */
export function devThatMigrates(): Template {
  const deployed = template('dev');
  deployed.Resources['Migration'] = {
    Type: Part.migration.type,
    Metadata: { 'aws:cdk:path': `ProoflinkDev/${Part.migration.path}/Resource` },
  };
  return deployed;
}

/** The template of dev without the job that imports users. */
export function devWithoutImport(): Template {
  const deployed = template('dev');
  const kept = Object.entries(deployed.Resources).filter(([, { Type }]) => Type !== Part.jobDefinition.type);
  return { ...deployed, Resources: Object.fromEntries(kept) };
}
