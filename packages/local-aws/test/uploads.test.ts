import { PutObjectCommand, S3 } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Account } from './support/account';

/** Contents that resemble a form, as text and as invalid UTF-8. */
const BODIES = [Buffer.from('a=1&b=2\nkey,名前\n'), Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x00, 0x26, 0x0a])];

const account = Account.shared();
const s3 = new S3(account.client);

beforeAll(async () => {
  await s3.createBucket({ Bucket: 'uploads' });
}, 60_000);

async function stored(Key: string) {
  const { Body, ContentType } = await s3.getObject({ Bucket: 'uploads', Key });
  return { ContentType, Body: Buffer.from((await Body?.transformToByteArray()) ?? []) };
}

it.each([
  ...['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded; charset=utf-8', 'multipart/form-data'],
  ...['multipart/form-data; boundary=x', 'application/json', 'application/x-amz-json-1.1', 'text/csv', 'text/html'],
])('an upload as %s is stored unchanged, by an SDK and by a presigned URL', async (ContentType) => {
  for (const Body of BODIES) {
    await s3.putObject({ Bucket: 'uploads', Key: 'sdk', Body, ContentType });
    expect(await stored('sdk')).toEqual({ ContentType, Body });
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'uploads', Key: 'url' }));
    const headers = { 'content-type': ContentType };
    const answer = await fetch(url, { method: 'PUT', body: Body, headers, signal: AbortSignal.timeout(5000) });
    expect(answer.status).toBe(200);
    expect(await stored('url')).toEqual({ ContentType, Body });
  }
});
