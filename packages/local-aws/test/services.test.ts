import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';

import { Account } from './support/account';
import { until } from './support/containers';
import { SERVICE, startWebService } from './support/web-service';
import { temporaryFolder } from '@infra/common/testing';

const account = Account.shared({ run: true, usedBefore: true, patience: 3 });
let web: Awaited<ReturnType<typeof startWebService>>;

beforeAll(async () => {
  web = await startWebService(account.aws, directory);
}, 60_000);
// Registered after `account`: the folder is removed once its programs have ended.
const directory = temporaryFolder('program-');

async function runningTask() {
  return (await web.tasks()).find(({ lastStatus }) => lastStatus === 'RUNNING');
}

/** Status of the health check over TLS under this server name. */
async function statusUnder(servername: string, port: string): Promise<number | undefined> {
  const ca = readFileSync(join(account.aws.directory, 'authority.pem'));
  return await new Promise((resolve, reject) => {
    httpsRequest({ host: '127.0.0.1', port, servername, path: '/health', ca }, (response) => {
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('a service', () => {
  it('runs its program with its secrets, limited to its role', async () => {
    const expected = { VERSION: 'v1', SECRET: '{"part":"a part"}', PART: 'a part', in: 'yes', out: 'AccessDenied' };
    expect(await web.ask()).toMatchObject(expected);
  });

  it('forwards the client’s address to its program', async () => {
    const { headers } = await web.ask();
    expect(headers).toMatchObject({
      host: web.url.slice('http://'.length),
      'x-forwarded-for': expect.stringContaining('127.0.0.1') as unknown,
      'x-forwarded-proto': 'http',
    });
  });

  it('has a running task, a healthy target and a log stream', async () => {
    const [task] = await web.tasks();
    expect(task).toMatchObject({ lastStatus: 'RUNNING', group: 'service:web' });
    const { TargetHealthDescriptions: targets } = await web.elb.describeTargetHealth({
      TargetGroupArn: web.targetGroupArn,
    });
    expect(targets?.map(({ TargetHealth }) => TargetHealth?.State)).toEqual(['healthy']);
    expect(await web.account.logged(`web/web/${idOf(task?.taskArn)}`)).toEqual(['started v1']);
  });

  it('is reachable over a redirect to TLS under the certificate’s name', async () => {
    const redirect = await fetch(listener(8080), { redirect: 'manual' });
    expect(redirect.status).toBe(301);
    const location = new URL(redirect.headers.get('location') ?? '');
    expect(location.protocol).toBe('https:');
    expect(await statusUnder('shop.example.com', location.port)).toBe(204);
  });

  it('serves another certificate once its listener has one', async () => {
    const { LoadBalancers = [] } = await web.elb.describeLoadBalancers({ Names: ['web'] });
    const { Listeners = [] } = await web.elb.describeListeners({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn });
    const { ListenerArn } = Listeners.find(({ Port }) => Port === 443) ?? {};
    const DomainName = 'other.example.com';
    const { CertificateArn } = await new ACM(account.client).requestCertificate({ DomainName });
    const { port } = new URL(listener(443));
    await expect(statusUnder(DomainName, port)).rejects.toThrow('not in the cert');
    await web.elb.modifyListener({ ListenerArn, Certificates: [{ CertificateArn }] });
    expect(
      await until(
        () => statusUnder(DomainName, port).catch(() => 0),
        (status) => status !== 0,
      ),
    ).toBe(204);
  });

  it('keeps the old version if the new one cannot start, and reports the reason', async () => {
    await web.release(await web.define('v2', {}, 'no-such-file.js'));
    const { events = [], deployments = [] } = await web.settled();
    expect(deployments[0]).toMatchObject({ rolloutState: 'FAILED', runningCount: 1 });
    expect(events[0]?.message).toContain('Essential container in task exited (exit code 1)');
    expect(events[0]?.message).toContain('Cannot find module');
    expect((await web.ask())['VERSION']).toBe('v1');
  });

  it('keeps the old version if the new one is never healthy', async () => {
    await web.release(await web.define('v3', { HEALTH: '500' }));
    const { events = [] } = await until(web.settled, ({ events = [] }) => events[0]?.message?.includes('ELB') ?? false);
    expect(events[0]?.message).toContain('Health checks failed with these codes: [500]');
    expect((await web.ask())['VERSION']).toBe('v1');
    const messages = events.map(({ message }) => message).join('\n');
    // Reported at once, and again at the end.
    expect(messages).toMatch(/is unhealthy, and has \d more seconds: GET http:\/\/localhost:\d+\/health: 500$/m);
    expect(events[0]?.message).toMatch(/\[500\] \(GET http:\/\/localhost:\d+\/health: 500\)/);
    const stopped = (await web.tasks()).filter(({ lastStatus }) => lastStatus === 'STOPPED');
    expect(stopped.map(({ stoppedReason }) => stoppedReason).join()).toContain('Task failed ELB health checks');
  });

  it('reports the checked URL if nothing listens on PORT', async () => {
    await web.release(await web.define('unheard', { OTHER_PORT: '0' }));
    const { events = [] } = await until(web.settled, ({ events = [] }) => !events[0]?.message?.includes('[500]'));
    expect(events[0]?.message).toMatch(/GET http:\/\/localhost:(\d+)\/health: nothing listens on PORT \1\)/);
  });

  it('switches to the new version once it is healthy, and sends SIGTERM to the old one', async () => {
    const old = await runningTask();
    await web.release(await web.define('v4'));
    await until(web.ask, ({ VERSION }) => VERSION === 'v4');
    await web.settled();
    expect(await web.account.logged(`web/web/${idOf(old?.taskArn)}`)).toEqual(['started v1', 'SIGTERM']);
  });

  it('restarts a program that ended by itself', async () => {
    const before = await runningTask();
    await expect(fetch(`${web.url}/crash`)).resolves.toMatchObject({ status: 502 });
    const after = await until(runningTask, (task) => task !== undefined && task.taskArn !== before?.taskArn);
    expect(after?.lastStatus).toBe('RUNNING');
    const { events = [] } = await web.describeService();
    expect(events.map(({ message }) => message).join()).toContain('its program ended\n  started v4\n  it crashes');
  });

  it('answers 503 without a task', async () => {
    await web.ecs.updateService({ ...SERVICE, desiredCount: 0 });
    await until(
      () => fetch(web.url),
      ({ status }) => status === 503,
    );
    await web.ecs.deleteService({ ...SERVICE, force: true });
  });
});

/** Local URL of a listener. */
function listener(port: number): string {
  return account.aws.listeners().find((each) => each.port === port)?.url ?? '';
}

function idOf(taskArn = ''): string {
  return taskArn.split('/').pop()?.replaceAll('-', '') ?? '';
}
