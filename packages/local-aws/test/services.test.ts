import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';
import type { Task } from '@aws-sdk/client-ecs';
import { Account } from './support/account';
import { until } from './support/until';
import { SERVICE, startWebService } from './support/web-service';

const account = Account.shared({ run: true, usedBefore: true, patience: 10 });
let web: Awaited<ReturnType<typeof startWebService>>;

beforeAll(async () => {
  web = await startWebService(account);
}, 60_000);

async function runningTask(): Promise<Task | undefined> {
  const tasks = await web.tasks('RUNNING');
  return tasks.find(({ lastStatus }) => lastStatus === 'RUNNING');
}

/** Lines that a task has logged. */
function logOf(task: Task | undefined): Promise<unknown[]> {
  const taskId = task?.taskArn?.split('/').at(-1)?.replaceAll('-', '');
  return web.containers.logged(`web/web/${taskId}`);
}

/** Messages of the service's events, newest first. */
async function messages(): Promise<string[]> {
  const { events = [] } = await web.describeService();
  return events.map(({ message = '' }) => message);
}

/** The same once the deployment has completed or failed. */
async function settledMessages(): Promise<string[]> {
  await web.settled();
  return await messages();
}

/** Version of the application that answers. */
async function servedVersion(): Promise<unknown> {
  const { VERSION } = await web.ask();
  return VERSION;
}

/** Events of failed health checks of a target, which the local AWS alone has. */
function failedChecks(events: readonly string[]): string {
  return events.filter((message) => message.includes('of 2 healthy answers')).join('\n');
}

/** ECS's event of an unhealthy target, as in a production account. */
function unhealthyTarget(reason: string): RegExp {
  const target = String.raw`\(task \w+\) \(port 3000\) is unhealthy in \(target-group arn:.*\)`;
  return new RegExp(`^\\(service web\\) ${target} due to \\(reason ${reason.replaceAll(/[[\]]/g, '\\$&')}\\)\\.$`);
}

async function untilServed(version: string): Promise<void> {
  await until(servedVersion, (served) => served === version);
}

async function scale(desiredCount: number): Promise<void> {
  await web.ecs.updateService({ ...SERVICE, desiredCount });
}

// The tests are the life of one service: each begins where the one before has ended.

describe('a service', () => {
  it('runs its program with its secrets', async () => {
    expect(await web.ask()).toMatchObject({ VERSION: 'v1', SECRET: '{"part":"a part"}', PART: 'a part' });
  });

  it('limits its program to the rights of the task’s role: uploads into the folder `in`', async () => {
    expect(await web.ask()).toMatchObject({ in: 'yes', out: 'AccessDenied' });
  });

  it('passes on the client’s address, protocol and host name', async () => {
    const { headers } = await web.ask();
    expect(headers).toMatchObject({
      host: web.url.slice('http://'.length),
      'x-forwarded-for': expect.stringContaining('127.0.0.1') as unknown,
      'x-forwarded-proto': 'http',
    });
  });

  it('has a running task, a healthy target and a log stream', async () => {
    expect(await web.describeService()).toMatchObject({ availabilityZoneRebalancing: 'ENABLED' });
    const [task] = await web.tasks('RUNNING');
    expect(task).toMatchObject({ lastStatus: 'RUNNING', group: 'service:web' });
    const health = await web.elb.describeTargetHealth({ TargetGroupArn: web.targetGroupArn });
    expect(health.TargetHealthDescriptions).toMatchObject([{ TargetHealth: { State: 'healthy' } }]);
    expect(await logOf(task)).toEqual(['started v1']);
  });
});

