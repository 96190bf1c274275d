import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './support/until';

const ROOT = join(__dirname, '../../..');

/** Program that starts a local AWS with a database and a load balancer, and prints their ports. */
const PROGRAM = `
const { startLocalAws } = require('@infra/local-aws');
const { RDS } = require('@aws-sdk/client-rds');
const { ElasticLoadBalancingV2 } = require('@aws-sdk/client-elastic-load-balancing-v2');
const { EC2 } = require('@aws-sdk/client-ec2');
(async () => {
  const aws = await startLocalAws({ run: true, usedBefore: true });
  Object.assign(process.env, aws.env);
  const { DBInstance } = await new RDS().createDBInstance({
    DBInstanceIdentifier: 'main', DBInstanceClass: 'db.t4g.micro', Engine: 'postgres', EngineVersion: '15',
    AllocatedStorage: 20, MasterUsername: 'master', MasterUserPassword: 'password', DBName: 'shop' });
  const { Subnets } = await new EC2().describeSubnets({});
  const elb = new ElasticLoadBalancingV2();
  const { LoadBalancers: [{ LoadBalancerArn, DNSName }] } = await elb.createLoadBalancer(
    { Name: 'web', Subnets: Subnets.slice(0, 2).map((each) => each.SubnetId) });
  const FixedResponseConfig = { StatusCode: '200' };
  await elb.createListener({ LoadBalancerArn, Protocol: 'HTTP', Port: 80,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig }] });
  const ports = [Number(new URL(aws.endpoint).port), DBInstance.Endpoint.Port, Number(DNSName.split(':')[1])];
  if (process.argv[1] === 'keep') aws.leaveRunningAfterExit();
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

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      resolve(true);
    }).on('error', () => {
      resolve(false);
    });
    setTimeout(() => socket.destroy(), 1000).unref();
  });
}

/** Remains of a server: open ports, its folder, programs that mention it. */
async function left({ directory, ports }: Started): Promise<unknown[]> {
  const open = await Promise.all(ports.map(isOpen));
  return [
    ...ports.filter((_, index) => open[index]),
    ...(existsSync(directory) ? [directory] : []),
    ...programs(directory),
  ];
}

/** Ids of the programs whose command has these words. */
const programs = (words: string) =>
  spawnSync('pgrep', ['-f', words], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);

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

  it('start no more once it ends: the next task of a service would remain', () => {
    const seconds = `9${process.pid}`;
    const code = `
from subprocess import DEVNULL
from server.runtime import programs
programs.open_scratch()
programs.close()
programs.start(['sleep', '${seconds}'], stdout=DEVNULL, stderr=DEVNULL)`;
    spawnSync('python3', ['-c', code], { cwd: join(__dirname, '..') });
    const remaining = programs(`sleep ${seconds}`);
    for (const id of remaining) process.kill(Number(id));
    expect(remaining).toEqual([]);
  });

  it('end with the parent process, even if killed; those of a kept server end with that one, even if killed', async () => {
    const [one, kept, killed] = await Promise.all([start('wait'), start('keep'), start('keep')]);
    expect(new Set([one, kept, killed].flatMap(({ ports }) => ports)).size).toBe(9);
    for (const each of [kept, killed]) await each.exit;
    await open(one);
    one.parent.kill('SIGKILL');
    await nothing(one);
    for (const [each, signal] of [
      [kept, 'SIGTERM'],
      [killed, 'SIGKILL'],
    ] as const) {
      await open(each);
      process.kill(each.pid, signal);
      await nothing(each);
    }
  });
});
