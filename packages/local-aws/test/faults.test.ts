import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Batch } from '@aws-sdk/client-batch';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { S3 } from '@aws-sdk/client-s3';
import { Account } from './support/account';

const account = Account.shared();

/** Sends a request signed for the service, without an SDK. */
async function ask(service: string, path: string, method: string, body: string, headers: Record<string, string>) {
  const scope = `local/20260101/ap-northeast-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, Signature=none`;
  const answer = await fetch(account.aws.endpoint + path, { method, body, headers: { authorization, ...headers } });
  return `${answer.status} ${answer.headers.get('content-type')} ${await answer.text()}`;
}

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
    await new S3(account.client).createBucket({ Bucket: 'broken' });
    const signed = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '1',
    };
    const failure = '<Error><Code>InternalFailure</Code><Message>The local AWS itself failed. ValueError: ';
    const answer = await ask('s3', '/broken/key', 'PUT', 'no chunk', signed);
    expect(answer).toMatch(/^501 application\/xml /);
    expect(answer).toContain(failure);
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
    [
      'path',
      'lambda',
      '/2099-01-01/of-later',
      'application/json',
      /^501 .*"__type": "NotImplemented".*later: 404 NOT/s,
    ],
    ['service in JSON', 'later', '/', 'application/x-amz-json-1.1', /"Message": "The .* there is no later here/],
    ['service in XML', 'later', '/', 'application/x-www-form-urlencoded', /<Message>The .* there is no later here/],
  ])('an unknown %s', async (_, service, path, type, answer) => {
    expect(await ask(service, path, 'POST', '{}', { 'content-type': type })).toMatch(answer);
  });
});
