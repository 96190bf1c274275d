import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS, type HealthCheck, type Service } from '@aws-sdk/client-ecs';
import { removeOwnPath } from '@infra/common/own-paths';
import { temporaryFolder } from '@infra/common/testing';
import { Account, CAPABILITIES } from './support/account';
import { prepareAccount } from './support/containers';
import { until } from './support/until';

const account = Account.shared({ run: true, usedBefore: true, patience: 2 });
const { cloudFormation } = account;
const ecs = new ECS(account.client);
const databaseFile = join(temporaryFolder('service-'), 'database');
/** Also the name of cluster and service. */
const StackName = 'shop';
let containers: Awaited<ReturnType<typeof prepareAccount>>;
/** Image of the first version. */
let v1: string;

/** Web application that is healthy while its database is awake. */
const PROGRAM = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const isAwake = () => readFileSync(process.env.DATABASE, 'utf8') === 'awake';
createServer((_, response) => response.writeHead(isAwake() ? 204 : 503).end()).listen(process.env.PORT);`;

const CRASHING_PROGRAM = `console.error('no such table'); process.exit(1);`;

/** Pushes an image of the web application, or of another program; returns its name. */
const push = (tag: string, program = PROGRAM) =>
  containers.push(tag, { command: ['-e', program], environment: { DATABASE: databaseFile } });

function setDatabase(state: 'awake' | 'asleep'): void {
  writeFileSync(databaseFile, state);
}

beforeAll(async () => {
  containers = await prepareAccount(account);
  setDatabase('awake');
  v1 = await push('v1');
}, 60_000);

/** A service whose image and number of tasks are parameters. */
function template(hasCircuitBreaker: boolean, alarmNames: readonly string[]) {
  return {
    Parameters: { Image: { Type: 'String' }, Count: { Type: 'Number' } },
    Resources: {
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: StackName } },
      TargetGroup: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: {
          Protocol: 'HTTP',
          Port: 3000,
          TargetType: 'ip',
          VpcId: containers.vpc,
          HealthCheckIntervalSeconds: 5,
          HealthCheckTimeoutSeconds: 2,
          HealthyThresholdCount: 2,
          UnhealthyThresholdCount: 2,
          Matcher: { HttpCode: '204' },
          TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '0' }],
        },
      },
      TaskDefinition: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          Family: StackName,
          NetworkMode: 'awsvpc',
          RequiresCompatibilities: ['FARGATE'],
          Cpu: '256',
          Memory: '512',
          ExecutionRoleArn: containers.executionRole,
          // Without a log configuration, as for many applications.
          ContainerDefinitions: [{ Name: 'web', Image: { Ref: 'Image' }, PortMappings: [{ ContainerPort: 3000 }] }],
        },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          ServiceName: StackName,
          Cluster: { Ref: 'Cluster' },
          LaunchType: 'FARGATE',
          TaskDefinition: { Ref: 'TaskDefinition' },
          DesiredCount: { Ref: 'Count' },
          DeploymentConfiguration: {
            DeploymentCircuitBreaker: {
              Enable: hasCircuitBreaker,
              Rollback: hasCircuitBreaker,
              ResetOnHealthyTask: false,
            },
            Alarms: { AlarmNames: alarmNames, Enable: alarmNames.length > 0, Rollback: alarmNames.length > 0 },
          },
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets: containers.subnets, SecurityGroups: [] } },
          LoadBalancers: [{ TargetGroupArn: { Ref: 'TargetGroup' }, ContainerName: 'web', ContainerPort: 3000 }],
        },
      },
    },
  };
}

/** Creates the stack, or updates it; returns its status. */
async function deploy(
  image: string,
  count: number,
  hasCircuitBreaker = true,
  alarmNames: readonly string[] = [],
): Promise<string | undefined> {
  const stack = {
    StackName,
    TemplateBody: JSON.stringify(template(hasCircuitBreaker, alarmNames)),
    ...CAPABILITIES,
    Parameters: [
      { ParameterKey: 'Image', ParameterValue: image },
      { ParameterKey: 'Count', ParameterValue: String(count) },
    ],
  };
  const exists = (await account.statusOf(StackName)) !== undefined;
  await (exists ? cloudFormation.updateStack(stack) : cloudFormation.createStack(stack));
  return await account.statusOf(StackName);
}

async function describeService(): Promise<Service> {
  const { services = [] } = await ecs.describeServices({ cluster: StackName, services: [StackName] });
  return services[0] ?? {};
}

/** State of the service's deployment, and its image. */
async function deployment() {
  const { deployments = [], taskDefinition, runningCount } = await describeService();
  const described = await ecs.describeTaskDefinition({ taskDefinition });
  const [web] = described.taskDefinition?.containerDefinitions ?? [];
  return { rolloutState: deployments[0]?.rolloutState, runningCount, image: web?.image };
}

/** CloudFormation's reason for a failed resource. */
function reasonOf(message: string, code: string): unknown {
  const reason = `"${message}" \\(RequestToken: [\\w-]+, HandlerErrorCode: ${code}\\)`;
  return expect.stringMatching(new RegExp(`^Resource handler returned message: ${reason}$`));
}

const CIRCUIT_BREAKER_REASON = reasonOf(
  "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
  'GeneralServiceException',
);

// The tests are the life of one stack: each begins where the one before has ended.

describe('a service', () => {
  it('without a task is stable at once', async () => {
    expect(await deploy(v1, 0)).toBe('CREATE_COMPLETE');
    expect(await deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 0, image: v1 });
  });

  it('ends an update once its deployment has completed', async () => {
    expect(await deploy(v1, 1)).toBe('UPDATE_COMPLETE');
    expect(await deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, image: v1 });
  });
});

describe('a version that crashes', () => {
  beforeAll(async () => {
    expect(await deploy(await push('crashes', CRASHING_PROGRAM), 1)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('fails the update by the circuit breaker', async () => {
    expect(await account.failures(StackName)).toMatchObject({ Service: CIRCUIT_BREAKER_REASON });
  });

  it('is rolled back with its parameters: the old version runs', async () => {
    expect(await account.parameters(StackName)).toMatchObject({ Image: v1, Count: '1' });
    expect(await deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, image: v1 });
  });

  it('is reported by ECS: each step, the failed deployment, the rollback', async () => {
    const { events: newestFirst = [] } = await describeService();
    const messages = newestFirst.map(({ message = '' }) => message).reverse();
    const firstSteadyState = messages.findIndex((message) => message.includes('has reached a steady state'));
    const shown = messages.slice(firstSteadyState + 1).filter((message) => !message.includes('healthy answers, and'));
    expect(shown.map((message) => message.replace(/(task |ecs-svc\/|target-group )[^.)]+/, '$1…'))).toEqual([
      '(service shop) has started 1 tasks: (task …).',
      '(service shop) (deployment ecs-svc/…) deployment failed: tasks failed to start.',
      '(service shop) rolling back to deployment ecs-svc/….',
      '(service shop) (deployment ecs-svc/…) deployment completed.',
      '(service shop) has reached a steady state.',
    ]);
  });
});

describe('an update while the database of both versions sleeps', () => {
  /** Ends all tasks as office hours do. */
  async function stopTasks(): Promise<void> {
    await ecs.updateService({ cluster: StackName, service: StackName, desiredCount: 0 });
    await until(describeService, ({ deployments = [] }) => deployments[0]?.rolloutState === 'COMPLETED');
  }

  it('fails, and so does its rollback', async () => {
    await stopTasks();
    setDatabase('asleep');
    expect(await deploy(await push('v2'), 1)).toBe('UPDATE_ROLLBACK_FAILED');
    const failures = await account.failures(StackName);
    expect(failures['Service']).toEqual(CIRCUIT_BREAKER_REASON);
    expect(failures[StackName]).toBe('The following resource(s) failed to update: [Service]. ');
    expect(await deployment()).toEqual({ rolloutState: 'FAILED', runningCount: 0, image: v1 });
  });

  it('is rolled back by ContinueUpdateRollback once the database is awake', async () => {
    setDatabase('awake');
    await cloudFormation.continueUpdateRollback({ StackName });
    expect(await account.statusOf(StackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 1, image: v1 });
  });
});

describe('an update of a service', () => {
  it('to a version that crashes does not stabilize without a circuit breaker', async () => {
    expect(await deploy(await push('crashes-too', CRASHING_PROGRAM), 1, false)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await account.failures(StackName)).toMatchObject({
      Service: reasonOf('Exceeded attempts to wait', 'NotStabilized'),
    });
  });

  it('to an image without a local program is stable at once', async () => {
    const image = 'public.ecr.aws/nginx/nginx:1';
    expect(await deploy(image, 2)).toBe('UPDATE_COMPLETE');
    expect(await deployment()).toEqual({ rolloutState: 'COMPLETED', runningCount: 2, image });
  });
});

it('a stack whose first version crashes is rolled back entirely', async () => {
  expect(await account.remove(StackName)).toBeUndefined();
  expect(await deploy(await push('crashes-first', CRASHING_PROGRAM), 1)).toBe('ROLLBACK_COMPLETE');
  expect(await account.failures(StackName)).toMatchObject({ Service: CIRCUIT_BREAKER_REASON });
  expect(await describeService()).toMatchObject({ status: 'INACTIVE' });
});

describe('a service without a load balancer', () => {
  const healthFile = join(temporaryFolder('worker-'), 'healthy');
  const CHECK = ['CMD-SHELL', `test -f ${healthFile} || { echo no file; exit 1; }`];

  beforeAll(() => ecs.createCluster({ clusterName: 'workers' }));

  /** Creates a service of this program; returns the first deployment and the events once that has ended. */
  async function run(serviceName: string, program: string, healthCheck?: HealthCheck, subnets = containers.subnets) {
    const image = await push(serviceName, program);
    const { taskDefinition } = await ecs.registerTaskDefinition({
      family: serviceName,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: containers.executionRole,
      containerDefinitions: [{ name: 'worker', image, healthCheck, logConfiguration: containers.logConfiguration }],
    });
    await ecs.createService({
      cluster: 'workers',
      serviceName,
      taskDefinition: taskDefinition?.taskDefinitionArn,
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: containers.securityGroups } },
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    });
    const { deployments = [] } = await until(
      () => describeWorker(serviceName),
      (service) => /COMPLETED|FAILED/.test(service.deployments?.[0]?.rolloutState ?? ''),
    );
    return { rolloutState: deployments[0]?.rolloutState, events: await eventsOf(serviceName) };
  }

  async function describeWorker(serviceName: string): Promise<Service> {
    const { services = [] } = await ecs.describeServices({ cluster: 'workers', services: [serviceName] });
    return services[0] ?? {};
  }

  async function eventsOf(serviceName: string): Promise<string> {
    const { events = [] } = await describeWorker(serviceName);
    return events.map(({ message = '' }) => message).join('\n');
  }

  // ECS asks for nothing more than RUNNING where nothing checks the task (aws/containers-roadmap 1206).
  it('fails its deployment by a crash only if its container has a health check', async () => {
    const crash = `setTimeout(() => process.exit(1), 300);`;
    expect(await run('unchecked', crash)).toMatchObject({ rolloutState: 'COMPLETED' });
    const check = { command: ['CMD', 'true'], interval: 5 };
    expect(await run('checked', crash, check)).toMatchObject({ rolloutState: 'FAILED' });
  });

  it('fails its deployment by the command of its health check, whose output is in the log', async () => {
    const check = { command: CHECK, interval: 5, retries: 1 };
    const { rolloutState, events } = await run('unhealthy', 'setInterval(() => undefined, 1000);', check);
    expect(rolloutState).toBe('FAILED');
    expect(events).toMatch(/^\(service unhealthy\) \(task \w+\) failed container health checks\.$/m);
    const { taskArns = [] } = await ecs.listTasks({
      cluster: 'workers',
      family: 'unhealthy',
      desiredStatus: 'STOPPED',
    });
    const { tasks: [task] = [] } = await ecs.describeTasks({ cluster: 'workers', tasks: taskArns });
    expect(task?.stoppedReason).toBe('Task failed container health checks');
    const log = await containers.logged(`web/worker/${taskArns[0]?.split('/').at(-1)}`);
    expect(log).toEqual(['Health check failed: exit code 1 no file']);
  });

  it('replaces a task that becomes unhealthy after its deployment', async () => {
    writeFileSync(healthFile, '');
    const check = { command: CHECK, interval: 5, retries: 1 };
    const { rolloutState } = await run('falling-ill', 'setInterval(() => undefined, 1000);', check);
    expect(rolloutState).toBe('COMPLETED');
    removeOwnPath(healthFile);
    const hasReplaced = (events: string) => events.includes('Amazon ECS replaced 1 tasks due to an unhealthy status.');
    await until(() => eventsOf('falling-ill'), hasReplaced);
  });

  it('fails its deployment if its subnet has no free address, in EC2’s words', async () => {
    const ec2 = new EC2(account.client);
    const range = { VpcId: containers.vpc, CidrBlock: '172.31.240.0/28' };
    const { Subnet: { SubnetId = '' } = {} } = await ec2.createSubnet(range);
    // A range of 16 addresses, of which AWS keeps five.
    for (let taken = 0; taken < 11; taken += 1) await ec2.createNetworkInterface({ SubnetId });
    const { rolloutState, events } = await run('crowded', 'setInterval(() => undefined, 1000);', undefined, [SubnetId]);
    expect(rolloutState).toBe('FAILED');
    expect(events).toMatch(
      / was unable to place a task\. Reason: Unexpected EC2 error .* in subnet 'subnet-\w+': InsufficientFreeAddressesInSubnet\.$/m,
    );
  });
});

describe('a deployment that an alarm watches for five minutes, which are five seconds here', () => {
  const cloudWatch = new CloudWatch(account.client);
  const alarm = { AlarmName: 'errors' };

  beforeAll(async () => {
    await cloudWatch.putMetricAlarm({
      ...alarm,
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    await account.remove(StackName);
    expect(await deploy(v1, 1, true, [alarm.AlarmName])).toBe('CREATE_COMPLETE');
  });

  /** The service’s events from the beginning of the last deployment, the oldest first. */
  async function eventsSince(time: number) {
    const { events = [] } = await describeService();
    return events.filter(({ createdAt }) => Number(createdAt) >= time).reverse();
  }

  it('completes after that time, although its tasks are new before', async () => {
    const start = Date.now();
    expect(await deploy(await push('baked'), 1, true, [alarm.AlarmName])).toBe('UPDATE_COMPLETE');
    const events = await eventsSince(start);
    const timeOf = (text: string) => Number(events.find(({ message = '' }) => message.includes(text))?.createdAt);
    expect(timeOf('deployment completed.') - timeOf('registered 1 targets')).toBeGreaterThan(4000);
  });

  it('fails if the alarm fires within it, and CloudFormation brings the version before', async () => {
    const start = Date.now();
    const update = deploy(await push('fires'), 1, true, [alarm.AlarmName]);
    await until(
      () => eventsSince(start),
      (events) => events.some(({ message = '' }) => message.includes('registered 1 targets')),
    );
    expect(await deployment()).toMatchObject({ rolloutState: 'IN_PROGRESS', runningCount: 1 });
    await cloudWatch.setAlarmState({ ...alarm, StateValue: 'ALARM', StateReason: 'A test' });
    expect(await update).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { image } = await deployment();
    expect(image).toMatch(/:baked$/);
    const messages = (await eventsSince(start)).map(({ message }) => message);
    expect(messages.join('\n')).toMatch(
      /deployment failed: alarm detected\.\n.* rolling back to deployment ecs-svc\/\d+\.$/m,
    );
    await cloudWatch.setAlarmState({ ...alarm, StateValue: 'OK', StateReason: 'A test' });
  });

  // By default a healthy task would set the count to zero, and the deployment would never end.
  it('fails by the third task that crashes within it, since ResetOnHealthyTask is false', async () => {
    const start = Date.now();
    const crashesLater = await push('crashes-later', `${PROGRAM} setTimeout(() => process.exit(1), 2500);`);
    expect(await deploy(crashesLater, 1, true, [alarm.AlarmName])).toBe('UPDATE_ROLLBACK_COMPLETE');
    const messages = (await eventsSince(start)).map(({ message = '' }) => message);
    const failure = messages.findIndex((message) => message.includes('deployment failed: tasks failed to start.'));
    expect(messages.slice(0, failure).filter((message) => message.includes('has started 1 tasks'))).toHaveLength(3);
  });
});
