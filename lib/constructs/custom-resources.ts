import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  type CfnResource,
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

  /** Calls our functions after something slow: rights that were just given are not in force yet. */
  public callAfter(slow: IDependable): void {
    this.prerequisites.add(slow);
  }

  /**
   * Adapts the custom resources that the CDK creates below a construct of ours, and their functions. A team's own custom
   * resources and functions stay as they are.
   */
  public adapt(owner: IConstruct): void {
    for (const construct of owner.node.findAll()) {
      if (!(construct instanceof CustomResource)) continue;
      construct.node.addDependency(this.prerequisites);
      const { cfnResourceType } = construct.node.defaultChild as CfnResource;
      // The CDK names a stack's provider after the type of its resources.
      const provider = Stack.of(this).node.tryFindChild(`${cfnResourceType}CustomResourceProvider`);
      if (provider instanceof CustomResourceProviderBase) this.logToGroup(provider);
    }
  }

  private logToGroup(provider: CustomResourceProviderBase): void {
    const role = provider.node.tryFindChild('Role') as CfnResource;
    const handler = provider.node.tryFindChild('Handler') as CfnResource;
    provider.addToRolePolicy(this.mayLog().toStatementJson());
    role.addPropertyDeletionOverride('ManagedPolicyArns');
    handler.addPropertyOverride('LoggingConfig', { LogGroup: this.logGroup.logGroupName });
  }
}
