import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Aspects,
  CfnResource,
  CustomResource,
  CustomResourceProviderBase,
  type RemovalPolicy,
  Stack,
} from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { ResourceNames } from '../config/names';

export interface CustomResourcesProps {
  readonly names: ResourceNames;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** Log group of the custom resources' functions, and the order of their calls. */
export class CustomResources extends Construct {
  /**
   * One log group for all functions. A function without one makes its own, which never expires and stays behind when
   * the stack is deleted.
   */
  public readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: CustomResourcesProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Resource', {
      logGroupName: props.names.logGroups.customResources,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    Aspects.of(Stack.of(this)).add({
      visit: (node) => {
        if (CfnResource.isCfnResource(node)) this.logHere(node);
      },
    });
  }

  /**
   * Rights of a function's role to log. Not `AWSLambdaBasicExecutionRole`, which may make groups: lines that arrive
   * after the function's deletion would make the group anew, and its name would block the next deploy.
   */
  public mayLog(): PolicyStatement {
    return new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });
  }

  /** Calls the functions after something slow: rights that were just given are not in force yet. */
  public callAfter(slow: IDependable): void {
    Aspects.of(Stack.of(this)).add({
      visit: (node) => {
        if (node instanceof CustomResource) node.node.addDependency(slow);
      },
    });
  }

  /** The CDK's own providers have no properties for their log group and their role. */
  private logHere(resource: CfnResource): void {
    const provider = resource.node.scope;
    if (resource.cfnResourceType === 'AWS::IAM::Role' && provider instanceof CustomResourceProviderBase) {
      provider.addToRolePolicy(this.mayLog().toStatementJson());
      resource.addPropertyDeletionOverride('ManagedPolicyArns');
    }
    if (resource.cfnResourceType === 'AWS::Lambda::Function') {
      const logsElsewhere = resource instanceof CfnFunction && resource.loggingConfig;
      if (!logsElsewhere) resource.addPropertyOverride('LoggingConfig', { LogGroup: this.logGroup.logGroupName });
      // The role that they depend on is referenced anyway (cfn-lint W3005).
      resource.addDeletionOverride('DependsOn');
    }
  }
}
