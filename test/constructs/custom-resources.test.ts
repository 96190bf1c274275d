import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CfnWaitConditionHandle,
  CustomResource,
  CustomResourceProvider,
  CustomResourceProviderRuntime,
  RemovalPolicy,
  type Stack,
} from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CustomResources } from '../../lib/constructs/custom-resources';
import { names, newStack } from '../support/construct';

/** Two functions with a dead-letter queue, and a custom resource whose provider is the team's own. */
function addTeamResources(stack: Stack): void {
  for (const scope of [stack, new Construct(stack, 'Team')]) {
    new LambdaFunction(scope, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('0'),
      deadLetterQueueEnabled: true,
    });
  }
  const resourceType = 'Custom::Team';
  const serviceToken = CustomResourceProvider.getOrCreate(stack, resourceType, {
    codeDirectory: join(
      require.resolve('aws-cdk-lib/package.json'),
      '../custom-resource-handlers/dist/core/nodejs-entrypoint-handler',
    ),
    runtime: CustomResourceProviderRuntime.NODEJS_24_X,
  });
  new CustomResource(stack, 'TeamResource', { serviceToken, resourceType });
}

/** One of the CDK's own custom resources, adapted, beside the team's resources. */
function build(): Template {
  const stack = newStack();
  const customResources = new CustomResources(stack, 'CustomResources', {
    names,
    logRetention: RetentionDays.THREE_DAYS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  customResources.callAfter(new CfnWaitConditionHandle(stack, 'Slow'));
  addTeamResources(stack);
  customResources.adapt(new Vpc(stack, 'OwnVpc', { natGateways: 0, restrictDefaultSecurityGroup: true }));
  return Template.fromStack(stack);
}

function resourcesOf(template: Template): Record<string, unknown> {
  return (template.toJSON() as { Resources: Record<string, unknown> }).Resources;
}

test('a team’s functions and custom resources stay as the CDK wrote them', () => {
  // Without DependsOn, AWS creates a function before its role may send to the dead-letter queue, and refuses it. A custom
  // resource that waited for the database could never be what the database needs.
  const stack = newStack();
  addTeamResources(stack);
  const alone = resourcesOf(Template.fromStack(stack));
  const beside = Object.entries(resourcesOf(build())).filter(([id]) => id in alone);
  expect(Object.fromEntries(beside)).toEqual(alone);
});