describe('the load balancer of a service', () => {
  /** Local URL of a listener. */
  function urlOf(listenerPort: number): string {
    const listener = account.aws.listeners().find(({ port }) => port === listenerPort);
    return listener?.url ?? '';
  }

  /** Status of the health check over TLS under this server name. */
  async function statusUnder(serverName: string): Promise<number | undefined> {
    const options = {
      host: '127.0.0.1',
      port: new URL(urlOf(443)).port,
      servername: serverName,
      path: '/health',
      ca: readFileSync(join(account.aws.directory, 'authority.pem')),
    };
    return await new Promise((resolve, reject) => {
      const request = httpsRequest(options, (response) => {
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.end();
    });
  }

  async function loadBalancerArn(): Promise<string | undefined> {
    const { LoadBalancers = [] } = await web.elb.describeLoadBalancers({ Names: ['web'] });
    return LoadBalancers[0]?.LoadBalancerArn;
  }

  it('redirects to TLS', async () => {
    const response = await fetch(urlOf(8080), { redirect: 'manual' });
    expect(response.status).toBe(301);
    const { protocol, port } = new URL(response.headers.get('location') ?? '');
    expect(protocol).toBe('https:');
    expect(port).toBe(new URL(urlOf(443)).port);
  });

  it('answers over TLS under the name of its certificate alone', async () => {
    expect(await statusUnder('shop.example.com')).toBe(204);
    await expect(statusUnder('other.example.com')).rejects.toThrow('not in the cert');
  });

  it('answers under another name once its listener has another certificate', async () => {
    const { Listeners = [] } = await web.elb.describeListeners({ LoadBalancerArn: await loadBalancerArn() });
    const https = Listeners.find(({ Port }) => Port === 443);
    const { CertificateArn } = await new ACM(account.client).requestCertificate({ DomainName: 'other.example.com' });
    await web.elb.modifyListener({ ListenerArn: https?.ListenerArn, Certificates: [{ CertificateArn }] });
    await until(
      () => statusUnder('other.example.com').catch(() => 0),
      (status) => status === 204,
    );
  });

  it('keeps connections for as long as its idle timeout says', async () => {
    /** Idle timeout in the file of the listeners that the local AWS runs. */
    const idleTimeout = () => {
      const listeners = readFileSync(join(account.aws.directory, 'listeners.json'), 'utf8');
      return (JSON.parse(listeners) as { idleTimeout: number }[])[0]?.idleTimeout;
    };
    expect(idleTimeout()).toBe(60_000);
    await web.elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: await loadBalancerArn(),
      Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }],
    });
    expect(idleTimeout()).toBe(30_000);
  });
});

