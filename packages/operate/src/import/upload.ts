import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { IMPORTS_PREFIX } from '@infra/commands/app';
import { awsClient } from '../deployed/aws-client';
import type { CsvFile } from './check-csv-file';

/** Time that the upload of one part of a file, 5 MiB, may take. */
const UPLOAD_TIMEOUT_MS = 5 * 60_000;

/** Place of an object in S3, as the SDK names it. */
export interface ObjectLocation {
  readonly Bucket: string;
  readonly Key: string;
}

/** Makes an id that no other import has, even one in the same second. */
export function newImportId(): string {
  // Digits of the time up to the second: 20260123010203.
  const second = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const randomPart = randomUUID().slice(0, 8);
  return `${second}-${randomPart}`;
}

/** Key for the file of an import. */
export function objectKeyFor(path: string, importId: string): string {
  const { name, ext } = parse(path);
  return `${IMPORTS_PREFIX}${name}-${importId}${ext}`;
}

/**
 * Uploads a file under a key of its own. The SDK repeats a request whose answer was lost: S3 then stores the same object
 * again.
 *
 * @param showPercent - Gets the uploaded part of the file, in percent, each time that it has grown.
 */
export async function uploadCsvFile(
  region: string,
  location: ObjectLocation,
  { path, byteCount }: CsvFile,
  showPercent: (percent: number) => void,
): Promise<void> {
  // The local AWS has one host name; the SDK would ask a host named after the bucket.
  const client = awsClient(S3Client, { region, timeoutMs: UPLOAD_TIMEOUT_MS }, { forcePathStyle: true });
  const uploading = new Upload({
    client,
    params: {
      ...location,
      Body: createReadStream(path),
      ContentType: 'text/csv; charset=utf-8',
    },
  });
  uploading.on('httpUploadProgress', ({ loaded = 0 }) => {
    showPercent(Math.round((loaded / byteCount) * 100));
  });
  await uploading.done();
}
