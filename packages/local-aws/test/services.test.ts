import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';

import { Account } from './support/account';
import { until } from './support/until';
import { SERVICE, startWebService } from './support/web-service';

const account = Account.shared({ run: true, usedBefore: true, patience: 10 });
let web: Awaited<ReturnType<typeof startWebService>>;

beforeAll(async () => {
  web = await startWebService(account);
}, 60_000);

async function runningTask() {
  return (await web.tasks('RUNNING')).find(({ lastStatus }) => lastStatus === 'RUNNING');
}

/** Lines that a task has logged. */
function logOf({ taskArn = '' } = {}): Promise<unknown[]> {
  return web.containers.logged(`web/web/${taskArn.split('/').pop()?.replaceAll('-', '')}`);
}

/** Events of the service, newest first, once its deployment has completed or failed. */
async function settledEvents(): Promise<string[]> {
  const { events = [] } = await web.settled();
  return events.map(({ message = '' }) => message);
}

/** Local URL of a listener. */
function listener(port: number): string {
  return account.aws.listeners().find((each) => each.port === port)?.url ?? '';
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
  it('runs its program with its secrets and the client’s address, limited to its role', async () => {
    expect(await web.ask()).toMatchObject({
      ...{ VERSION: 'v1', SECRET: '{"part":"a part"}', PART: 'a part', in: 'yes', out: 'AccessDenied' },
      headers: {
        host: web.url.slice('http://'.length),
        'x-forwarded-for': expect.stringContaining('127.0.0.1') as unknown,
        'x-forwarded-proto': 'http',
      },
    });
  });

  it('has a running task, a healthy target and a log stream', async () => {
    const [task] = await web.tasks('RUNNING');
    expect(task).toMatchObject({ lastStatus: 'RUNNING', group: 'service:web' });
    const health = await web.elb.describeTargetHealth({ TargetGroupArn: web.targetGroupArn });
    expect(health.TargetHealthDescriptions).toMatchObject([{ TargetHealth: { State: 'healthy' } }]);
    expect(await logOf(task)).toEqual(['started v1']);
  });

  it('is reachable over a redirect to TLS, under the name of the certificate that its listener has', async () => {
    const redirect = await fetch(listener(8080), { redirect: 'manual' });
    expect(redirect.status).toBe(301);
    const { protocol, port } = new URL(redirect.headers.get('location') ?? '');
    expect(protocol).toBe('https:');
    expect(await statusUnder('shop.example.com', port)).toBe(204);

    const DomainName = 'other.example.com';
    await expect(statusUnder(DomainName, port)).rejects.toThrow('not in the cert');
    const { LoadBalancers = [] } = await web.elb.describeLoadBalancers({ Names: ['web'] });
    const { Listeners = [] } = await web.elb.describeListeners({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn });
    const { ListenerArn } = Listeners.find(({ Port }) => Port === 443) ?? {};
    const { CertificateArn } = await new ACM(account.client).requestCertificate({ DomainName });
    await web.elb.modifyListener({ ListenerArn, Certificates: [{ CertificateArn }] });
    await until(
      () => statusUnder(DomainName, port).catch(() => 0),
      (status) => status === 204,
    );
  });

  it('gets connections that may be idle for as long as its load balancer says', async () => {
    const idleTimeout = () =>
      (JSON.parse(readFileSync(join(account.aws.directory, 'listeners.json'), 'utf8')) as { idleTimeout: number }[])[0]
        ?.idleTimeout;
    expect(idleTimeout()).toBe(60_000);
    const { LoadBalancers = [] } = await web.elb.describeLoadBalancers({ Names: ['web'] });
    await web.elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
      Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }],
    });
    expect(idleTimeout()).toBe(30_000);
  });

  it('keeps the old version if the new one cannot start, and reports the reason', async () => {
    await web.release('v2', {}, ['no-such-file.js']);
    const { events = [], deployments = [] } = await web.settled();
    const [deploymentFailed, taskFailed] = events;
    expect(deployments[0]).toMatchObject({ rolloutState: 'FAILED', runningCount: 1 });
    expect(deploymentFailed?.message).toMatch(
      /\(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\.$/,
    );
    expect(taskFailed?.message).toMatch(/Essential container in task exited \(exit code 1\).*Cannot find module/s);
    expect(await web.ask()).toMatchObject({ VERSION: 'v1' });
  });

  it('keeps the old version if the new one is never healthy', async () => {
    await web.release('v3', { HEALTH: '500' });
    const events = await settledEvents();
    expect(await web.ask()).toMatchObject({ VERSION: 'v1' });
    // Reported at once, and again at the end.
    const [, taskFailed] = events;
    expect(events.join('\n')).toMatch(
      /has 0 of 2 healthy answers, and \d seconds left: GET http:\/\/localhost:\d+\/health: 500$/m,
    );
    expect(taskFailed).toMatch(/failed with these codes: \[500\] \(GET http:\/\/localhost:\d+\/health: 500\)/);
    const stopped = (await web.tasks('STOPPED')).map(({ stoppedReason }) => stoppedReason);
    expect(stopped.join()).toContain('Task failed ELB health checks');
  });

  it('has completed its deployment where the running version is wanted again', async () => {
    const { taskDefinitionArn: taskDefinition } = (await runningTask()) ?? {};
    await web.ecs.updateService({ ...SERVICE, taskDefinition });
    await until(web.describeService, ({ deployments }) => deployments?.[0]?.rolloutState === 'COMPLETED');
    expect(await web.ask()).toMatchObject({ VERSION: 'v1' });
  });

  it('switches to the new version once it is healthy, and sends SIGTERM to the old one', async () => {
    const old = await runningTask();
    await web.release('v4');
    await until(web.ask, ({ VERSION }) => VERSION === 'v4');
    await web.settled();
    expect(await logOf(old)).toEqual(['started v1', 'SIGTERM']);
  });

  it('is checked at its group’s interval once it is healthy, so that checks do not fill its log', async () => {
    const checks = async () => Number((await web.ask())['checks']);
    await web.elb.modifyTargetGroup({ TargetGroupArn: web.targetGroupArn, HealthCheckIntervalSeconds: 30 });
    const before = await checks();
    account.aws.wait(30);
    await until(checks, (count) => count > before);
    for (let request = 0; request < 40; request += 1) await web.ask();
    expect(await checks()).toBe(before + 1);
    await web.elb.modifyTargetGroup({ TargetGroupArn: web.targetGroupArn, HealthCheckIntervalSeconds: 2 });
  });

  it('restarts a program that ended by itself', async () => {
    const before = await runningTask();
    await expect(fetch(`${web.url}/crash`)).resolves.toMatchObject({ status: 502 });
    await until(runningTask, (task) => task !== undefined && task.taskArn !== before?.taskArn);
    const { events = [] } = await web.describeService();
    expect(events.map(({ message }) => message).join()).toContain('its program ended\n  started v4\n  it crashes');
  });

  it('fails a slow program with the checked URL, unless a grace period covers it and the local AWS has patience', async () => {
    const start = async (version: string, healthCheckGracePeriodSeconds: number) => {
      // Longer than the checks that make a target unhealthy.
      const taskDefinition = await web.define(version, { SLOW: '4500' });
      await web.ecs.updateService({ ...SERVICE, taskDefinition, healthCheckGracePeriodSeconds });
      const { deployments, events = [] } = await web.settled();
      return [deployments?.[0]?.rolloutState, events.map(({ message }) => message).join('\n')];
    };
    const [failed, reasons] = await start('v5', 0);
    expect(failed).toBe('FAILED');
    expect(reasons).toMatch(/^.*\n.*GET http:\/\/localhost:(\d+)\/health: nothing listens on PORT \1\)/);
    const [completed, events] = await start('v6', 30);
    expect(completed).toBe('COMPLETED');
    expect(await web.ask()).toMatchObject({ VERSION: 'v6' });
    expect(events).toMatch(/has [01] of 2 healthy answers, and \d+ seconds left/);
  });

  it('warns of a program that listens on 127.0.0.1 alone, which AWS would not reach', async () => {
    const warnings = async () => {
      const events = await settledEvents();
      return events.filter((message) => message.includes('listens on 127.0.0.1 alone'));
    };
    expect(await warnings()).toEqual([]);
    await web.release('v6-on-loopback', { HOST: '127.0.0.1' });
    // The event follows the end of the deployment.
    await until(warnings, (found) => found.length === 1);
  });

  it('leaves an old version that ignores SIGTERM beside the new one, and kills it after 30 seconds', async () => {
    await web.release('v6-stays', { STAYS: 'yes' });
    await web.settled();
    const old = await runningTask();
    await web.release('v6-after');
    await until(web.ask, ({ VERSION }) => VERSION === 'v6-after');
    await web.settled();
    expect(await logOf(old)).toEqual(['started v6-stays', 'SIGTERM']);
    account.aws.wait(30);
    const killed = 'Killed 30 seconds after SIGTERM, as on AWS (SIGKILL, exit code 137).';
    await until(
      () => logOf(old),
      (lines) => lines.at(-1) === killed,
    );
  });

  it('does not retry a failed first deployment, and completes the next one', async () => {
    const scale = (desiredCount: number) => web.ecs.updateService({ ...SERVICE, desiredCount });
    await scale(0);
    await web.settled();
    await web.release('v7', {}, ['no-such-file.js']);
    await scale(1);
    const { deployments, events = [] } = await web.settled();
    expect(deployments?.[0]).toMatchObject({ rolloutState: 'FAILED', runningCount: 0 });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await web.describeService()).events).toHaveLength(events.length);
    await web.release('v8');
    expect((await web.settled()).deployments?.[0]).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 1 });
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
