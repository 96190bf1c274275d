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

/** The key of a file: no other import has it, even of the same name in the same second. */
export function newKey(path: string): string {
  const { name, ext } = parse(path);
  const second = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `${IMPORTS_PREFIX}${name}-${second}-${randomUUID().slice(0, 8)}${ext}`;
}

/** Uploads a file under a key that must be new; `show` gets the percentage. */
export async function upload(
  region: string,
  to: { readonly Bucket: string; readonly Key: string },
  { path, bytes }: CsvFile,
  show: (percent: number) => void,
): Promise<void> {
  const uploading = new Upload({
    // The local AWS knows no host names of buckets.
    client: awsClient(S3Client, { region, patience: UPLOAD_PATIENCE }, { forcePathStyle: true }),
    // S3 refuses a key that there is: a job may still wait to read it.
    params: { ...to, Body: createReadStream(path), ContentType: 'text/csv; charset=utf-8', IfNoneMatch: '*' },
  });
  uploading.on('httpUploadProgress', ({ loaded = 0 }) => {
    show(Math.round((loaded / bytes) * 100));
  });
  await uploading.done();
}
