import { ACM } from '@aws-sdk/client-acm';
import { ECS, type Service } from '@aws-sdk/client-ecs';
import { type Action, ElasticLoadBalancingV2, type Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3 } from '@aws-sdk/client-s3';
import type { Account } from './account';
import { prepareAccount } from './containers';
import { until } from './until';

/** Web application that reports its variables, request headers and permissions. */
const PROGRAM = `
const http = require('node:http');
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const may = (Key) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'files', Key, Body: 'x' })).then(() => 'yes', (e) => e.name);
console.log('started', process.env.VERSION);
process.on('SIGTERM', () => { console.log('SIGTERM'); if (!process.env.STAYS) process.exit(0); });
let checks = 0;
const server = http.createServer(async (request, response) => {
  if (request.url === '/health') checks += 1;
  if (request.url === '/health') return response.writeHead(Number(process.env.HEALTH ?? 204)).end();
  if (request.url === '/crash') { console.log('it crashes'); process.exit(3); }
  const { VERSION, SECRET, PART } = process.env;
  response.end(JSON.stringify({ VERSION, SECRET, PART, checks, in: await may('in/1'), out: await may('out'), headers: request.headers }));
});
server.keepAliveTimeout = 65_000;
const { SLOW = '0', PORT, HOST } = process.env;
setTimeout(() => server.listen(Number(PORT), HOST), Number(SLOW));`;

export const SERVICE = { cluster: 'web', service: 'web' };

/** Service `web` behind a load balancer with three listeners. */
export async function startWebService(account: Account) {
  const config = account.client;
  const [ecs, elb] = [new ECS(config), new ElasticLoadBalancingV2(config)];
  const containers = await prepareAccount(account);
  const { secret, subnets, securityGroups, logConfiguration } = containers;
  const taskRoleArn = await containers.role('task', { 's3:PutObject': 'arn:aws:s3:::files/in/*' });
  await new S3(config).createBucket({ Bucket: 'files' });
  await ecs.createCluster({ clusterName: 'web' });
  const balancer = await elb.createLoadBalancer({ Name: 'web', Subnets: subnets });
  const { LoadBalancerArn, DNSName } = balancer.LoadBalancers?.[0] ?? {};
  const url = `http://${DNSName}`;
  const group = await elb.createTargetGroup({
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
  const targetGroupArn = group.TargetGroups?.[0]?.TargetGroupArn ?? '';
  const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }];
  await elb.modifyTargetGroupAttributes({ TargetGroupArn: targetGroupArn, Attributes });
  const listen = (Port: number, action: Action, more: Listener = {}) =>
    elb.createListener({ LoadBalancerArn, Protocol: 'HTTP', Port, DefaultActions: [action], ...more });
  const forward: Action = { Type: 'forward', TargetGroupArn: targetGroupArn };
  await listen(80, forward);
  const { CertificateArn } = await new ACM(config).requestCertificate({ DomainName: 'shop.example.com' });
  await listen(443, forward, { Protocol: 'HTTPS', Certificates: [{ CertificateArn }] });
  const RedirectConfig = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } as const;
  await listen(8080, { Type: 'redirect', RedirectConfig });

  /** Pushes an image and registers a task definition of it; returns the definition's ARN. */
  async function define(version: string, environment: Record<string, string> = {}, command = ['-e', PROGRAM]) {
    const image = await containers.push(version, { command, environment: { VERSION: version } });
    const { taskDefinition } = await ecs.registerTaskDefinition({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: containers.executionRole,
      taskRoleArn,
      containerDefinitions: [
        {
          name: 'web',
          image,
          portMappings: [{ containerPort: 3000 }],
          environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
          secrets: [
            { name: 'SECRET', valueFrom: secret },
            { name: 'PART', valueFrom: `${secret}:part::` },
          ],
          logConfiguration,
        },
      ],
    });
    return taskDefinition?.taskDefinitionArn ?? '';
  }

  async function release(...version: Parameters<typeof define>): Promise<void> {
    await ecs.updateService({ ...SERVICE, taskDefinition: await define(...version) });
  }

  async function describeService(): Promise<Service> {
    return (await ecs.describeServices({ cluster: 'web', services: ['web'] })).services?.[0] ?? {};
  }

  /** Waits until the deployment has completed or failed. */
  async function settled(): Promise<Service> {
    return await until(describeService, ({ deployments = [] }) => {
      const [it] = deployments;
      return it?.rolloutState === 'COMPLETED' ? it.runningCount === it.desiredCount : it?.rolloutState === 'FAILED';
    });
  }

  async function ask(): Promise<Record<string, unknown>> {
    return (await (await fetch(url)).json()) as Record<string, unknown>;
  }

  async function tasks(...states: ('RUNNING' | 'STOPPED')[]) {
    const of = { cluster: 'web', serviceName: 'web' };
    const lists = await Promise.all(states.map((desiredStatus) => ecs.listTasks({ ...of, desiredStatus })));
    const found = lists.flatMap(({ taskArns = [] }) => taskArns);
    return found.length === 0 ? [] : ((await ecs.describeTasks({ cluster: 'web', tasks: found })).tasks ?? []);
  }

  await ecs.createService({
    ...SERVICE,
    serviceName: 'web',
    taskDefinition: await define('v1'),
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups } },
    loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 3000 }],
  });
  await settled();
  return { containers, ecs, elb, url, targetGroupArn, define, release, describeService, settled, ask, tasks };
}
