import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type Service,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type LocalAws, startLocalAws } from '../../../tools/local-aws/local-aws';
import { clientConfig, prepareAccount, until } from './support/account';

/** A web application of a few lines: it tells what it was given, and what its role may do. */
const PROGRAM = `
const http = require('node:http');
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const may = (Key) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'files', Key, Body: 'x' })).then(() => 'yes', (e) => e.name);
console.log('started', process.env.VERSION);
process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(0); });
http.createServer(async (request, response) => {
  if (request.url === '/health') return response.writeHead(Number(process.env.HEALTH ?? 204)).end();
  if (request.url === '/crash') { console.log('it crashes'); process.exit(3); }
  const { VERSION, SECRET, PART } = process.env;
  response.end(JSON.stringify({ VERSION, SECRET, PART, in: await may('in/1'), out: await may('out'), headers: request.headers }));
}).listen(Number(process.env.PORT));`;

let aws: LocalAws;
let account: Awaited<ReturnType<typeof prepareAccount>>;
let ecs: ECSClient;
let elb: ElasticLoadBalancingV2Client;
let url: string;
let targetGroupArn: string;
let taskRoleArn: string;
let secrets: { name: string; valueFrom: string }[];
const directory = mkdtempSync(join(tmpdir(), 'program-'));
const SERVICE = { cluster: 'web', service: 'web' };

beforeAll(async () => {
  // Where a program finds the SDK.
  writeFileSync(join(directory, 'server.js'), PROGRAM);
  aws = await startLocalAws({ run: true, patience: 3 });
  const config = clientConfig(aws);
  ecs = new ECSClient(config);
  elb = new ElasticLoadBalancingV2Client(config);
  account = await prepareAccount(aws);
  taskRoleArn = await account.role('task', { 's3:PutObject': 'arn:aws:s3:::files/in/*' });
  await new S3Client({ ...config, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'files' }));
  const manager = new SecretsManagerClient(config);
  const { ARN = '' } = await manager.send(new CreateSecretCommand({ Name: 'a', SecretString: '{"part":"a part"}' }));
  secrets = [
    { name: 'SECRET', valueFrom: ARN },
    { name: 'PART', valueFrom: `${ARN}:part::` },
  ];
  await ecs.send(new CreateClusterCommand({ clusterName: 'web' }));
  const { Subnets = [] } = await new EC2Client(config).send(new DescribeSubnetsCommand({}));
  const subnets = Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId);
  const { SecurityGroups = [] } = await new EC2Client(config).send(new DescribeSecurityGroupsCommand({}));
  const securityGroups = [SecurityGroups[0]?.GroupId ?? ''];
  const balancer = await elb.send(new CreateLoadBalancerCommand({ Name: 'web', Subnets: subnets }));
  const { LoadBalancerArn, DNSName = '' } = balancer.LoadBalancers?.[0] ?? {};
  url = `http://${DNSName}`;
  const group = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'web',
      Protocol: 'HTTP',
      Port: 3000,
      TargetType: 'ip',
      VpcId: Subnets[0]?.VpcId,
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200-299' },
    }),
  );
  targetGroupArn = group.TargetGroups?.[0]?.TargetGroupArn ?? '';
  const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }];
  await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn, Attributes }));
  const forward = [{ Type: 'forward' as const, TargetGroupArn: targetGroupArn }];
  await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: forward }));
  const certificate = await new ACMClient(config).send(
    new RequestCertificateCommand({ DomainName: 'shop.example.com' }),
  );
  const Certificates = [{ CertificateArn: certificate.CertificateArn }];
  const https = { LoadBalancerArn, Protocol: 'HTTPS' as const, Port: 443, Certificates, DefaultActions: forward };
  await elb.send(new CreateListenerCommand(https));
  const RedirectConfig = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const };
  const redirect = [{ Type: 'redirect' as const, RedirectConfig }];
  const other = { LoadBalancerArn, Protocol: 'HTTP' as const, Port: 8080, DefaultActions: redirect };
  await elb.send(new CreateListenerCommand(other));

  await ecs.send(
    new CreateServiceCommand({
      ...SERVICE,
      serviceName: 'web',
      taskDefinition: await define('v1'),
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups } },
      loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 3000 }],
    }),
  );
  await settled();
}, 60_000);

afterAll(async () => {
  await aws.stop();
  rmSync(directory, { recursive: true });
});

/** Pushes an image and registers a task definition of it; returns the definition's ARN. */
async function define(version: string, environment: Record<string, string> = {}, command = 'server.js') {
  const NODE_PATH = join(process.cwd(), 'node_modules');
  const program = { directory, entrypoint: ['node'], command: [command], environment: { NODE_PATH, VERSION: version } };
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: account.executionRole,
      taskRoleArn,
      containerDefinitions: [
        {
          name: 'web',
          image: await account.push(version, program),
          portMappings: [{ containerPort: 3000 }],
          environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
          secrets,
          logConfiguration: account.logConfiguration,
        },
      ],
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

const release = (taskDefinition: string) => ecs.send(new UpdateServiceCommand({ ...SERVICE, taskDefinition }));

async function describeService(): Promise<Service> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'web', services: ['web'] }));
  return services?.[0] ?? {};
}

