import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS, type Service } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { LocalAws } from '../../src/local-aws';
import { clientConfig } from './account';
import { prepareAccount, until } from './containers';

/** Web application that reports its variables, request headers and permissions. */
const PROGRAM = `
const http = require('node:http');
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const may = (Key) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'files', Key, Body: 'x' })).then(() => 'yes', (e) => e.name);
console.log('started', process.env.VERSION);
process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(0); });
const server = http.createServer(async (request, response) => {
  if (request.url === '/health') return response.writeHead(Number(process.env.HEALTH ?? 204)).end();
  if (request.url === '/crash') { console.log('it crashes'); process.exit(3); }
  const { VERSION, SECRET, PART } = process.env;
  response.end(JSON.stringify({ VERSION, SECRET, PART, in: await may('in/1'), out: await may('out'), headers: request.headers }));
});
const { OTHER_PORT, SLOW = '0', PORT } = process.env;
setTimeout(() => server.listen(Number(OTHER_PORT ?? PORT)), Number(SLOW));`;

export const SERVICE = { cluster: 'web', service: 'web' };

/** Service `web` behind a load balancer with three listeners; its program is in the folder. */
export async function startWebService(aws: LocalAws, directory: string, HealthCheckIntervalSeconds = 5) {
  writeFileSync(join(directory, 'server.js'), PROGRAM);
  const config = clientConfig(aws);
  const ecs = new ECS(config);
  const elb = new ElasticLoadBalancingV2(config);
  const account = await prepareAccount(aws);
  const taskRoleArn = await account.role('task', { 's3:PutObject': 'arn:aws:s3:::files/in/*' });
  await new S3({ ...config, forcePathStyle: true }).createBucket({ Bucket: 'files' });
  const manager = new SecretsManager(config);
  const { ARN = '' } = await manager.createSecret({ Name: 'a', SecretString: '{"part":"a part"}' });
  const secrets = [
    { name: 'SECRET', valueFrom: ARN },
    { name: 'PART', valueFrom: `${ARN}:part::` },
  ];
  await ecs.createCluster({ clusterName: 'web' });
  const { Subnets = [] } = await new EC2(config).describeSubnets({});
  const subnets = Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId);
  const { SecurityGroups = [] } = await new EC2(config).describeSecurityGroups({});
  const securityGroups = [SecurityGroups[0]?.GroupId ?? ''];
  const balancer = await elb.createLoadBalancer({ Name: 'web', Subnets: subnets });
  const { LoadBalancerArn, DNSName = '' } = balancer.LoadBalancers?.[0] ?? {};
  const url = `http://${DNSName}`;
  const group = await elb.createTargetGroup({
    Name: 'web',
    Protocol: 'HTTP',
    Port: 3000,
    TargetType: 'ip',
    VpcId: Subnets[0]?.VpcId,
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds,
    HealthCheckTimeoutSeconds: HealthCheckIntervalSeconds - 1,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    Matcher: { HttpCode: '200-299' },
  });
  const targetGroupArn = group.TargetGroups?.[0]?.TargetGroupArn ?? '';
  const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }];
  await elb.modifyTargetGroupAttributes({ TargetGroupArn: targetGroupArn, Attributes });
  const forward = [{ Type: 'forward' as const, TargetGroupArn: targetGroupArn }];
  await elb.createListener({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: forward });
  const certificate = await new ACM(config).requestCertificate({ DomainName: 'shop.example.com' });
  const Certificates = [{ CertificateArn: certificate.CertificateArn }];
  const https = { LoadBalancerArn, Protocol: 'HTTPS' as const, Port: 443, Certificates, DefaultActions: forward };
  await elb.createListener(https);
  const RedirectConfig = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const };
  const redirect = [{ Type: 'redirect' as const, RedirectConfig }];
  const other = { LoadBalancerArn, Protocol: 'HTTP' as const, Port: 8080, DefaultActions: redirect };
  await elb.createListener(other);

  /** Pushes an image and registers a task definition of it; returns the definition's ARN. */
  async function define(version: string, environment: Record<string, string> = {}, command = 'server.js') {
    const NODE_PATH = join(process.cwd(), 'node_modules');
    const program = {
      directory,
      entrypoint: ['node'],
      command: [command],
      environment: { NODE_PATH, VERSION: version },
    };
    const { taskDefinition } = await ecs.registerTaskDefinition({
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
    });
    return taskDefinition?.taskDefinitionArn ?? '';
  }

  const release = (taskDefinition: string) => ecs.updateService({ ...SERVICE, taskDefinition });

  async function describeService(): Promise<Service> {
    const { services } = await ecs.describeServices({ cluster: 'web', services: ['web'] });
    return services?.[0] ?? {};
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

  async function tasks() {
    const of = { cluster: 'web', serviceName: 'web' };
    const lists = (['RUNNING', 'STOPPED'] as const).map((desiredStatus) => ecs.listTasks({ ...of, desiredStatus }));
    const taskArns = (await Promise.all(lists)).flatMap((listed) => listed.taskArns ?? []);
    if (taskArns.length === 0) return [];
    return (await ecs.describeTasks({ cluster: 'web', tasks: taskArns })).tasks ?? [];
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
  return { account, ecs, elb, url, targetGroupArn, define, release, describeService, settled, ask, tasks };
}
