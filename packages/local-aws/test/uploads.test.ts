import { PutObjectCommand, S3 } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Account } from './support/account';

/** Contents that resemble a form, as text and as invalid UTF-8. */
const BODIES = {
  text: Buffer.from('a=1&b=2\nkey,名前\n'),
  bytes: Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x00, 0x26, 0x0a]),
};
const TYPES = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-8',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/json',
  'application/x-amz-json-1.1',
  'text/csv',
  'text/html',
];

const account = Account.shared();
let s3: S3;

beforeAll(async () => {
  s3 = new S3({ ...account.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'uploads' });
}, 60_000);

async function stored(Key: string) {
  const { Body, ContentType } = await s3.getObject({ Bucket: 'uploads', Key });
  return { ContentType, body: Buffer.from((await Body?.transformToByteArray()) ?? []) };
}

describe.each(Object.entries(BODIES))('an upload of %s', (name, Body) => {
  it.each(TYPES)('as %s is stored unchanged, by an SDK and by a presigned URL', async (ContentType) => {
    const Key = `${name}-${ContentType}`;
    await s3.putObject({ Bucket: 'uploads', Key, Body, ContentType });
    expect(await stored(Key)).toEqual({ ContentType, body: Body });
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'uploads', Key: `${Key}-url` }));
    const headers = { 'content-type': ContentType };
    const answer = await fetch(url, { method: 'PUT', body: Body, headers, signal: AbortSignal.timeout(5000) });
    expect(answer.status).toBe(200);
    expect(await stored(`${Key}-url`)).toEqual({ ContentType, body: Body });
  });
});
