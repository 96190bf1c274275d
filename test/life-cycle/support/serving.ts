import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import { pushImage } from '../../../tools/deploy-local/images';
import { sample } from '../../../tools/deploy-local/programs';
import { apps } from './apps';
import type { Life } from './life';

interface Answer {
  readonly status: number | undefined;
  readonly body: Record<string, unknown>;
  readonly cookie: string | undefined;
}

/** The application's own listener; another one may only redirect to it. */
export function applicationListener({ aws }: Life): string {
  const listeners = aws.listeners();
  return (listeners.find(({ url }) => url.startsWith('https:')) ?? listeners[0])?.url ?? '';
}

/** Asks the application through its load balancer, as a browser does; over TLS where there is a domain. */
export async function ask(life: Life, method: 'GET' | 'POST', path: string, body?: object, cookie?: string) {
  const url = applicationListener(life);
  const domain = life.config.loadBalancer.domain?.domainName;
  const headers = { ...(domain ? { host: domain } : {}), ...(cookie ? { cookie } : {}) };
  const tls = { ca: readFileSync(join(life.aws.directory, 'authority.pem')), servername: domain };
  const request = domain ? httpsRequest : httpRequest;
  return await new Promise<Answer>((resolve, reject) => {
    request(`${url}${path}`, { method, headers, ...(domain ? tls : {}) }, (response) => {
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

/** Waits for what a service does in the background. */
export async function until<T>(look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  const limit = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (Date.now() > limit) throw new Error(`it did not come: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function describeService({ names }: Life): Promise<Service> {
  const wanted = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
  return (await new ECSClient({}).send(wanted)).services?.[0] ?? {};
}

/** Waits until the service has come to rest; returns it. */
export async function rested(life: Life): Promise<Service> {
  return await until(
    () => describeService(life),
    ({ deployments = [] }) => /COMPLETED|FAILED/.test(deployments[0]?.rolloutState ?? ''),
  );
}

/** The health check asks the database. */
export async function expectServing(life: Life, version: string): Promise<void> {
  await rested(life);
  const { status, body } = await ask(life, 'GET', '/api/health');
  expect({ status, body }).toEqual({ status: 200, body: { status: 'ok', version } });
}

/** The application runs, and goes on running where a release is broken. */
export function serves(life: Life): void {
  test('the application answers from the database, through the load balancer', () => expectServing(life, 'v1'));

  test.each([
    ['cannot start', 'broken', sample.cannotStart, 'Cannot find module'],
    ['is never healthy', 'unwell', sample.neverHealthy, 'Health checks failed with these codes: [503]'],
  ] as const)('a release that %s leaves the old version serving, and says why', async (_case, tag, program, reason) => {
    await pushImage(life.outputs['AppRepositoryUri'] ?? '', tag, program());
    await life.deploy(apps.written, { AppImageTag: tag });
    const { events = [] } = await rested(life);
    expect(events[0]?.message).toContain(reason);
    await expectServing(life, 'v1');
    await life.deploy(apps.written, { AppImageTag: 'v1' });
    await expectServing(life, 'v1');
  });

  test('a file is uploaded to the bucket as from a page, and its users are imported; a wrong line is named', async () => {
    expect(await importFile(life, 'ann@example.com,Ann\nbob@example.com,Bob\n')).toMatchObject({
      state: 'done',
      rows: 2,
    });
    expect(await importFile(life, 'ann@example.com,Ann\nnobody\n')).toMatchObject({
      state: 'failed',
      message: 'line 2: not an address and a name: nobody',
    });
  });
}

/** Does what the page does: asks where to, asks the bucket whether it may, uploads, starts and waits. */
export async function importFile(life: Life, content: string): Promise<Answer['body']> {
  const { key, url } = (await ask(life, 'POST', '/api/uploads')).body as { key: string; url: string };
  const origin = life.outputs['ApplicationUrl'] ?? '';
  const preflight = { origin, 'access-control-request-method': 'PUT' };
  expect((await fetch(url, { method: 'OPTIONS', headers: preflight })).headers.get('access-control-allow-origin')).toBe(
    origin,
  );
  const foreign = { ...preflight, origin: 'https://elsewhere.example.com' };
  expect((await fetch(url, { method: 'OPTIONS', headers: foreign })).status).toBe(403);
  expect((await fetch(url, { method: 'PUT', headers: { origin }, body: content })).status).toBe(200);
  const { jobId } = (await ask(life, 'POST', '/api/imports', { key })).body as { jobId: string };
  const progress = async () => (await ask(life, 'GET', `/api/imports?jobId=${jobId}`)).body;
  return { jobId, ...(await until(progress, ({ state }) => state === 'done' || state === 'failed')) };
}
