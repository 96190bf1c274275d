import { S3 } from '@aws-sdk/client-s3';
import type { Comparison } from './comparison';
import { actualPolicy, expectedPolicy } from './policy-document';

/** Comparison of the policy of a bucket. CloudFormation compares the bucket itself. */
export const BUCKET_POLICY: Comparison = {
  expects: expectedPolicy,
  read: async ({ environment, properties: { Bucket } }) => {
    // With the bucket's name in the path, the client also works with a local AWS, which has no host for each bucket.
    const s3 = environment.client(S3, { forcePathStyle: true });
    // For a deleted policy, S3 answers with an error, NoSuchBucketPolicy.
    const { Policy } = await s3.getBucketPolicy({ Bucket });
    return actualPolicy(Policy);
  },
  fix: ({ properties: { Bucket, PolicyDocument } }) => ['s3api put-bucket-policy', { Bucket, Policy: PolicyDocument }],
};
