import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { authority } from './database';
import type { Life } from './life';
import type { Step } from './live';
import { describeService } from './running';
import { until } from '@infra/common/test/support/until';

interface Answer {
  readonly status: number | undefined;
  readonly body: Record<string, unknown>;
  readonly cookie: string | undefined;
}

/** Asks a listener of a load balancer for a name, as a browser does; over TLS where the listener does. */
export async function askListener(
  { aws }: Life,
  url: string,
  name: string | undefined,
  { method = 'GET', headers }: { method?: string; headers?: Record<string, string> } = {},
  body?: object,
): Promise<Answer> {
  const options = { method, headers: { ...headers, ...(name && { host: name }) } };
  return await new Promise<Answer>((resolve, reject) => {
    const request = url.startsWith('https:')
      ? httpsRequest(url, { ...options, ...authority(aws), servername: name })
      : httpRequest(url, options);
    request
      .on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => {
          const json = response.headers['content-type'] === 'application/json';
          const cookie = response.headers['set-cookie']?.[0]?.split(';')[0];
          resolve({ status: response.statusCode, body: json ? (JSON.parse(text) as Answer['body']) : {}, cookie });
        });
      })
      .on('error', reject)
      .end(body && JSON.stringify(body));
  });
}

/** The application's own listener; another one may only redirect to it. */
export function applicationListener({ aws }: Life): string {
  const listeners = aws.listeners();
  return (listeners.find(({ url }) => url.startsWith('https:')) ?? listeners[0])?.url ?? '';
}

/** Asks the application through its load balancer. */
export const ask = (life: Life, method: 'GET' | 'POST', path: string, body?: object, cookie?: string) =>
  askListener(
    life,
    `${applicationListener(life)}${path}`,
    life.config.loadBalancer.domain?.domainName,
    { method, headers: cookie ? { cookie } : {} },
    body,
  );

/** Waits until the service has come to rest; returns it. */
export const rested = (life: Life) =>
  until(
    () => describeService(life),
    ({ deployments = [] }) => /COMPLETED|FAILED/.test(deployments[0]?.rolloutState ?? ''),
  );

/** The health check asks the database. */
export async function expectServing(life: Life, version: string): Promise<void> {
  await rested(life);
  const { status, body } = await ask(life, 'GET', '/api/health');
  expect({ status, body }).toEqual({ status: 200, body: { status: 'ok', version } });
}

/** The application serves, and a file goes the way of a page. */
export const serves = (life: Life): Step[] => [
  { name: 'the application answers from the database, through the load balancer', calls: [], serves: 'v1' },
  importsFromItsPage(life),
];

/** A file goes the way of a page. */
function importsFromItsPage(life: Life): Step {
  return {
    name: 'a file is uploaded to the bucket as from a page, and its users are imported; a wrong line is named',
    calls: [
      async () => {
        const imported = await importFile(life, 'ann@example.com,Ann\nbob@example.com,Bob\n');
        expect(imported).toMatchObject({ state: 'done', rows: 2 });
        const refused = await importFile(life, 'ann@example.com,Ann\nnobody\n');
        expect(refused).toMatchObject({ state: 'failed', message: 'line 2: not an address and a name: nobody' });
      },
    ],
  };
}

/** Does what the page does: asks where to, asks the bucket whether it may, uploads, starts and waits. */
export async function importFile(life: Life, body: string): Promise<Answer['body']> {
  const { key, url } = (await ask(life, 'POST', '/api/uploads')).body as { key: string; url: string };
  const origin = life.outputs['ApplicationUrl'] ?? '';
  const preflight = (from: string) =>
    fetch(url, { method: 'OPTIONS', headers: { origin: from, 'access-control-request-method': 'PUT' } });
  expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBe(origin);
  expect((await preflight('https://elsewhere.example.com')).status).toBe(403);
  expect((await fetch(url, { method: 'PUT', headers: { origin }, body })).status).toBe(200);
  const { jobId } = (await ask(life, 'POST', '/api/imports', { key })).body as { jobId: string };
  const progress = async () => (await ask(life, 'GET', `/api/imports?jobId=${jobId}`)).body;
  return { jobId, ...(await until(progress, ({ state }) => state === 'done' || state === 'failed')) };
}
