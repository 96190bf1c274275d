import { type IGrantable, type IPrincipal, type IRole, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, Dependable, type IConstruct, type IDependable } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../acknowledge';
import { serviceOfThisAccount } from './service-principal';

export interface ContainerRolesProps {
  /** `undefined`: CloudFormation names the role. */
  readonly executionRoleName: string | undefined;
  readonly executionRoleDescription: string;
  /** `undefined`: CloudFormation names the role. */
  readonly taskRoleName: string | undefined;
  /** The name of the task role's policy. */
  readonly policyName: string;
  readonly bucket: IBucket;
  readonly logGroup: ILogGroup;
}

/**
 * The two roles of a container: the execution role, with which Fargate pulls the image, reads the secrets and writes
 * logs, and the task role, with which the application acts (guide 5-1, 5-2, 12-4).
 *
 * The guide's `AmazonECSTaskExecutionRolePolicy` pulls from every repository and writes to every log group of the
 * account; the execution role gets the same actions on its own from the constructs that use it.
 */
export class ContainerRoles extends Construct implements IGrantable {
  public readonly executionRole: IRole;
  public readonly taskRole: IRole;
  /** The task role for grants, as in `bucket.grantPut(roles)`: their rights are a policy of their own. */
  public readonly grantPrincipal: IPrincipal;
  /** Policies of both roles, those of later grants, too. */
  public readonly policies: IDependable = {};
  private readonly policy: Policy;

  constructor(scope: Construct, id: string, props: ContainerRolesProps) {
    super(scope, id);

    this.executionRole = new Role(this, 'ExecutionRole', {
      roleName: props.executionRoleName,
      description: props.executionRoleDescription,
      assumedBy: serviceOfThisAccount('ecs-tasks.amazonaws.com'),
    });
    acknowledge(this.executionRole, {
      'AwsSolutions-IAM5[Resource::*]': 'ecr:GetAuthorizationToken logs in to the registry; it knows no resource.',
    });

    this.taskRole = new Role(this, 'TaskRole', {
      roleName: props.taskRoleName,
      assumedBy: serviceOfThisAccount('ecs-tasks.amazonaws.com'),
    });
    this.policy = new Policy(this, 'TaskPolicy', {
      policyName: props.policyName,
      roles: [this.taskRole],
      statements: [
        new PolicyStatement({
          sid: 'S3Access',
          actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          resources: [props.bucket.arnForObjects('*')],
        }),
        new PolicyStatement({ sid: 'S3List', actions: ['s3:ListBucket'], resources: [props.bucket.bucketArn] }),
        new PolicyStatement({
          sid: 'CloudWatchLogs',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [props.logGroup.logGroupArn],
        }),
      ],
    });
    acknowledgeWildcard(this.policy, props.bucket.arnForObjects('*'), 'The application uses every file of its bucket.');
    // In the task role's own default policy, a finding of cdk-nag would be acknowledged together with that of ECS Exec.
    this.grantPrincipal = Role.fromRoleName(this, 'Grants', this.taskRole.roleName);
    Dependable.implement(this.policies, new LatePolicies(this));
  }

  /** Adds a right of the application. */
  public addToTaskPolicy(statement: PolicyStatement): void {
    this.policy.addStatements(statement);
  }
}

/** Policies below a construct, found once the stack is complete. */
class LatePolicies extends Dependable {
  constructor(private readonly scope: IConstruct) {
    super();
  }

  public override get dependencyRoots(): IConstruct[] {
    return this.scope.node.findAll().filter((construct) => construct instanceof Policy);
  }
}
