import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './support/until';

const ROOT = join(__dirname, '../../..');

/**
 * Program that starts a local AWS with a database and a load balancer, and prints their ports. By its argument, it then
 * stops the local AWS, waits until it is killed, or ends and keeps the local AWS running.
 */
const PROGRAM = `
const { startLocalAws } = require('@infra/local-aws');
const { RDS } = require('@aws-sdk/client-rds');
const { ElasticLoadBalancingV2 } = require('@aws-sdk/client-elastic-load-balancing-v2');
const { EC2 } = require('@aws-sdk/client-ec2');

async function createDatabase() {
  const { DBInstance } = await new RDS().createDBInstance({
    DBInstanceIdentifier: 'main',
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    EngineVersion: '15',
    AllocatedStorage: 20,
    MasterUsername: 'master',
    MasterUserPassword: 'password',
    DBName: 'shop',
  });
  return DBInstance.Endpoint.Port;
}

async function createLoadBalancer() {
  const { Subnets } = await new EC2().describeSubnets({});
  const elb = new ElasticLoadBalancingV2();
  const { LoadBalancers } = await elb.createLoadBalancer({
    Name: 'web',
    Subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId),
  });
  await elb.createListener({
    LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  });
  return Number(LoadBalancers[0].DNSName.split(':')[1]);
}

async function main(mode) {
  const aws = await startLocalAws({ run: true, usedBefore: true });
  Object.assign(process.env, aws.env);
  const ports = [Number(new URL(aws.endpoint).port), await createDatabase(), await createLoadBalancer()];
  if (mode === 'keep') aws.leaveRunningAfterExit();
  console.log(JSON.stringify({ pid: aws.pid, directory: aws.directory, ports }));
  if (mode === 'stop') await aws.stop();
  if (mode === 'wait') setInterval(() => {}, 1000);
}

void main(process.argv[1]);`;

/** A local AWS as the program prints it. */
interface StartedAws {
  /** Process of the server. */
  readonly pid: number;
  readonly directory: string;
  /** Ports of the server, its database and its load balancer. */
  readonly ports: readonly number[];
}

interface Started extends StartedAws {
  readonly parent: ChildProcess;
  readonly parentExit: Promise<unknown>;
}

async function start(mode: 'keep' | 'stop' | 'wait'): Promise<Started> {
  const args = ['-r', './packages/common/register.js', '-e', PROGRAM, mode];
  const parent = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  const parentExit = once(parent, 'exit');
  const lines = createInterface({ input: parent.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return { parent, parentExit, ...(JSON.parse(line) as StartedAws) };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
    setTimeout(() => socket.destroy(), 1000).unref();
  });
}

/** Ids of the programs whose command has these words. */
function idsOfPrograms(words: string): string[] {
  const { stdout } = spawnSync('pgrep', ['-f', words], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}

/** Remains of a local AWS: its open ports, its folder, and programs that mention it. */
async function remainsOf({ directory, ports }: StartedAws): Promise<unknown[]> {
  const remains: unknown[] = [];
  for (const port of ports) {
    if (await isOpen(port)) remains.push(port);
  }
  if (existsSync(directory)) remains.push(directory);
  remains.push(...idsOfPrograms(directory));
  return remains;
}

async function untilNothingRemains(started: StartedAws): Promise<void> {
  await until(
    () => remainsOf(started),
    (remains) => remains.length === 0,
  );
}

/** Waits for all ports: a load balancer listens shortly after its creation. */
async function untilAllListen({ ports }: StartedAws): Promise<void> {
  await until(
    () => Promise.all(ports.map(isOpen)),
    (areOpen) => !areOpen.includes(false),
  );
}

describe('programs of a local AWS', () => {
  it('have ended when stop() returns', async () => {
    const started = await start('stop');
    expect(started.ports).toHaveLength(3);
    await started.parentExit;
    expect(await remainsOf(started)).toEqual([]);
  });

  it('start no more once it ends: the next task of a service would remain', () => {
    // A number that no other program has as its argument.
    const seconds = `${600_000 + process.pid}`;
    const startAfterTheEnd = `
from subprocess import DEVNULL
from server.runtime import programs
programs.open_scratch()
programs.close()
programs.start(['sleep', '${seconds}'], stdout=DEVNULL, stderr=DEVNULL)`;
    spawnSync('python3', ['-c', startAfterTheEnd], { cwd: join(__dirname, '..') });
    const remaining = idsOfPrograms(`sleep ${seconds}`);
    for (const id of remaining) process.kill(Number(id));
    expect(remaining).toEqual([]);
  });

  describe('of three at once', () => {
    let ofParent: Started;
    let keptUntilTerm: Started;
    let keptUntilKill: Started;

    beforeAll(async () => {
      const started = await Promise.all([start('wait'), start('keep'), start('keep')]);
      [ofParent, keptUntilTerm, keptUntilKill] = started;
      await Promise.all(started.map(untilAllListen));
    }, 60_000);

    it('have ports of their own', () => {
      const ports = [...ofParent.ports, ...keptUntilTerm.ports, ...keptUntilKill.ports];
      expect(new Set(ports).size).toBe(9);
    });

    it('end with the process that started them, even if that is killed', async () => {
      ofParent.parent.kill('SIGKILL');
      await untilNothingRemains(ofParent);
    });

    it('outlast that process if they are kept, and end with their server', async () => {
      await keptUntilTerm.parentExit;
      await untilAllListen(keptUntilTerm);
      process.kill(keptUntilTerm.pid, 'SIGTERM');
      await untilNothingRemains(keptUntilTerm);
    });

    it('end with their server even if that is killed', async () => {
      await keptUntilKill.parentExit;
      await untilAllListen(keptUntilKill);
      process.kill(keptUntilKill.pid, 'SIGKILL');
      await untilNothingRemains(keptUntilKill);
    });
  });
});
