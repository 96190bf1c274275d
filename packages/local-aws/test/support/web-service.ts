import { ACM } from '@aws-sdk/client-acm';
import { type Deployment, ECS, type Service, type Task } from '@aws-sdk/client-ecs';
import {
  type Action,
  type CreateListenerCommandInput,
  ElasticLoadBalancingV2,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3 } from '@aws-sdk/client-s3';
import type { Account } from './account';
import { prepareAccount } from './containers';
import { until } from './until';

/** Web application that reports its variables, request headers, permissions and number of health checks. */
const PROGRAM = `
const http = require('node:http');
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');

const { VERSION, SECRET, PART, HEALTH = '204', SLOW = '0', STAYS, PORT, HOST } = process.env;

let checks = 0;

/** 'yes' if the task's role allows an upload, or the name of the error. */
async function mayUpload(key) {
  try {
    await new S3Client({}).send(new PutObjectCommand({ Bucket: 'files', Key: key, Body: 'x' }));
    return 'yes';
  } catch (error) {
    return error.name;
  }
}

async function answer(request, response) {
  if (request.url === '/health') {
    checks += 1;
    response.writeHead(Number(HEALTH)).end();
    return;
  }
  if (request.url === '/crash') {
    console.log('it crashes');
    process.exit(3);
  }
  const rights = { in: await mayUpload('in/1'), out: await mayUpload('out') };
  response.end(JSON.stringify({ VERSION, SECRET, PART, checks, ...rights, headers: request.headers }));
}

console.log('started', VERSION);
process.on('SIGTERM', () => {
  console.log('SIGTERM');
  if (!STAYS) process.exit(0);
});
const server = http.createServer(answer);
server.keepAliveTimeout = 65_000;
setTimeout(() => server.listen(Number(PORT), HOST), Number(SLOW));`;

export const SERVICE = { cluster: 'web', service: 'web' };

/** A version of the application. */
interface Version {
  /** Variables of its container. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Arguments of Node in place of the application. */
  readonly command?: string[];
}

/** True once a deployment has completed or failed. */
function hasEnded(deployment: Deployment | undefined): boolean {
  if (deployment?.rolloutState === 'COMPLETED') return deployment.runningCount === deployment.desiredCount;
  return deployment?.rolloutState === 'FAILED';
}

/** Service `web` behind a load balancer with three listeners. */
export async function startWebService(account: Account) {
  const ecs = new ECS(account.client);
  const elb = new ElasticLoadBalancingV2(account.client);
  const containers = await prepareAccount(account);
  const taskRole = await containers.role('task', { 's3:PutObject': 'arn:aws:s3:::files/in/*' });
  await new S3(account.client).createBucket({ Bucket: 'files' });

  async function createTargetGroup(): Promise<string> {
    const { TargetGroups = [] } = await elb.createTargetGroup({
      Name: 'web',
      Protocol: 'HTTP',
      Port: 3000,
      TargetType: 'ip',
      VpcId: containers.vpc,
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 2,
      HealthCheckTimeoutSeconds: 1,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200-299' },
    });
    const arn = TargetGroups[0]?.TargetGroupArn ?? '';
    await elb.modifyTargetGroupAttributes({
      TargetGroupArn: arn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }],
    });
    return arn;
  }

  /** Creates the listeners 80, 443 under a certificate for shop.example.com, and 8080, which redirects to 443. */
  async function createListeners(loadBalancerArn: string | undefined, targetGroupArn: string): Promise<void> {
    const listen = (port: number, action: Action, props: Partial<CreateListenerCommandInput> = {}) =>
      elb.createListener({
        LoadBalancerArn: loadBalancerArn,
        Protocol: 'HTTP',
        Port: port,
        DefaultActions: [action],
        ...props,
      });
    const forward: Action = { Type: 'forward', TargetGroupArn: targetGroupArn };
    const redirect: Action = {
      Type: 'redirect',
      RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' },
    };
    const { CertificateArn } = await new ACM(account.client).requestCertificate({ DomainName: 'shop.example.com' });
    await listen(80, forward);
    await listen(443, forward, { Protocol: 'HTTPS', Certificates: [{ CertificateArn }] });
    await listen(8080, redirect);
  }

  const { LoadBalancers = [] } = await elb.createLoadBalancer({ Name: 'web', Subnets: containers.subnets });
  const url = `http://${LoadBalancers[0]?.DNSName}`;
  const targetGroupArn = await createTargetGroup();
  await createListeners(LoadBalancers[0]?.LoadBalancerArn, targetGroupArn);

  /** Pushes an image and registers a task definition of it; returns the definition's ARN. */
  async function define(name: string, { environment = {}, command = ['-e', PROGRAM] }: Version = {}): Promise<string> {
    const image = await containers.push(name, { command, environment: { VERSION: name } });
    const container = {
      name: 'web',
      image,
      portMappings: [{ containerPort: 3000 }],
      environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
      secrets: [
        { name: 'SECRET', valueFrom: containers.secret },
        { name: 'PART', valueFrom: `${containers.secret}:part::` },
      ],
      logConfiguration: containers.logConfiguration,
    };
    // The target is the container that the service names, not the first one.
    const sidecar = {
      name: 'agent',
      image,
      command: ['-e', 'setInterval(() => undefined, 1000)'],
      logConfiguration: containers.logConfiguration,
    };
    const { taskDefinition } = await ecs.registerTaskDefinition({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: containers.executionRole,
      taskRoleArn: taskRole,
      containerDefinitions: [sidecar, container],
    });
    return taskDefinition?.taskDefinitionArn ?? '';
  }

  /** Begins the deployment of a version. */
  async function release(name: string, version: Version = {}): Promise<void> {
    await ecs.updateService({ ...SERVICE, taskDefinition: await define(name, version) });
  }

  async function describeService(): Promise<Service> {
    const { services = [] } = await ecs.describeServices({ cluster: 'web', services: ['web'] });
    return services[0] ?? {};
  }

  /** Waits until the deployment has completed or failed. */
  async function settled(): Promise<Service> {
    return await until(describeService, ({ deployments = [] }) => hasEnded(deployments[0]));
  }

  /** Answer of the application, through the load balancer. */
  async function ask(): Promise<Record<string, unknown>> {
    const response = await fetch(url);
    return (await response.json()) as Record<string, unknown>;
  }

  async function tasks(desiredStatus: 'RUNNING' | 'STOPPED'): Promise<Task[]> {
    const { taskArns = [] } = await ecs.listTasks({ cluster: 'web', serviceName: 'web', desiredStatus });
    if (taskArns.length === 0) return [];
    const described = await ecs.describeTasks({ cluster: 'web', tasks: taskArns });
    return described.tasks ?? [];
  }

  await ecs.createCluster({ clusterName: 'web' });
  await ecs.createService({
    cluster: 'web',
    serviceName: 'web',
    taskDefinition: await define('v1'),
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: containers.subnets, securityGroups: containers.securityGroups },
    },
    loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 3000 }],
  });
  await settled();
  return { containers, ecs, elb, url, targetGroupArn, define, release, describeService, settled, ask, tasks };
}
