import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Batch } from '@aws-sdk/client-batch';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { S3 } from '@aws-sdk/client-s3';
import { temporaryFolder } from '@infra/common/testing';
import { Account } from './support/account';
import { logGroup } from './support/log-groups';

type Headers = Readonly<Record<string, string>>;

/** Page that the bucket `uploads` allows. */
const PAGE = 'http://localhost:3000';
const DESCRIBE_STACKS = '/?Action=DescribeStacks&Version=2010-05-15';

/** Header of a request signed for a service, without an SDK. */
function signedFor(service: string): Headers {
  const credential = `local/20260101/ap-northeast-1/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, Signature=none` };
}

const SIGNED = signedFor('cloudformation');

const home = temporaryFolder('home-');
const account = new Account();
const s3 = new S3(account.client);

/** Starts the local AWS as a caller whose AWS configuration is malformed. */
async function startWithMalformedConfiguration(): Promise<void> {
  mkdirSync(join(home, '.aws'));
  for (const name of ['config', 'credentials']) {
    writeFileSync(join(home, '.aws', name), '[[ not a configuration\nat all');
  }
  const variables = process.env;
  process.env = { ...variables, HOME: home, AWS_PROFILE: 'of-the-caller' };
  try {
    await account.start({});
  } finally {
    process.env = variables;
  }
}

beforeAll(async () => {
  await startWithMalformedConfiguration();
  await account.deploy('guest', { Group: logGroup('guest') });
  await s3.createBucket({ Bucket: 'closed' });
  await s3.createBucket({ Bucket: 'uploads' });
  const rule = { AllowedMethods: ['PUT'], AllowedOrigins: [PAGE], AllowedHeaders: ['*'] };
  await s3.putBucketCors({ Bucket: 'uploads', CORSConfiguration: { CORSRules: [rule] } });
}, 60_000);

afterAll(() => account.aws.stop());

interface Answer {
  readonly status: number | undefined;
  readonly contentType: string | undefined;
  /** Page that may read the answer, in a browser. */
  readonly allowedOrigin: string | undefined;
  readonly body: string;
}

/** Sends headers that `fetch` does not allow. */
async function send(method: string, path: string, headers: Headers = {}, content = ''): Promise<Answer> {
  const outgoing = request(new URL(path, account.aws.endpoint), { method, headers }).end(content);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode,
    contentType: response.headers['content-type'],
    allowedOrigin: response.headers['access-control-allow-origin'],
    body: await text(response),
  };
}

/** Asks like a browser whether a page may send a request. */
function preflight(path: string, origin: string, method: string): Promise<Answer> {
  return send('OPTIONS', path, {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'content-type',
  });
}

/** Answer that a browser keeps from the page. */
const REFUSED = { status: 403, allowedOrigin: undefined };

test('a malformed AWS configuration of the caller is not read', () => {
  expect(account.aws.lastErrors()).toBe('');
});

describe('a request', () => {
  it.each(['localhost', '127.0.0.1'])('of an SDK to %s is answered', async (name) => {
    const { port } = new URL(account.aws.endpoint);
    const cloudFormation = new CloudFormation({ ...account.client, endpoint: `http://${name}:${port}` });
    const { Stacks = [] } = await cloudFormation.describeStacks({});
    expect(Stacks.map(({ StackName }) => StackName)).toEqual(['guest']);
  });

  it('to a bucket’s name below localhost is answered', async () => {
    const { port } = new URL(account.aws.endpoint);
    const host = `a-bucket.localhost:${port}`;
    expect(await send('GET', DESCRIBE_STACKS, { ...SIGNED, host })).toMatchObject({ status: 200 });
  });

  it.each(['localhost.evil.example', 'notlocalhost'])(
    'to the host %s is refused, even if DNS points it to loopback',
    async (host) => {
      const { status, body } = await send('GET', DESCRIBE_STACKS, { ...SIGNED, host });
      expect(status).toBe(403);
      expect(body).toContain(`not as '${host}'`);
    },
  );

  it.each(['https://evil.example', PAGE, 'null'])(
    'of the page %s is refused, and so is its preflight, without a CORS header',
    async (origin) => {
      expect(await send('GET', DESCRIBE_STACKS, { ...SIGNED, origin })).toMatchObject(REFUSED);
      expect(await preflight('/', origin, 'POST')).toMatchObject(REFUSED);
    },
  );

  it('of another site is refused, although it names no page', async () => {
    const headers = { ...SIGNED, 'sec-fetch-site': 'cross-site' };
    expect(await send('GET', DESCRIBE_STACKS, headers)).toMatchObject({ status: 403 });
  });

  it.each(['GET', 'POST'])('to moto’s own API is refused: it would reset the account (%s)', async (method) => {
    const { body } = await send(method, '/moto-api/reset');
    expect(body).toContain('is closed');
  });
});

