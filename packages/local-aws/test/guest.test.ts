import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { temporaryFolder } from '@infra/common/testing';
import { Account } from './support/account';
import { logGroup } from './support/resources';

const PAGE = 'http://localhost:3000';
const STACKS = '/?Action=DescribeStacks&Version=2010-05-15';
const signed = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/ap-northeast-1/cloudformation/aws4_request, Signature=none',
};

const home = temporaryFolder('home-');
let account: Account;
let s3: S3;

beforeAll(async () => {
  mkdirSync(join(home, '.aws'));
  for (const name of ['config', 'credentials'])
    writeFileSync(join(home, '.aws', name), '[[ not a configuration\nat all');
  const caller = { HOME: process.env['HOME'], AWS_PROFILE: process.env['AWS_PROFILE'] };
  Object.assign(process.env, { HOME: home, AWS_PROFILE: 'of-the-caller' });
  try {
    account = await Account.open();
  } finally {
    for (const [name, value] of Object.entries(caller)) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- there is no other way to unset a variable
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  s3 = new S3({ ...account.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'uploads' });
  const CORSRules = [{ AllowedMethods: ['PUT'], AllowedOrigins: [PAGE], AllowedHeaders: ['*'] }];
  await s3.putBucketCors({ Bucket: 'uploads', CORSConfiguration: { CORSRules } });
});

afterAll(async () => {
  await account.aws.stop();
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly allowed: string | undefined;
}

/** Sends headers that `fetch` does not allow. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, account.aws.endpoint), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          allowed: response.headers['access-control-allow-origin'],
        });
      });
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

describe('the caller’s AWS configuration', () => {
  it('is not read: a malformed one breaks nothing', async () => {
    expect(await account.create('guest', { Group: logGroup('guest') })).toBe('CREATE_COMPLETE');
    expect(account.aws.lastErrors()).toBe('');
  });
});

describe('a request', () => {
  it('of an SDK is answered under every name of loopback', async () => {
    for (const name of ['localhost', '127.0.0.1']) {
      const named = `http://${name}:${new URL(account.aws.endpoint).port}`;
      const client = new CloudFormation({ ...account.client, endpoint: named });
      expect((await client.describeStacks({})).Stacks).toHaveLength(1);
    }
    const { port } = new URL(account.aws.endpoint);
    expect((await ask('GET', STACKS, { ...signed, host: `a-bucket.localhost:${port}` })).status).toBe(200);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'notlocalhost', '169.254.169.254'])(
    'for the host %s is refused, even if DNS points it to loopback',
    async (host) => {
      const { status, body } = await ask('GET', STACKS, { ...signed, host });
      expect(status).toBe(403);
      expect(body).toContain(`not as '${host}'`);
    },
  );

  it('of a page is refused, without a CORS header', async () => {
    for (const origin of ['https://evil.example', PAGE, 'null']) {
      expect(await ask('GET', STACKS, { ...signed, origin })).toMatchObject({ status: 403, allowed: undefined });
      const preflight = { origin, 'access-control-request-method': 'POST' };
      expect(await ask('OPTIONS', '/', preflight)).toMatchObject({ status: 403, allowed: undefined });
    }
    expect((await ask('GET', STACKS, { ...signed, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await ask('GET', STACKS, { ...signed, 'sec-fetch-site': 'none' })).status).toBe(200);
  });

  it.each(['/moto-api/', '/moto-api/config', '/moto-api/reset'])('to moto’s own %s is refused', async (path) => {
    for (const method of ['GET', 'POST', 'PUT']) {
      expect((await ask(method, path)).body).toContain('is closed');
    }
  });
});

describe('an upload by a page', () => {
  const preflight = (origin: string, method = 'PUT') => ({
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'content-type',
  });

  it('is allowed if the bucket’s CORS rules name the page and the method', async () => {
    expect(await ask('OPTIONS', '/uploads/file', preflight(PAGE))).toMatchObject({ status: 200, allowed: PAGE });
    expect(await ask('PUT', '/uploads/file', { origin: PAGE }, 'content')).toMatchObject({
      status: 200,
      allowed: PAGE,
    });
    const found = await s3.getObject({ Bucket: 'uploads', Key: 'file' });
    expect(await found.Body?.transformToString()).toBe('content');
  });

  it('is refused for another page, another method, and a bucket without rules', async () => {
    await s3.createBucket({ Bucket: 'closed' });
    for (const [path, headers] of [
      ['/uploads/file', preflight('http://localhost:30001')],
      ['/uploads/file', preflight('https://evil.example')],
      ['/uploads/file', preflight(PAGE, 'DELETE')],
      ['/closed/file', preflight(PAGE)],
      ['/none/file', preflight(PAGE)],
    ] as const) {
      expect(await ask('OPTIONS', path, headers)).toMatchObject({ status: 403, allowed: undefined });
    }
    expect((await ask('DELETE', '/uploads/file', { origin: PAGE })).status).toBe(403);
  });
});
