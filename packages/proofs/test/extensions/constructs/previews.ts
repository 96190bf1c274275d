import { type CfnRole, type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { EventType, type IBucket } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { type CfnResource, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResourceNames } from '../../../../../lib/config/names';

export interface PreviewsProps {
  readonly names: ResourceNames;
  readonly bucket: IBucket;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly database: IDatabaseInstance;
}

/** A function that the bucket calls for each new file. */
export class Previews extends Construct {
  constructor(scope: Construct, id: string, { names, bucket, database, logRetention, removalPolicy }: PreviewsProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${names.prefix}-previews`,
      retention: logRetention,
      removalPolicy,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const preview = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      role,
      logGroup,
    });
    bucket.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(preview), { prefix: 'evidences/' });
    // It calls S3 at once, and IAM may need longer until the rights of its new role are in force.
    bucket.node.findChild('Notifications').node.findChild('Resource').node.addDependency(database);
    // The CDK's own function, which writes the notifications of all buckets of the stack.
    const handler = Stack.of(this).node.findChild('BucketNotificationsHandler050a0587b7544547bf325f094a3db834');
    (handler.node.defaultChild as CfnResource).addPropertyOverride('LoggingConfig', {
      LogGroup: logGroup.logGroupName,
    });
    // AWS's policy lets it create groups: a line after its deletion would, and the next deploy would find the name taken.
    const handlerRole = handler.node.findChild('Role') as IRole;
    (handlerRole.node.defaultChild as CfnRole).managedPolicyArns = undefined;
    logGroup.grantWrite(handlerRole);
  }
}
