import { createServer as createHttp, Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import { speaksOldTls } from '../../../tools/first-contact/entrance';
import { ROWS } from '../../../tools/first-contact/rows';
import { page } from '../../docs/documents';
import { runFirstContact } from '../../../tools/first-contact/run';
import { type Answers, askRow, contactOf, whileAwsAnswers } from './aws-answers';

test('the table of docs/proofs.md is what is asked, row by row', () => {
  const [, chapter = ''] = page('docs/proofs.md').text.split('\n## What only AWS can prove\n');
  const rows = [...chapter.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, sees, told]) => ({ sees, told })).slice(2);
  expect(rows).toEqual(ROWS.map(({ sees, told }) => ({ sees, told })));
});

const servers: Server[] = [];
afterAll(async () => {
  await Promise.all(servers.map(end));
});

async function end(server: Server): Promise<void> {
  if (server instanceof HttpServer) server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('users arrive', () => {
  const arrive = (port: number, contact: Parameters<typeof contactOf>[0] = {}) =>
    askRow(/Users arrive/, {}, contactOf({ ...contact, outputs: { ApplicationUrl: `http://127.0.0.1:${port}` } }));
  const answering = (status: number) =>
    createHttp(({ url }, response) => response.writeHead(url === '/api/health' ? status : 404).end());

  it.each([
    [200, 'pass', / answers 200\./],
    [503, 'fail', / answers 503\./],
    [301, 'fail', / answers 301\./],
  ])('where the application answers %i', async (status, result, says) => {
    expect(await arrive(await listen(answering(status)))).toEqual({
      result,
      says: expect.stringMatching(says) as string,
    });
  });

  it('before a release there is nobody to answer', async () => {
    const answer = await arrive(await listen(answering(503)), { parameters: { AppImageTag: '' } });
    expect(answer.result).toBe('look');
  });

  it('from outside an office that alone is admitted, somebody there must look', async () => {
    const { loadBalancer } = contactOf().config;
    const office = { config: { loadBalancer: { ...loadBalancer, allowedRanges: ['198.51.100.0/24'] } } };
    const server = answering(200);
    const port = await listen(server);
    await end(server);
    expect(await arrive(port)).toMatchObject({
      result: 'fail',
      says: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(await arrive(port, office as never)).toMatchObject({
      result: 'look',
      says: expect.stringContaining('198.51.100.0/24') as string,
    });
  });
});

describe('old TLS', () => {
  // Ciphers that need no certificate.
  const secured = (versions: TlsOptions) =>
    listen(createTls({ ciphers: 'ADH:@SECLEVEL=0', dhparam: 'auto', ...versions } as TlsOptions));

  it('is spoken where a server still does', async () => {
    expect(await speaksOldTls('localhost', await secured({ minVersion: 'TLSv1' }))).toBe('TLSv1.1');
  });

  it('is refused where a server wants TLS 1.2', async () => {
    expect(await speaksOldTls('localhost', await secured({ minVersion: 'TLSv1.2' }))).toBeUndefined();
  });

  it('is not taken for refused where nobody answers', async () => {
    await expect(speaksOldTls('localhost', 1)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('the exit code', () => {
  const url = async () => `http://127.0.0.1:${await listen(createHttp((_, response) => response.end()))}`;
  const exitCode = async (answers: Answers) => {
    const stack = { StackName: 'ProoflinkDev', Outputs: [{ OutputKey: 'ApplicationUrl', OutputValue: await url() }] };
    const there = { DescribeStacks: { Stacks: [stack] }, ListStackResources: { StackResourceSummaries: [] } };
    return (await whileAwsAnswers({ ...there, ...answers }, () => runFirstContact('dev', {}))).exitCode;
  };
  const group = { DBParameterGroupName: 'default.postgres15', ParameterApplyStatus: 'in-sync' };
  const EngineLifecycleSupport = 'open-source-rds-extended-support-disabled';
  const well: Answers = {
    DescribeServices: { services: [{ desiredCount: 0 }] },
    DescribeLogStreams: { logStreams: [] },
    DescribeDBInstances: { DBInstances: [{ DBParameterGroups: [group], EngineLifecycleSupport }] },
    DescribeDBParameters: { Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '1' }] },
    GetServiceQuota: { Quota: { Value: 100 } },
    GetRole: { Role: {} },
  };

  it.each([
    [0, 'where all of it passes, or a person must look', {}],
    [1, 'where something fails', { GetServiceQuota: { Quota: { Value: 1 } } }],
    [2, 'where something could not be asked', { GetServiceQuota: new Error('AccessDenied') }],
    [
      1,
      'where something fails, and something else could not be asked',
      { GetServiceQuota: { Quota: { Value: 1 } }, DescribeDBParameters: new Error('AccessDenied') },
    ],
  ])('is %i %s', async (code, _when, answers) => {
    expect(await exitCode({ ...well, ...answers })).toBe(code);
  });
});
