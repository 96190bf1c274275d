import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

export interface EcsServiceLinkedRoleProps {
  readonly customResourceLogs: ILogGroup;
}

/**
 * Makes sure that the account has ECS's service-linked role before the first cluster is made. ECS makes the role on
 * that very call, and in a new account often fails since the role is not there yet.
 *
 * Not `AWS::IAM::ServiceLinkedRole`: that fails where the account has the role already, and deletes a role that other
 * clusters use.
 */
export class EcsServiceLinkedRole extends Construct {
  constructor(scope: Construct, id: string, props: EcsServiceLinkedRoleProps) {
    super(scope, id);
    const serviceName = 'ecs.amazonaws.com';

    new AwsCustomResource(this, 'Resource', {
      onCreate: {
        service: 'IAM',
        action: 'createServiceLinkedRole',
        parameters: { AWSServiceName: serviceName },
        // The one input is fixed, so that the only invalid thing about it can be "has been taken in this account".
        ignoreErrorCodesMatching: 'InvalidInput',
        physicalResourceId: PhysicalResourceId.of(serviceName),
      },
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({
          actions: ['iam:CreateServiceLinkedRole'],
          resources: [
            Stack.of(this).formatArn({
              service: 'iam',
              region: '',
              resource: 'role',
              resourceName: `aws-service-role/${serviceName}/AWSServiceRoleForECS`,
              arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
            }),
          ],
          conditions: { StringEquals: { 'iam:AWSServiceName': serviceName } },
        }),
      ]),
      installLatestAwsSdk: false,
      logGroup: props.customResourceLogs,
    });
  }
}
