import {
  BackupPlan,
  BackupPlanRule,
  BackupResource,
  BackupVault,
  CfnRestoreTestingPlan,
  CfnRestoreTestingSelection,
} from 'aws-cdk-lib/aws-backup';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { ResourceNames } from '../config/names';
import type { RestoreTestConfig } from '../config/sections/database';
import { serviceOfThisAccount } from './service-principal';

export interface RestoreTestProps extends RestoreTestConfig {
  readonly names: ResourceNames;
  readonly removalPolicy: RemovalPolicy;
  readonly database: IDatabaseInstance;
  readonly securityGroup: ISecurityGroup;
}

/**
 * Restores a snapshot of the database each month by AWS Backup, which deletes the copy after an hour; not in the guide. Snapshots
 * alone: continuous backups would change the database's own retention.
 */
export class RestoreTest extends Construct {
  /** Role of AWS Backup, which its events name. */
  public readonly role: IRole;
  /** When a test is due, and a day later. */
  public readonly dueAndDayLater: Schedule;

  constructor(scope: Construct, id: string, props: RestoreTestProps) {
    super(scope, id);
    const { names, database, day } = props;
    const [hour, minute] = props.time.split(':').map((part) => String(Number(part)));
    this.dueAndDayLater = Schedule.cron({ day: `${day},${day + 1}`, hour, minute });
    const vault = new BackupVault(this, 'Vault', {
      backupVaultName: names.prefix,
      removalPolicy: props.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: serviceOfThisAccount('backup.amazonaws.com') });
    const backups = new BackupPlan(this, 'Snapshots', {
      backupPlanName: names.prefix,
      backupVault: vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'weekly',
          scheduleExpression: Schedule.cron({ weekDay: 'SUN', hour, minute }),
          startWindow: Duration.hours(1),
          deleteAfter: Duration.days(14),
        }),
      ],
    });
    backups.addSelection('Database', {
      role: this.role,
      allowRestores: true,
      // By its ARN it needs no opt-in of the region (AWS Backup API reference, UpdateRegionSettings).
      resources: [BackupResource.fromRdsDatabaseInstance(database)],
    });

    const plan = new CfnRestoreTestingPlan(this, 'Plan', {
      restoreTestingPlanName: names.prefix.replaceAll('-', '_'),
      scheduleExpression: Schedule.cron({ day: String(day), hour, minute }).expressionString,
      startWindowHours: 1,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
      },
    });
    new CfnRestoreTestingSelection(this, 'Selection', {
      restoreTestingPlanName: plan.ref,
      restoreTestingSelectionName: 'database',
      iamRoleArn: this.role.roleArn,
      protectedResourceType: 'RDS',
      protectedResourceArns: [database.instanceArn],
      // Without a subnet group, AWS Backup takes the default VPC, which an account may lack; a copy has one zone, and no
      // deletion protection (AWS Backup developer guide, "Restore testing inferred metadata").
      restoreMetadataOverrides: {
        dbInstanceClass: 'db.t4g.micro',
        dbSubnetGroupName: names.dbSubnetGroup,
        vpcSecurityGroupIds: `["${props.securityGroup.securityGroupId}"]`,
      },
      validationWindowHours: 1,
    });
    for (const job of ['Backup', 'Restores']) {
      const policy = `arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${job}`;
      acknowledge(this.role, {
        [`AwsSolutions-IAM4[Policy::${policy}]`]: 'AWS Backup asks for its own policies, and changes them as it needs.',
      });
    }
  }
}