/** Waits until the service has done what it was told, or has given it up. */
async function settled(): Promise<Service> {
  return await until(describeService, ({ deployments = [] }) => {
    const [it] = deployments;
    return it?.rolloutState === 'COMPLETED' ? it.runningCount === it.desiredCount : it?.rolloutState === 'FAILED';
  });
}

async function ask(): Promise<Record<string, unknown>> {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}

async function tasks() {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: 'web', serviceName: 'web' }));
  if (taskArns.length === 0) return [];
  return (await ecs.send(new DescribeTasksCommand({ cluster: 'web', tasks: taskArns }))).tasks ?? [];
}

async function runningTask() {
  return (await tasks()).find(({ lastStatus }) => lastStatus === 'RUNNING');
}

describe('a service', () => {
  it('runs its image’s program with its secrets, under its role, which may no more than it may', async () => {
    const expected = { VERSION: 'v1', SECRET: '{"part":"a part"}', PART: 'a part', in: 'yes', out: 'AccessDenied' };
    expect(await ask()).toMatchObject(expected);
  });

  it('tells its program where a request came from', async () => {
    const { headers } = await ask();
    expect(headers).toMatchObject({
      host: url.slice('http://'.length),
      'x-forwarded-for': expect.stringContaining('127.0.0.1') as unknown,
      'x-forwarded-proto': 'http',
    });
  });

  it('is a running task, a healthy target, and a log stream', async () => {
    const [task] = await tasks();
    expect(task).toMatchObject({ lastStatus: 'RUNNING', group: 'service:web' });
    const { TargetHealthDescriptions: targets } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    );
    expect(targets?.map(({ TargetHealth }) => TargetHealth?.State)).toEqual(['healthy']);
    expect(await account.logged(`web/web/${idOf(task?.taskArn)}`)).toEqual(['started v1']);
  });

  it('is reached by TLS under the name of the certificate, and over a redirect', async () => {
    const redirect = await fetch(listener(8080), { redirect: 'manual' });
    expect(redirect.status).toBe(301);
    const location = new URL(redirect.headers.get('location') ?? '');
    expect(location.protocol).toBe('https:');
    const status = await new Promise((resolve, reject) => {
      const ca = readFileSync(join(aws.directory, 'authority.pem'));
      const options = { host: '127.0.0.1', port: location.port, servername: 'shop.example.com', path: '/health', ca };
      httpsRequest(options, (response) => {
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(204);
  });

  it('keeps the old version where the new one cannot start, and says why', async () => {
    await release(await define('v2', {}, 'no-such-file.js'));
    const { events = [], deployments = [] } = await settled();
    expect(deployments[0]).toMatchObject({ rolloutState: 'FAILED', runningCount: 1 });
    expect(events[0]?.message).toContain('Essential container in task exited (exit code 1)');
    expect(events[0]?.message).toContain('Cannot find module');
    expect((await ask())['VERSION']).toBe('v1');
  });

  it('keeps the old version where the new one is never healthy', async () => {
    await release(await define('v3', { HEALTH: '500' }));
    const { events = [] } = await until(settled, ({ events = [] }) => events[0]?.message?.includes('ELB') ?? false);
    expect(events[0]?.message).toContain('Health checks failed with these codes: [500]');
    expect((await ask())['VERSION']).toBe('v1');
    const stopped = (await tasks()).filter(({ lastStatus }) => lastStatus === 'STOPPED');
    expect(stopped.map(({ stoppedReason }) => stoppedReason).join()).toContain('Task failed ELB health checks');
  });

  it('takes the new version once it is healthy, and asks the old one to end', async () => {
    const old = await runningTask();
    await release(await define('v4'));
    await until(ask, ({ VERSION }) => VERSION === 'v4');
    await settled();
    expect(await account.logged(`web/web/${idOf(old?.taskArn)}`)).toEqual(['started v1', 'SIGTERM']);
  });

  it('starts its program anew where that ends by itself', async () => {
    const before = await runningTask();
    await expect(fetch(`${url}/crash`)).resolves.toMatchObject({ status: 502 });
    const after = await until(runningTask, (task) => task !== undefined && task.taskArn !== before?.taskArn);
    expect(after?.lastStatus).toBe('RUNNING');
    const { events = [] } = await describeService();
    expect(events.map(({ message }) => message).join()).toContain('its program ended\n  started v4\n  it crashes');
  });

  it('answers 503 without a task, and nothing after its deletion', async () => {
    await ecs.send(new UpdateServiceCommand({ ...SERVICE, desiredCount: 0 }));
    await until(
      () => fetch(url),
      ({ status }) => status === 503,
    );
    await ecs.send(new DeleteServiceCommand({ ...SERVICE, force: true }));
  });
});

/** Where a listener listens on this machine. */
function listener(port: number): string {
  return aws.listeners().find((each) => each.port === port)?.url ?? '';
}

function idOf(taskArn = ''): string {
  return taskArn.split('/').pop()?.replaceAll('-', '') ?? '';
}
