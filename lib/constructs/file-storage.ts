import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AwsCustomResource, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct, type IConstruct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { isOn } from '../config/safeguard';
import type { FileStorageConfig } from '../config/sections/file-storage';
import type { ResourceNames } from '../config/names';
import { IMPORTS_PREFIX } from '../contract';
import type { CustomResources } from './custom-resources';

/** The folders of the bucket (guide 4-2). */
const FOLDERS = ['evidences', 'imports', 'control-specs', 'dataflows'];

export interface FileStorageProps extends FileStorageConfig {
  readonly names: ResourceNames;
  readonly removalPolicy: RemovalPolicy;
  /** The URL the application is reached under: its browser uploads come from there. */
  readonly applicationUrl: string;
  readonly customResources: CustomResources;
}

/** The private bucket for uploaded files with its four folders (guide 4-1 to 4-3, 5.4). */
export class FileStorage extends Construct {
  public readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: FileStorageProps) {
    super(scope, id);

    const bucket = new Bucket(this, 'Bucket', {
      // No token where the config names the account: `cdk import` needs the bucket's name.
      bucketName: `${props.names.bucketPrefix}${Stack.of(this).account}`,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: isOn(props.versioning),
      removalPolicy: props.removalPolicy,
      autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY,
      cors: [
        {
          allowedHeaders: ['*'],
          allowedMethods: [HttpMethods.GET, HttpMethods.PUT, HttpMethods.POST, HttpMethods.DELETE],
          allowedOrigins: [props.applicationUrl, ...props.extraCorsOrigins],
          exposedHeaders: ['ETag'],
        },
      ],
    });
    this.bucket = bucket;

    bucket.addLifecycleRule({ id: 'abort-incomplete-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) });
    if (props.importExpiration) {
      bucket.addLifecycleRule({
        id: 'delete-old-imports',
        prefix: IMPORTS_PREFIX,
        // The folder itself is an object without content; it stays.
        objectSizeGreaterThan: 0,
        expiration: props.importExpiration,
      });
    }
    // Without versioning, too: where it is switched off, old versions stay, and files that are deleted leave a marker.
    bucket.addLifecycleRule({
      id: 'expire-old-versions',
      noncurrentVersionExpiration: props.noncurrentVersionExpiration,
      expiredObjectDeleteMarker: true,
    });
    acknowledge(bucket, {
      'CloudFormation-Validate::W9003': 'The L2 writes ObjectSizeGreaterThan as a number, and CloudFormation takes it.',
      'AwsSolutions-S1':
        'Access logs need a bucket of their own; the guide asks for none, and every access is the tasks’.',
    });

    this.makeFolders(props.customResources);
  }

  /** Deletes these before the bucket is emptied: a file that they write later would fail the bucket's deletion. */
  public emptyAfter(...writers: readonly IConstruct[]): void {
    const emptying = this.bucket.node.tryFindChild('AutoDeleteObjectsCustomResource');
    if (emptying) for (const { node } of writers) node.addDependency(emptying);
  }

  /** Creates the empty objects that the console calls folders. It never deletes them: they may hold files. */
  private makeFolders(customResources: CustomResources): void {
    const folders = new Construct(this, 'Folders');
    const keys = FOLDERS.map((folder) => `${folder}/`);
    // One role with inline rights: with a policy per folder, the function could run before its policy is in force.
    const role = new Role(folders, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        MakeFolders: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:PutObject'],
              resources: keys.map((key) => this.bucket.arnForObjects(key)),
            }),
            customResources.mayLog(),
          ],
        }),
      },
    });
    for (const key of keys) {
      new AwsCustomResource(folders, key.slice(0, -1), {
        onUpdate: {
          service: 'S3',
          action: 'putObject',
          parameters: { Bucket: this.bucket.bucketName, Key: key, ContentLength: 0 },
          physicalResourceId: PhysicalResourceId.of(key),
          outputPaths: ['ETag'],
        },
        role,
        installLatestAwsSdk: false,
        logGroup: customResources.logGroup,
      });
    }
  }
}
