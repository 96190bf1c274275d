import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { IMPORTS_PREFIX } from '../../../lib/contract';
import { awsClient } from '../../deployed/aws';
import type { CsvFile } from './check-file';

/** Timeout of the upload of a part of a file, 5 MiB, in milliseconds. */
const UPLOAD_PATIENCE = 5 * 60_000;

/** Place of an object in S3. */
export interface ObjectLocation {
  readonly Bucket: string;
  readonly Key: string;
}

/** Makes a key that no other import has, even of a file with the same name in the same second. */
export function newKey(path: string): string {
  const { name, ext } = parse(path);
  const second = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const randomPart = randomUUID().slice(0, 8);
  return `${IMPORTS_PREFIX}${name}-${second}-${randomPart}${ext}`;
}

/** Uploads a file under a key that must be new; `showPercent` gets the progress. */
export async function upload(
  region: string,
  location: ObjectLocation,
  { path, bytes }: CsvFile,
  showPercent: (percent: number) => void,
): Promise<void> {
  // The local AWS knows no host names of buckets.
  const client = awsClient(S3Client, { region, patience: UPLOAD_PATIENCE }, { forcePathStyle: true });
  const uploading = new Upload({
    client,
    params: {
      ...location,
      Body: createReadStream(path),
      ContentType: 'text/csv; charset=utf-8',
      // S3 refuses a key that exists: a job may still wait to read it.
      IfNoneMatch: '*',
    },
  });
  uploading.on('httpUploadProgress', ({ loaded = 0 }) => {
    showPercent(Math.round((loaded / bytes) * 100));
  });
  await uploading.done();
}
