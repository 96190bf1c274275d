/** The physical names of an environment's resources: the guide's, with the environment in them. */
export interface ResourceNames {
  /** Guide 1-1: the prefix of the VPC's, subnets' and gateway's `Name` tags. */
  readonly prefix: string;
  /** Guide 2-1, 2-2, 2-3, 12-2. */
  readonly securityGroups: { readonly alb: string; readonly ecs: string; readonly rds: string; readonly batch: string };
  /** Guide 3-1. */
  readonly dbSubnetGroup: string;
  /** Guide 3-2. */
  readonly dbInstance: string;
  /** Guide 4-1, without the account id that ends it. */
  readonly bucketPrefix: string;
  /** Guide 5-1, 5-2, 12-4. */
  readonly roles: {
    readonly ecsExecution: string;
    readonly ecsTask: string;
    readonly batchExecution: string;
    readonly batchTask: string;
  };
  /** Guide 6-1, 12-5. */
  readonly repositories: { readonly app: string; readonly batch: string };
  /** Guide 7-1. */
  readonly cluster: string;
  /** Guide 7-2, 12-6. */
  readonly logGroups: {
    readonly app: string;
    readonly batch: string;
    readonly customResources: string;
    readonly firewall: string;
  };
  /** Guide 7-3. */
  readonly taskFamily: string;
  /** Not in the guide: the task that a release runs once. */
  readonly migrationFamily: string;
  /** Not in the guide, which leaves the service to the console. */
  readonly service: string;
  /** Guide 9-1. */
  readonly targetGroup: string;
  /** Guide 9-2. */
  readonly loadBalancer: string;
  /** Not in the guide. */
  readonly firewall: string;
  /** Guide 12-7, 12-8, 12-9. */
  readonly computeEnvironment: string;
  readonly jobQueue: string;
  readonly jobDefinition: string;
}

/** The names in one environment, `dev` or `prod`. */
export function resourceNames(environment: string): ResourceNames {
  const prefix = `prooflink-${environment}`;
  return {
    prefix,
    securityGroups: {
      alb: `${prefix}-alb-sg`,
      ecs: `${prefix}-ecs-sg`,
      rds: `${prefix}-rds-sg`,
      batch: `${prefix}-batch-sg`,
    },
    dbSubnetGroup: `${prefix}-db-subnet-group`,
    dbInstance: `${prefix}-db`,
    bucketPrefix: `${prefix}-files-`,
    roles: {
      ecsExecution: `${prefix}-ecs-task-execution-role`,
      ecsTask: `${prefix}-ecs-task-role`,
      batchExecution: `${prefix}-batch-execution-role`,
      batchTask: `${prefix}-batch-task-role`,
    },
    repositories: { app: `${prefix}-app`, batch: `${prefix}-batch` },
    cluster: `${prefix}-cluster`,
    logGroups: {
      app: `/ecs/${prefix}-app`,
      batch: `/aws/batch/${prefix}`,
      customResources: `/aws/lambda/${prefix}-custom-resources`,
      // AWS WAF writes to no log group whose name begins otherwise.
      firewall: `aws-waf-logs-${prefix}`,
    },
    taskFamily: `${prefix}-task`,
    migrationFamily: `${prefix}-migration`,
    service: `${prefix}-service`,
    targetGroup: `${prefix}-tg`,
    loadBalancer: `${prefix}-alb`,
    firewall: `${prefix}-firewall`,
    computeEnvironment: `${prefix}-compute-env`,
    jobQueue: `${prefix}-job-queue`,
    jobDefinition: `${prefix}-user-import`,
  };
}

/** The physical names of the roles that GitHub's workflows assume. */
export const deliveryRoleNames = {
  drift: 'prooflink-delivery-drift',
  deploy: (environment: string) => `prooflink-delivery-deploy-${environment}`,
  release: (environment: string) => `prooflink-delivery-release-${environment}`,
  push: (environment: string) => `prooflink-delivery-push-${environment}`,
};

/** The id of the stack of an environment, or of `delivery`: `ProoflinkDev` for `dev`. */
export function stackId(name: string): string {
  return `Prooflink${capitalize(name)}`;
}

export function capitalize(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