describe('a connection stays open, as AWS’s do, and the next request on it is answered, after', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  afterAll(() => {
    agent.destroy();
  });

  it.each<{ title: string; method: string; headers: Headers; content: string; status: number }>([
    {
      title: 'an upload in chunks',
      method: 'PUT',
      headers: { 'transfer-encoding': 'chunked' },
      content: 'content',
      status: 200,
    },
    {
      title: 'an upload that waits until it is asked to continue',
      method: 'PUT',
      headers: { expect: '100-continue' },
      content: 'content',
      status: 200,
    },
    {
      title: 'a request that is refused before its body is read',
      method: 'PUT',
      headers: { host: 'evil.example' },
      content: 'not read',
      status: 403,
    },
  ])('$title', async ({ method, headers, content, status }) => {
    const first = request(new URL('/uploads/chunks', account.aws.endpoint), {
      agent,
      method,
      headers: { ...signedFor('s3'), ...headers },
    });
    if (headers['expect']) await once(first, 'continue');
    const [firstAnswer] = (await once(first.end(content), 'response')) as [IncomingMessage];
    await text(firstAnswer);
    expect(firstAnswer.statusCode).toBe(status);

    const next = request(new URL(DESCRIBE_STACKS, account.aws.endpoint), { agent, headers: SIGNED }).end();
    const [nextAnswer] = (await once(next, 'response')) as [IncomingMessage];
    expect(await text(nextAnswer)).toContain('<StackName>guest</StackName>');
    expect(next.reusedSocket).toBe(true);
  });
});

describe('an upload by a page', () => {
  it('is allowed if the bucket’s CORS rules name the page and the method', async () => {
    const ALLOWED = { status: 200, allowedOrigin: PAGE };
    expect(await preflight('/uploads/file', PAGE, 'PUT')).toMatchObject(ALLOWED);
    expect(await send('PUT', '/uploads/file', { origin: PAGE }, 'content')).toMatchObject(ALLOWED);
    const { Body } = await s3.getObject({ Bucket: 'uploads', Key: 'file' });
    expect(await Body?.transformToString()).toBe('content');
  });

  it.each([
    { title: 'from another port', path: '/uploads/file', origin: 'http://localhost:30001', method: 'PUT' },
    { title: 'with another method', path: '/uploads/file', origin: PAGE, method: 'DELETE' },
    { title: 'into a bucket without rules', path: '/closed/file', origin: PAGE, method: 'PUT' },
    { title: 'into a missing bucket', path: '/none/file', origin: PAGE, method: 'PUT' },
  ])('is refused $title', async ({ path, origin, method }) => {
    expect(await preflight(path, origin, method)).toMatchObject(REFUSED);
  });
});

it('a deletion by a page is refused, although the page may upload', async () => {
  expect(await send('DELETE', '/uploads/file', { origin: PAGE })).toMatchObject(REFUSED);
});

describe('a fault of the local AWS', () => {
  /** Writes the file of the clock, which most operations read. */
  function writeClock(content: string): void {
    writeFileSync(join(account.aws.directory, 'waited'), content);
  }

  afterEach(() => {
    writeClock('0');
  });

  it.each([
    {
      protocol: 'query',
      call: () => account.create('failing', {}),
    },
    {
      protocol: 'JSON',
      call: () => new ECS(account.client).createCluster({ clusterName: 'failing' }),
    },
    {
      protocol: 'REST with JSON',
      call: () =>
        new Batch(account.client).createComputeEnvironment({ computeEnvironmentName: 'failing', type: 'UNMANAGED' }),
    },
  ])('reaches the SDK with its reason in the $protocol protocol', async ({ call }) => {
    writeClock('nonsense');
    const failure = call();
    await expect(failure).rejects.toMatchObject({ name: 'InternalFailure', $fault: 'server' });
    await expect(failure).rejects.toThrow(/^The local AWS itself failed\. ValueError: .*'nonsense'/);
    await expect(failure).rejects.toThrow(/\(traceback in .*server\.log\)$/);
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
    {
      title: 'an unknown path',
      service: 'lambda',
      path: '/2099-01-01/of-later',
      contentType: 'application/json',
      body: /"__type": "NotImplemented".*later: 404 NOT/s,
    },
    {
      title: 'an unknown service, in JSON',
      service: 'later',
      path: '/',
      contentType: 'application/x-amz-json-1.1',
      body: /"Message": "The .* there is no later here/,
    },
    {
      title: 'an unknown service, in XML',
      service: 'later',
      path: '/',
      contentType: 'application/x-www-form-urlencoded',
      body: /<Message>The .* there is no later here/,
    },
  ])('$title', async ({ service, path, contentType, body }) => {
    const headers = { ...signedFor(service), 'content-type': contentType };
    const answer = await send('POST', path, headers, '{}');
    expect(answer.status).toBe(501);
    expect(answer.body).toMatch(body);
  });
});
