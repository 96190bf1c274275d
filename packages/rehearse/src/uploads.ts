import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Output } from '@infra/commands/app';
import { awsClient } from '@infra/operate/deployed/aws-client';
import type { DeployedStack } from '@infra/operate/deployed/deployed-stack';
import type { Verdict } from './stage';

const TIMEOUT_MS = 30_000;

/** The SDK's default signs the checksum of an empty body into a URL; docs/application signs none. */
const CHECKSUMS = ['WHEN_SUPPORTED', 'WHEN_REQUIRED'] as const;

/** Uploads a file by a presigned URL with a checksum, and by one without. Sources disagree if S3 takes the first one. */
export async function uploadByPresignedUrls({ outputs, region }: DeployedStack): Promise<Verdict> {
  const seen: string[] = [];
  let holds = true;
  for (const requestChecksumCalculation of CHECKSUMS) {
    const client = awsClient(S3Client, { region }, { forcePathStyle: true, requestChecksumCalculation });
    const Key = `imports/rehearsal-${requestChecksumCalculation}.csv`;
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: outputs[Output.bucketName], Key }));
    const response = await fetch(url, { method: 'PUT', body: 'email,name\n', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const answer = await response.text();
    seen.push(`presigned PUT, ${requestChecksumCalculation}: ${response.status} ${answer}`.trimEnd());
    holds &&= response.ok;
  }
  return { row: 'presigned-upload', holds, seen };
}
