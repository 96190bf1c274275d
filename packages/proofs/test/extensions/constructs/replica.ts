import type { InstanceType, ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { DatabaseInstanceReadReplica, type IDatabaseInstance, StorageType } from 'aws-cdk-lib/aws-rds';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../../../../../lib/acknowledge';
import type { ResourceNames } from '../../../../../lib/config/names';

export interface ReplicaProps {
  readonly names: ResourceNames;
  readonly source: IDatabaseInstance;
  readonly instanceType: InstanceType;
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly removalPolicy: RemovalPolicy;
}

/** Replica of the database for reports; users, password and name of the database are the source's. */
export class Replica extends Construct {
  public readonly hostName: string;

  constructor(scope: Construct, id: string, props: ReplicaProps) {
    super(scope, id);
    const isKept = props.removalPolicy !== RemovalPolicy.DESTROY;
    const instance = new DatabaseInstanceReadReplica(this, 'Instance', {
      sourceDatabaseInstance: props.source,
      instanceIdentifier: `${props.names.prefix}-db-replica`,
      instanceType: props.instanceType,
      storageType: StorageType.GP3,
      vpc: props.vpc,
      vpcSubnets: { subnets: props.subnets },
      securityGroups: [props.securityGroup],
      removalPolicy: props.removalPolicy,
      deletionProtection: isKept,
      deleteAutomatedBackups: !isKept,
    });
    const encrypted = 'RDS encrypts it if it encrypts the database.';
    acknowledge(instance, {
      'AwsSolutions-RDS2': encrypted,
      'CloudFormation-Validate::W9008': encrypted,
      'AwsSolutions-RDS3': 'The database itself has the standby.',
      'AwsSolutions-RDS10': 'It has no data of its own.',
      'AwsSolutions-RDS11': 'The guide fixes port 5432 (3-2).',
    });
    this.hostName = instance.instanceEndpoint.hostname;
  }
}
