import type { DeployedStack } from '@infra/deployed/deployed-stack';
import { uploadByPresignedUrls } from '../src/uploads';
import { PLACE } from './calls';

jest.mock('../src/processes');

const stack = { region: PLACE.region, outputs: { BucketName: 'files' } } as unknown as DeployedStack;
const BAD_DIGEST = '<Error><Code>BadDigest</Code></Error>';

/** Uploads to an S3 that takes a URL with a checksum of another body, or refuses it. */
async function upload(takesOtherBody: boolean) {
  jest.replaceProperty(process, 'env', { AWS_ACCESS_KEY_ID: 'example', AWS_SECRET_ACCESS_KEY: 'example' });
  jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    const isRefused = (url as string).includes('x-amz-checksum-crc32=AAAAAA') && !takesOtherBody;
    return Promise.resolve(isRefused ? new Response(BAD_DIGEST, { status: 400 }) : new Response(''));
  });
  return await uploadByPresignedUrls(stack);
}

afterEach(() => jest.restoreAllMocks());

test('the row holds if S3 takes both uploads', async () => {
  expect(await upload(true)).toEqual({
    seen: ['presigned-upload'],
    refuted: [],
    evidence: ['presigned PUT, WHEN_SUPPORTED: 200', 'presigned PUT, WHEN_REQUIRED: 200'],
  });
});

test('S3 that refuses the URL with a checksum refutes the row, in its words', async () => {
  const words = [`presigned PUT, WHEN_SUPPORTED: 400 ${BAD_DIGEST}`, 'presigned PUT, WHEN_REQUIRED: 200'];
  expect(await upload(false)).toMatchObject({ seen: [], refuted: [{ row: 'presigned-upload', words }] });
});
