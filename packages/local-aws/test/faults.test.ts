import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Batch, type ComputeResource } from '@aws-sdk/client-batch';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { S3 } from '@aws-sdk/client-s3';
import { Account } from './support/account';

const account = Account.shared();

/** Breaks the clock, which most operations read. */
function breakClock(text = 'nonsense'): void {
  writeFileSync(join(account.aws.directory, 'waited'), text);
}

interface Request {
  readonly method: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a request signed for the service, without an SDK. */
async function ask(service: string, path: string, { method, body, headers }: Request) {
  const scope = `local/20260101/ap-northeast-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, Signature=none`;
  const url = new URL(path, account.aws.endpoint);
  const answer = await fetch(url, { method, body, headers: { authorization, ...headers } });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
}

describe('a fault of the local AWS', () => {
  const computeResources: ComputeResource = { type: 'FARGATE', maxvCpus: 1, subnets: ['subnet-1'] };

  it.each([
    [
      'query',
      () => new CloudFormation(account.client).createStack({ StackName: 'a', TemplateBody: '{"Resources":{}}' }),
    ],
    ['JSON', () => new ECS(account.client).createCluster({ clusterName: 'a' })],
    [
      'REST with JSON',
      () =>
        new Batch(account.client).createComputeEnvironment({
          computeEnvironmentName: 'a',
          type: 'MANAGED',
          computeResources,
        }),
    ],
  ])('reaches the SDK with its reason in the %s protocol', async (_, send) => {
    breakClock();
    await expect(send()).rejects.toMatchObject({
      name: 'InternalFailure',
      message: expect.stringMatching(
        /^The local AWS itself failed\. ValueError: .*'nonsense' \(traceback in .*server\.log\)$/,
      ) as string,
      $fault: 'server',
    });
    breakClock('0');
    const log = readFileSync(join(account.aws.directory, 'server.log'), 'utf8');
    expect(log).toMatch(/^Traceback[^]*ValueError: .*'nonsense'/m);
  });

  it('reaches an S3 client with its reason', async () => {
    await new S3({ ...account.client, forcePathStyle: true }).createBucket({ Bucket: 'broken' });
    const headers = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '1',
    };
    const { status, type, body } = await ask('s3', '/broken/key', { method: 'PUT', body: 'no chunk', headers });
    expect({ status, type }).toEqual({ status: 501, type: 'application/xml' });
    expect(body).toMatch(/<Error><Code>InternalFailure<\/Code><Message>The local AWS itself failed\. ValueError: /);
  });
});

describe('NotImplemented is the answer to', () => {
  it('an unknown operation', async () => {
    await expect(new EC2(account.client).describeMacHosts({})).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('does not know this operation: The describe_mac_hosts action') as string,
    });
  });

  it('an unknown path', async () => {
    const headers = { 'content-type': 'application/json' };
    const { status, body } = await ask('lambda', '/2099-01-01/of-later', { method: 'POST', body: '{}', headers });
    expect(status).toBe(501);
    expect(JSON.parse(body)).toEqual({
      __type: 'NotImplemented',
      Message: expect.stringContaining('(POST /2099-01-01/of-later: 404 NOT FOUND)') as string,
    });
  });

  it.each([
    ['application/x-amz-json-1.1', '"Message": "'],
    ['application/x-www-form-urlencoded', '<Message>'],
  ])('an unknown service in %s', async (type, message) => {
    const { body } = await ask('later', '/', { method: 'POST', body: '{}', headers: { 'content-type': type } });
    expect(body).toContain(`${message}The local AWS does not know this operation: there is no later here`);
  });
});
