import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnDBInstance,
  Credentials,
  DatabaseInsightsMode,
  DatabaseInstance,
  DatabaseInstanceEngine,
  DatabaseInstanceFromSnapshot,
  type DatabaseInstanceSourceProps,
  EngineLifecycleSupport,
  type IDatabaseInstance,
  PerformanceInsightRetention,
  PostgresEngineVersion,
  SnapshotCredentials,
  StorageType,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { isOn, whyOff } from '../config/safeguard';
import type { DatabaseConfig } from '../config/sections/database';
import type { ResourceNames } from '../config/names';
import { words } from '../config/words';
import { DATABASE_PORT, Variable } from '../contract';

const MASTER_USER = 'postgres';

export interface DatabaseProps extends DatabaseConfig {
  readonly names: ResourceNames;
  readonly removalPolicy: RemovalPolicy;
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  /** True if the database is stopped at night. */
  readonly officeHours: boolean;
}

/** RDS for PostgreSQL in the private subnets, with a generated password (guide 3-1, 3-2). */
export class Database extends Construct {
  public readonly instance: IDatabaseInstance;
  public readonly masterSecret: ISecret;
  /** The connection string that web tasks and import jobs get as DATABASE_URL (guide 7-3, 12-9). */
  public readonly connectionUrl: ISecret;

  /** Average CPU utilization in percent, free storage in bytes, number of connections. */
  public readonly metrics: { readonly cpu: Metric; readonly freeStorage: Metric; readonly connections: Metric };

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { removalPolicy } = props;

    const subnetGroup = new SubnetGroup(this, 'SubnetGroup', {
      vpc: props.vpc,
      vpcSubnets: { subnets: props.subnets },
      subnetGroupName: props.names.dbSubnetGroup,
      description: 'Subnet group for prooflink database',
      removalPolicy,
    });

    this.masterSecret = new Secret(this, 'MasterSecret', {
      description: `Master user of ${props.names.dbInstance}`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: MASTER_USER }),
        generateStringKey: 'password',
        // Letters and digits only: the password is part of a URL, where anything else would need escaping.
        excludePunctuation: true,
        passwordLength: 40,
      },
      removalPolicy,
    });

    const instance = this.createInstance(props, {
      instanceIdentifier: props.names.dbInstance,
      // Only the major version: a fixed minor one would fail the deploy after RDS's own upgrade.
      engine: DatabaseInstanceEngine.postgres({
        version: PostgresEngineVersion.of(props.engineVersion, props.engineVersion),
      }),
      autoMinorVersionUpgrade: true,
      engineLifecycleSupport: EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
      instanceType: props.instanceType,
      port: DATABASE_PORT,

      storageType: StorageType.GP3,
      allocatedStorage: props.allocatedStorage.toGibibytes(),
      maxAllocatedStorage: props.maxAllocatedStorage?.toGibibytes(),
      iops: props.iops,
      storageThroughput: props.storageThroughput,

      vpc: props.vpc,
      subnetGroup,
      securityGroups: [props.securityGroup],
      publiclyAccessible: false,
      multiAz: isOn(props.multiAz),
      availabilityZone: isOn(props.multiAz) ? undefined : props.subnets[0]?.availabilityZone,

      backupRetention: 'off' in props.backups.retention ? Duration.days(0) : props.backups.retention,
      preferredBackupWindow: props.backups.window,
      preferredMaintenanceWindow: props.maintenanceWindow,
      // RDS deletes them with the instance by default, and point-in-time recovery with them.
      deleteAutomatedBackups: removalPolicy === RemovalPolicy.DESTROY ? undefined : false,
      copyTagsToSnapshot: true,
      deletionProtection: isOn(props.deletionProtection),
      removalPolicy,
      databaseInsightsMode: DatabaseInsightsMode.STANDARD,
      enablePerformanceInsights: props.performanceInsights,
      performanceInsightRetention: props.performanceInsights ? PerformanceInsightRetention.DEFAULT : undefined,
    });
    this.instance = instance;
    this.node.addValidation({ validate: () => this.replicaProblems(props.backups, props.officeHours) });
    this.metrics = {
      cpu: instance.metricCPUUtilization(),
      freeStorage: instance.metricFreeStorageSpace(),
      connections: instance.metricDatabaseConnections(),
    };

    const password = this.masterSecret.secretValueFromJson('password').unsafeUnwrap();
    const { hostname, port } = instance.instanceEndpoint;
    this.connectionUrl = new Secret(this, 'ConnectionUrl', {
      description: `${Variable.databaseUrl} for ${props.names.dbInstance}`,
      // Not clear text: the password in it is a dynamic reference, which CloudFormation resolves while deploying.
      secretStringValue: SecretValue.unsafePlainText(
        `postgresql://${MASTER_USER}:${password}@${hostname}:${port}/${props.databaseName}?sslmode=${props.sslMode}`,
      ),
      removalPolicy,
    });

    for (const secret of [this.masterSecret, this.connectionUrl]) {
      acknowledge(secret, {
        'AwsSolutions-SMG4':
          'The composed DATABASE_URL would go stale with every automatic rotation; the runbook rotates by hand.',
      });
    }
    acknowledge(instance, {
      'CloudFormation-Validate::W3010': 'The zone is fixed on purpose, beside the web tasks (guide 1-1).',
      'AwsSolutions-RDS2': whyOff(props.encryption),
      'CloudFormation-Validate::W9008': whyOff(props.encryption),
      'AwsSolutions-RDS3': isOn(props.multiAz)
        ? undefined
        : 'One instance in one zone is what this environment asks for.',
      'AwsSolutions-RDS10': whyOff(props.deletionProtection),
      'AwsSolutions-RDS11': 'The guide fixes port 5432 (3-2); only two security groups reach the database.',
      'AwsSolutions-RDS13': whyOff(props.backups.retention),
    });
  }

  /** RDS replicates an instance with automated backups only, and stops none that has a replica. */
  private replicaProblems({ retention }: DatabaseProps['backups'], officeHours: boolean): string[] {
    const stack = Stack.of(this);
    const { logicalId } = this.instance.node.defaultChild as CfnDBInstance;
    const source = JSON.stringify(stack.resolve(logicalId));
    const isReplica = (construct: IConstruct) =>
      construct instanceof CfnDBInstance &&
      JSON.stringify(stack.resolve(construct.sourceDbInstanceIdentifier ?? '')).includes(source);
    if (!stack.node.findAll().some(isReplica)) return [];
    const problems: string[] = [];
    if ('off' in retention) problems.push(words.database.replicaWithoutBackups);
    if (officeHours) problems.push(words.database.replicaInOfficeHours);
    return problems;
  }

  /** An empty instance, or one with what a snapshot holds: its users, its database, and whether it is encrypted. */
  private createInstance(props: DatabaseProps, common: DatabaseInstanceSourceProps) {
    if (props.fromSnapshot === undefined) {
      return new DatabaseInstance(this, 'Instance', {
        ...common,
        credentials: Credentials.fromSecret(this.masterSecret, MASTER_USER),
        databaseName: props.databaseName,
        storageEncrypted: isOn(props.encryption),
      });
    }
    const instance = new DatabaseInstanceFromSnapshot(this, 'Instance', {
      ...common,
      snapshotIdentifier: props.fromSnapshot,
      credentials: SnapshotCredentials.fromSecret(this.masterSecret),
    });
    // This encrypts nothing, but drift detection compares it: a snapshot that is not encrypted is reported.
    if (isOn(props.encryption)) (instance.node.defaultChild as CfnDBInstance).storageEncrypted = true;
    return instance;
  }
}
