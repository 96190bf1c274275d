import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../../../../../lib/acknowledge';
import type { ContainerRoles } from '../../../../../lib/constructs/container-roles';

export interface ExportsProps {
  readonly removalPolicy: RemovalPolicy;
}

/** The private bucket from which customers' data are fetched. */
export class Exports extends Construct {
  public readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: ExportsProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: props.removalPolicy,
      autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY,
      lifecycleRules: [{ expiration: Duration.days(30) }],
    });
    acknowledge(this.bucket, { 'AwsSolutions-S1': 'Access logs need a bucket of their own.' });
  }

  /** Lets a container add files. */
  public grantWrite(roles: ContainerRoles): void {
    const anyFile = this.bucket.arnForObjects('*');
    acknowledgeWildcard(roles, anyFile, 'The application writes any file of this bucket.');
    roles.addToTaskPolicy(
      new PolicyStatement({ sid: 'WriteExports', actions: ['s3:PutObject'], resources: [anyFile] }),
    );
  }
}
