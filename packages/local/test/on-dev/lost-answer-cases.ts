import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Batch } from '@aws-sdk/client-batch';
import { ECS } from '@aws-sdk/client-ecs';
import { hasCommand } from '@infra/commands/prooflink';
import { temporaryFolder } from '@infra/common/testing';
import { type Fate, type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy';
import { command, prooflinkArguments, ROOT } from '@infra/testing/prooflink';
import type { Ended } from '@infra/commands/test/support/call';
import { type Dev, names } from '../support/running-dev';

const ROW = 'ann@example.com,Ann\n';

export function lostAnswerCases(dev: Dev): void {
  const folder = temporaryFolder('lost-answers-');
  let proxy: FaultyProxy | undefined;

  beforeAll(async () => {
    await dev().release('answers');
    // A job that needs no table of a migration.
    await dev().push.batch('answers', { directory: folder, entrypoint: ['node', '-e', '0'] });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await proxy?.stop();
    proxy = undefined;
  });

  async function startProxy(decide: (operation: string) => Fate | Promise<Fate>): Promise<FaultyProxy> {
    proxy = await startFaultyProxy(dev().aws.endpoint, decide);
    return proxy;
  }

  /** Runs a command whose AWS is behind a proxy. */
  async function commandThrough({ endpoint }: FaultyProxy, ...args: string[]): Promise<Ended> {
    const variables = jest.replaceProperty(process, 'env', { ...process.env, AWS_ENDPOINT_URL: endpoint });
    try {
      return await command(...args);
    } finally {
      variables.restore();
    }
  }

  function csv(): string {
    const path = join(folder, 'users.csv');
    writeFileSync(path, `email,name\n${ROW}`);
    return path;
  }

  async function jobNames(): Promise<string[]> {
    const filters = [{ name: 'JOB_NAME', values: ['user-import*'] }];
    const { jobSummaryList = [] } = await new Batch({}).listJobs({ jobQueue: names.jobQueue, filters });
    return jobSummaryList.map(({ jobName = '' }) => jobName);
  }

  it('a job that the queue cannot be asked for may run: the command says so, and how to look', async () => {
    const faulty = await startProxy((operation) => (/^(submitjob|listjobs)$/.test(operation) ? 'lose' : 'deliver'));
    const { exitCode, stderr } = await commandThrough(faulty, 'import', 'dev', csv());
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^It is not known whether a job has begun: .*socket hang up$/m);
    const [, jobName = ''] = /aws batch list-jobs .*--filters name=JOB_NAME,values=(\S+)/.exec(stderr) ?? [];
    expect(await jobNames()).toContain(jobName);
  });

  it('Ctrl-C while SubmitJob is not answered says that a job may have begun, then how to follow it', async () => {
    const namesBefore = await jobNames();
    const interruptAndWait = async (operation: string): Promise<Fate> => {
      if (operation !== 'submitjob') return 'deliver';
      // As npm passes Ctrl-C on.
      child.kill('SIGINT');
      child.kill('SIGINT');
      return await new Promise(() => undefined);
    };
    const { endpoint } = await startProxy(interruptAndWait);
    const env = { ...dev().aws.env, AWS_ENDPOINT_URL: endpoint };
    const child = spawn(process.execPath, prooflinkArguments('import', 'dev', csv()), { cwd: ROOT, env });
    const ends = once(child, 'close');
    const stdout = await text(child.stdout);
    const stderr = await text(child.stderr);
    expect(await ends).toEqual([130, null]);
    expect(stderr).toBe('\nA job may have begun: waiting for AWS Batch to answer.\n');
    expect(stdout).toMatch(/The job goes on without you\.[^]*npm run prooflink -- import dev --job \S+/);
    expect(await jobNames()).toHaveLength(namesBefore.length + 1);
  });

  it('a restart that AWS does not answer may have begun: how it is, and that ECS goes on', async () => {
    const faulty = await startProxy((operation) => (operation === 'UpdateService' ? 'lose' : 'deliver'));
    const { exitCode, stdout } = await commandThrough(faulty, 'restart', 'dev');
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^dev restarts, and it is not known how that ended:\n[^]*ECS goes on by itself/);
    if (hasCommand('status')) expect(stdout).toContain('How it is: npm run prooflink -- status dev');
  });

  it('a restart while somebody deploys says that another deployment began', async () => {
    const { cluster, service } = names;
    const otherPerson = new ECS({ endpoint: dev().aws.endpoint });
    let hasBegun = false;
    const deployNext = async (operation: string): Promise<Fate> => {
      if (hasBegun && operation === 'DescribeServices') {
        hasBegun = false;
        await otherPerson.updateService({ cluster, service, forceNewDeployment: true });
      }
      hasBegun ||= operation === 'UpdateService';
      return 'deliver';
    };
    const faulty = await startProxy(deployNext);
    const { exitCode, stdout } = await commandThrough(faulty, 'restart', 'dev');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Another deployment of the web service began meanwhile');
  });
}
