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
import { Construct, DependencyGroup, type IConstruct, type IDependable } from 'constructs';
import type { ResourceNames } from '../config/names';

export interface CustomResourcesProps {
  readonly names: ResourceNames;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Log group of the functions behind custom resources, and the order of their calls.
 *
 * The CDK creates most of these functions itself, and has no properties for their log group and their role.
 */
export class CustomResources extends Construct {
  /**
   * One log group for all functions. Without one, Lambda creates a group for each, which never expires and remains
   * when the stack is deleted.
   */
  public readonly logGroup: ILogGroup;
  private readonly prerequisites = new DependencyGroup();

  constructor(scope: Construct, id: string, props: CustomResourcesProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Resource', {
      logGroupName: props.names.logGroups.customResources,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    Aspects.of(Stack.of(this)).add({
      visit: (construct) => {
        this.adapt(construct);
      },
    });
  }

  /**
   * Rights of a function's role to log. Not `AWSLambdaBasicExecutionRole`, which may create groups: lines that arrive
   * after the function's deletion would create the group again, and its name would block the next deploy.
   */
  public mayLog(): PolicyStatement {
    return new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });
  }

  /** Calls the functions after something slow: rights that were just given are not in force yet. */
  public callAfter(slow: IDependable): void {
    this.prerequisites.add(slow);
  }

  private adapt(construct: IConstruct): void {
    if (construct instanceof CustomResource) construct.node.addDependency(this.prerequisites);
    if (construct instanceof CustomResourceProviderBase) construct.addToRolePolicy(this.mayLog().toStatementJson());
    if (!(construct instanceof CfnResource)) return;

    if (construct.cfnResourceType === 'AWS::IAM::Role' && construct.node.scope instanceof CustomResourceProviderBase) {
      construct.addPropertyDeletionOverride('ManagedPolicyArns');
    }
    if (construct.cfnResourceType === 'AWS::Lambda::Function') {
      const logsElsewhere = construct instanceof CfnFunction && construct.loggingConfig;
      if (!logsElsewhere) construct.addPropertyOverride('LoggingConfig', { LogGroup: this.logGroup.logGroupName });
      // The role that they depend on is referenced anyway (cfn-lint W3005).
      construct.addDeletionOverride('DependsOn');
    }
  }
}
