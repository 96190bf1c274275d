import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './support/containers';

const ROOT = join(__dirname, '../../..');

/** Program that starts a local AWS with a database and a load balancer, and prints their ports. */
const PROGRAM = `
const { startLocalAws } = require('@infra/local-aws');
const { RDS } = require('@aws-sdk/client-rds');
const { ElasticLoadBalancingV2 } = require('@aws-sdk/client-elastic-load-balancing-v2');
const { EC2 } = require('@aws-sdk/client-ec2');
(async () => {
  const aws = await startLocalAws({ run: true, usedBefore: true });
  const config = { endpoint: aws.endpoint, region: 'ap-northeast-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const rds = new RDS(config);
  await rds.createDBInstance({
    DBInstanceIdentifier: 'main', DBInstanceClass: 'db.t4g.micro', Engine: 'postgres', EngineVersion: '15',
    AllocatedStorage: 20, MasterUsername: 'master', MasterUserPassword: 'password', DBName: 'shop' });
  const { DBInstances: [{ Endpoint }] } = await rds.describeDBInstances({});
  const { Subnets } = await new EC2(config).describeSubnets({});
  const elb = new ElasticLoadBalancingV2(config);
  const { LoadBalancers: [balancer] } = await elb.createLoadBalancer(
    { Name: 'web', Subnets: Subnets.slice(0, 2).map((each) => each.SubnetId) });
  await elb.createListener({
    LoadBalancerArn: balancer.LoadBalancerArn, Protocol: 'HTTP', Port: 80,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }] });
  const ports = [Number(new URL(aws.endpoint).port), Endpoint.Port, Number(balancer.DNSName.split(':')[1])];
  if (process.argv[1] === 'keep') aws.keep();
  console.log(JSON.stringify({ pid: aws.pid, directory: aws.directory, ports }));
  if (process.argv[1] === 'stop') await aws.stop();
  if (process.argv[1] === 'wait') setInterval(() => {}, 1000);
})();`;

interface Started {
  readonly pid: number;
  readonly directory: string;
  readonly ports: readonly number[];
}

async function start(mode: 'keep' | 'stop' | 'wait') {
  const args = ['-r', './tools/register.js', '-e', PROGRAM, mode];
  const parent = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  const exit = once(parent, 'exit');
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  return { parent, exit, ...(JSON.parse(line) as Started) };
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const result = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return result;
}

/** Remains of a server: open ports, its folder, programs that mention it. */
async function left({ directory, ports }: Started): Promise<unknown[]> {
  const open: number[] = [];
  for (const port of ports) if (await isOpen(port)) open.push(port);
  const programs = spawnSync('pgrep', ['-f', directory], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  return [...open, ...(existsSync(directory) ? [directory] : []), ...programs];
}

/** Waits for all ports: a load balancer listens shortly after its creation. */
const open = ({ ports }: Started) =>
  until(
    () => Promise.all(ports.map(isOpen)),
    (each) => each.every(Boolean),
  );

const nothing = (started: Started) =>
  until(
    () => left(started),
    ({ length }) => length === 0,
  );

describe('programs of a local AWS', () => {
  it('have ended when stop() returns', async () => {
    const started = await start('stop');
    expect(started.ports).toHaveLength(3);
    await started.exit;
    expect(await left(started)).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('end with a kept server on %s', async (signal) => {
    const started = await start('keep');
    await started.exit;
    await open(started);
    process.kill(started.pid, signal);
    await nothing(started);
  });

  it('end with the parent process, however that ends, and leave another server alone', async () => {
    const [one, other] = await Promise.all([start('wait'), start('wait')]);
    await open(one);
    expect(new Set([...one.ports, ...other.ports]).size).toBe(6);
    one.parent.kill('SIGKILL');
    await nothing(one);
    await open(other);
    other.parent.kill('SIGINT');
    await nothing(other);
  });
});
