import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Batch } from '@aws-sdk/client-batch';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { S3 } from '@aws-sdk/client-s3';
import { temporaryFolder } from '@infra/common/testing';
import { Account } from './support/account';
import { logGroup } from './support/log-groups';

const PAGE = 'http://localhost:3000';
const STACKS = '/?Action=DescribeStacks&Version=2010-05-15';
/** Header of a request signed for a service, without an SDK. */
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/ap-northeast-1/${service}/aws4_request, Signature=none`,
});
const signed = signedFor('cloudformation');

const home = temporaryFolder('home-');
const account = new Account();
const s3 = new S3(account.client);

beforeAll(async () => {
  mkdirSync(join(home, '.aws'));
  for (const name of ['config', 'credentials']) {
    writeFileSync(join(home, '.aws', name), '[[ not a configuration\nat all');
  }
  const caller = process.env;
  process.env = { ...caller, HOME: home, AWS_PROFILE: 'of-the-caller' };
  await account.start({}).finally(() => (process.env = caller));
  await s3.createBucket({ Bucket: 'uploads' });
  await s3.createBucket({ Bucket: 'closed' });
  const CORSRules = [{ AllowedMethods: ['PUT'], AllowedOrigins: [PAGE], AllowedHeaders: ['*'] }];
  await s3.putBucketCors({ Bucket: 'uploads', CORSConfiguration: { CORSRules } });
}, 60_000);

afterAll(() => account.aws.stop());

/** Sends headers that `fetch` does not allow. */
async function ask(method: string, path: string, headers: Record<string, string> = {}, content = '') {
  const asked = request(new URL(path, account.aws.endpoint), { method, headers }).end(content);
  const [response] = await new Promise<[IncomingMessage]>((resolve, reject) => {
    asked.once('error', reject).once('response', (...given) => {
      resolve(given);
    });
  });
  const { 'access-control-allow-origin': allowed, 'content-type': type } = response.headers;
  return { status: response.statusCode, type, allowed, body: (await buffer(response)).toString() };
}
const preflight = (origin: string, method = 'PUT') => ({
  origin,
  'access-control-request-method': method,
  'access-control-request-headers': 'content-type',
});
const refused = { status: 403, allowed: undefined };

test('a malformed AWS configuration of the caller is not read', async () => {
  await account.deploy('guest', { Group: logGroup('guest') });
  expect(account.aws.lastErrors()).toBe('');
});

describe('a request', () => {
  it('of an SDK is answered under every name of loopback', async () => {
    const { port } = new URL(account.aws.endpoint);
    for (const name of ['localhost', '127.0.0.1']) {
      const client = new CloudFormation({ ...account.client, endpoint: `http://${name}:${port}` });
      expect((await client.describeStacks({})).Stacks).toHaveLength(1);
    }
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

  it.each(['https://evil.example', PAGE, 'null'])(
    'of the page %s is refused, without a CORS header',
    async (origin) => {
      expect(await ask('GET', STACKS, { ...signed, origin })).toMatchObject(refused);
      expect(await ask('OPTIONS', '/', { origin, 'access-control-request-method': 'POST' })).toMatchObject(refused);
    },
  );

  it.each([
    ['cross-site', 403],
    ['none', 200],
  ])('with the fetch site %s is answered with %s', async (site, status) => {
    expect(await ask('GET', STACKS, { ...signed, 'sec-fetch-site': site })).toMatchObject({ status });
  });

  it.each(['/moto-api/', '/moto-api/config', '/moto-api/reset'])('to moto’s own %s is refused', async (path) => {
    for (const method of ['GET', 'POST', 'PUT']) expect((await ask(method, path)).body).toContain('is closed');
  });
});

describe('an upload by a page', () => {
  it('is allowed if the bucket’s CORS rules name the page and the method', async () => {
    const allowed = { status: 200, allowed: PAGE };
    expect(await ask('OPTIONS', '/uploads/file', preflight(PAGE))).toMatchObject(allowed);
    expect(await ask('PUT', '/uploads/file', { origin: PAGE }, 'content')).toMatchObject(allowed);
    const found = await s3.getObject({ Bucket: 'uploads', Key: 'file' });
    expect(await found.Body?.transformToString()).toBe('content');
  });

  it.each([
    ['another port', 'OPTIONS', '/uploads/file', preflight('http://localhost:30001')],
    ['another page', 'OPTIONS', '/uploads/file', preflight('https://evil.example')],
    ['another method', 'OPTIONS', '/uploads/file', preflight(PAGE, 'DELETE')],
    ['a bucket without rules', 'OPTIONS', '/closed/file', preflight(PAGE)],
    ['a missing bucket', 'OPTIONS', '/none/file', preflight(PAGE)],
    ['a deletion', 'DELETE', '/uploads/file', { origin: PAGE }],
  ])('is refused for %s', async (_, method, path, headers) => {
    expect(await ask(method, path, headers)).toMatchObject(refused);
  });
});

describe('a fault of the local AWS', () => {
  const environment = { computeEnvironmentName: 'a', type: 'UNMANAGED' } as const;

  it.each([
    ['query', () => account.create('a', {})],
    ['JSON', () => new ECS(account.client).createCluster({ clusterName: 'a' })],
    ['REST with JSON', () => new Batch(account.client).createComputeEnvironment(environment)],
  ])('reaches the SDK with its reason in the %s protocol', async (_, send) => {
    // Most operations read the clock.
    const clock = join(account.aws.directory, 'waited');
    writeFileSync(clock, 'nonsense');
    await expect(send()).rejects.toMatchObject({
      name: 'InternalFailure',
      message: expect.stringMatching(
        /^The local AWS itself failed\. ValueError: .*'nonsense' \(traceback in .*server\.log\)$/,
      ) as string,
      $fault: 'server',
    });
    writeFileSync(clock, '0');
    const log = readFileSync(join(account.aws.directory, 'server.log'), 'utf8');
    expect(log).toMatch(/^Traceback[^]*ValueError: .*'nonsense'/m);
  });

  it('reaches an S3 client with its reason', async () => {
    const chunked = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '1',
    };
    const failure = '<Error><Code>InternalFailure</Code><Message>The local AWS itself failed. ValueError: ';
    expect(await ask('PUT', '/closed/key', { ...signedFor('s3'), ...chunked }, 'no chunk')).toMatchObject({
      status: 501,
      type: 'application/xml',
      body: expect.stringContaining(failure) as string,
    });
  });
});

describe('NotImplemented is the answer to', () => {
  it('an unknown operation', async () => {
    await expect(new EC2(account.client).describeMacHosts({})).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('does not know this operation: The describe_mac_hosts action') as string,
    });
  });

  it.each([
    ['path', 'lambda', '/2099-01-01/of-later', 'json', /"__type": "NotImplemented".*later: 404 NOT/s],
    ['service in JSON', 'later', '/', 'x-amz-json-1.1', /"Message": "The .* there is no later here/],
    ['service in XML', 'later', '/', 'x-www-form-urlencoded', /<Message>The .* there is no later here/],
  ])('an unknown %s', async (_, service, path, type, answer) => {
    const headers = { ...signedFor(service), 'content-type': `application/${type}` };
    expect(await ask('POST', path, headers, '{}')).toMatchObject({
      status: 501,
      body: expect.stringMatching(answer) as string,
    });
  });
});
