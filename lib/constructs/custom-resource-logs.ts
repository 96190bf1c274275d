import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Aspects, CfnResource, type IAspect, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { ResourceNames } from '../config/names';

export interface CustomResourceLogsProps {
  readonly names: ResourceNames;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * One log group for the functions behind the custom resources. A function without one makes its own, which never
 * expires and stays behind when the stack is deleted.
 */
export class CustomResourceLogs extends Construct {
  public readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: CustomResourceLogsProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Resource', {
      logGroupName: props.names.logGroups.customResources,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    Aspects.of(Stack.of(this)).add(new LogTo(this.logGroup));
  }
}

/**
 * The CDK's own providers have no property for their log group; this sets it on every function. It also takes off the
 * `DependsOn` they carry: the role it names is referenced anyway (cfn-lint W3005).
 */
class LogTo implements IAspect {
  constructor(private readonly logGroup: ILogGroup) {}

  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::Lambda::Function') {
      acknowledge(node.node.scope ?? node, {
        'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
          'The CDK gives its own functions this policy, which lets them write logs and nothing else.',
      });
      node.addPropertyOverride('LoggingConfig', { LogGroup: this.logGroup.logGroupName });
      node.addDeletionOverride('DependsOn');
    }
  }
}