describe('a deployment', () => {
  it('keeps the old version if the new one is never healthy, and reports each check and the end', async () => {
    await web.release('v3', { environment: { HEALTH: '500' } });
    const [newest, ...older] = await settledMessages();
    expect(newest).toMatch(/^\(service web\) \(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\.$/);
    const taskFailed = older.find((message) => message.includes('is unhealthy in'));
    expect(taskFailed).toMatch(unhealthyTarget('Health checks failed with these codes: [500]'));
    expect(failedChecks(older)).toMatch(/, and \d seconds left: GET http:\/\/localhost:\d+\/health: 500$/m);
    expect(await servedVersion()).toBe('v1');
    const stoppedTasks = await web.tasks('STOPPED');
    const reasons = stoppedTasks.map(({ stoppedReason }) => stoppedReason);
    expect(reasons).toEqual([expect.stringMatching(/^Task failed ELB health checks in \(target-group arn:.*\)$/)]);
  });

  it('switches to the new version once that is healthy, and sends SIGTERM to the old one', async () => {
    const oldTask = await runningTask();
    await web.release('v4');
    await untilServed('v4');
    await web.settled();
    expect(await logOf(oldTask)).toEqual(['started v1', 'SIGTERM']);
  });
});

it('a healthy target is checked at the interval of its group, so that checks do not fill its log', async () => {
  const setCheckInterval = (seconds: number) =>
    web.elb.modifyTargetGroup({ TargetGroupArn: web.targetGroupArn, HealthCheckIntervalSeconds: seconds });
  const countChecks = async () => {
    const { checks } = await web.ask();
    return Number(checks);
  };
  await setCheckInterval(30);
  const checksBefore = await countChecks();
  account.aws.wait(30);
  await until(countChecks, (count) => count > checksBefore);
  // Time for more checks, if there were any.
  for (let request = 0; request < 40; request += 1) await web.ask();
  expect(await countChecks()).toBe(checksBefore + 1);
  await setCheckInterval(2);
});

describe('a program that ends by itself after the deployment reached its steady state', () => {
  const deployment = async () => {
    const { deployments: [primary] = [] } = await web.describeService();
    return primary;
  };

  it('is restarted, and its deployment stays COMPLETED: a deployment that has ended is not judged again', async () => {
    const taskBefore = await runningTask();
    await expect(fetch(`${web.url}/crash`)).resolves.toMatchObject({ status: 502 });
    const withoutTask = await until(deployment, (primary) => primary?.runningCount === 0);
    expect(withoutTask).toMatchObject({ rolloutState: 'COMPLETED', failedTasks: 0 });
    await until(runningTask, (task) => task !== undefined && task.taskArn !== taskBefore?.taskArn);
    await until(messages, ([newest = '']) => newest.endsWith('has reached a steady state.'));
  });

  it('is tried again until it starts: an update to the same number of tasks waits for that, too', async () => {
    await web.containers.push('v4', { command: ['no-such-file.js'] });
    await expect(fetch(`${web.url}/crash`)).resolves.toMatchObject({ status: 502 });
    await until(messages, ([newest = '']) => newest.includes('unable to consistently start tasks'));
    await scale(1);
    expect(await deployment()).toMatchObject({ rolloutState: 'COMPLETED', failedTasks: 0, runningCount: 0 });
    await web.define('v4');
    await until(deployment, (primary) => primary?.runningCount === 1);
    expect(await servedVersion()).toBe('v4');
  });
});

/** Deploys a version that fails as many checks as make a target unhealthy; returns how the deployment ended. */
async function deployUnhealthy(
  name: string,
  environment: Record<string, string>,
  gracePeriod: number,
): Promise<string | undefined> {
  await web.ecs.updateService({
    ...SERVICE,
    taskDefinition: await web.define(name, { environment }),
    healthCheckGracePeriodSeconds: gracePeriod,
  });
  const { deployments = [] } = await web.settled();
  return deployments[0]?.rolloutState;
}

it('a program that listens on another port fails, and an event has both ports', async () => {
  expect(await deployUnhealthy('v5-elsewhere', { PORT: '0' }, 0)).toBe('FAILED');
  expect(failedChecks(await messages())).toMatch(
    /nothing listens on PORT \d+, and the program listens on \d+ instead$/m,
  );
});

describe('a program that listens after 4.5 seconds', () => {
  const slow = { SLOW: '4500' };

  it('fails without a grace period, and an event has the checked URL', async () => {
    expect(await deployUnhealthy('v5', slow, 0)).toBe('FAILED');
    expect(failedChecks(await messages())).toMatch(
      /GET http:\/\/localhost:(\d+)\/health: nothing listens on PORT \1$/m,
    );
  });

  it('becomes healthy within a grace period', async () => {
    expect(await deployUnhealthy('v6', slow, 30)).toBe('COMPLETED');
    expect(await servedVersion()).toBe('v6');
    const events = await messages();
    expect(events.join('\n')).toMatch(/has [01] of 2 healthy answers, and \d+ seconds left/);
  });
});

it('a program that listens on 127.0.0.1 alone has an event: AWS would not reach it', async () => {
  const warnings = async () => {
    const events = await settledMessages();
    return events.filter((message) => message.includes('listens on 127.0.0.1 alone'));
  };
  expect(await warnings()).toEqual([]);
  await web.release('v6-on-loopback', { environment: { HOST: '127.0.0.1' } });
  // The event follows the end of the deployment.
  await until(warnings, (found) => found.length === 1);
});

describe('a service without a task', () => {
  it('does not retry a failed first deployment', async () => {
    await scale(0);
    await web.settled();
    await web.release('v7', { command: ['no-such-file.js'] });
    await scale(1);
    const { deployments = [] } = await web.settled();
    expect(deployments[0]).toMatchObject({ rolloutState: 'FAILED', runningCount: 0 });
    const messagesAtTheEnd = await messages();
    // Time in which a retry would report events.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await messages()).toEqual(messagesAtTheEnd);
  });

  it('fails by a circuit breaker after three tasks, the least that it counts', async () => {
    const deploymentCircuitBreaker = { enable: true, rollback: false };
    const taskDefinition = await web.define('v7-again', { command: ['no-such-file.js'] });
    await web.ecs.updateService({ ...SERVICE, taskDefinition, deploymentConfiguration: { deploymentCircuitBreaker } });
    const { deployments = [] } = await web.settled();
    expect(deployments[0]).toMatchObject({ rolloutState: 'FAILED', failedTasks: 3 });
  });

  it('completes the next deployment', async () => {
    await web.release('v8');
    const { deployments = [] } = await web.settled();
    expect(deployments[0]).toMatchObject({ rolloutState: 'COMPLETED', runningCount: 1 });
  });
});
