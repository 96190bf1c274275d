import { constants } from 'node:os';
import { join } from 'node:path';
import { Listr } from 'listr2';
import * as environments from '../../lib/config';
import { type ResourceNames, resourceNames, stackId } from '../../lib/config/names';
import {
  adoptAwsVariables,
  awsVariables,
  type CdkProps,
  deploy,
  type HostedZoneConfig,
  type LocalAws,
  startLocalAws,
  synth,
} from '../local-aws';
import { pushImage } from './images';
import type { EnvironmentName } from '../shared/environment-argument';
import { showCursor } from '../shared/steps';
import type { DeployLocalOptions } from './command';
import { programs } from './programs';
import { prepare, status } from './prooflink';
import { follow, restartWebTask, waitForWebTask } from './web-task';

const IMAGE_TAG = 'local-1';

interface Context {
  aws?: LocalAws;
  /** The folder of the synthesized app. */
  app?: string;
  outputs?: Record<string, string>;
  failure?: unknown;
}

/** The hosted zones that the config expects to exist: a real account would have them already. */
function hostedZones(environment: EnvironmentName): HostedZoneConfig[] {
  const { domain } = environments[environment].loadBalancer;
  return domain ? [{ id: domain.hostedZoneId, name: domain.hostedZoneName }] : [];
}

async function run(environment: EnvironmentName, options: DeployLocalOptions, context: Context): Promise<void> {
  const stack = stackId(environment);
  const names = resourceNames(environment);
  const images = programs(options, IMAGE_TAG);
  const zones = hostedZones(environment);
  const parameters = { AppImageTag: IMAGE_TAG, BatchImageTag: IMAGE_TAG };
  const running = (): LocalAws => {
    if (!context.aws) throw new Error('the local AWS is not running');
    return context.aws;
  };
  const cdk = (task: { output: string }): CdkProps => ({
    aws: running(),
    app: context.app,
    report: process.stdout.isTTY ? (line) => (task.output = line) : undefined,
  });

  // The renderers would print the whole error in the middle of a line; it is explained once, at the end.
  const step = (title: string, work: (task: { title: string; output: string }) => Promise<void>) => ({
    title,
    task: async (_: Context, task: { title: string; output: string }) => {
      await work(task).catch((error: unknown) => {
        context.failure = error;
        throw new Error('see below');
      });
    },
  });

  const steps = new Listr<Context>(
    [
      step('Start a local AWS', async (task) => {
        const report = (line: string) => (task.output = line);
        context.aws = await startLocalAws({ hostedZones: zones, run: true, report });
        adoptAwsVariables(process.env, context.aws.env);
        task.title = `Start a local AWS: ${context.aws.endpoint}`;
      }),
      step('npm run prooflink -- prepare', async () => {
        await prepare(running());
      }),
      step('cdk synth', async (task) => {
        context.app = await synth(cdk(task));
      }),
      step(`cdk deploy ${stack} (the registries are empty)`, async (task) => {
        context.outputs = await deploy(cdk(task), stack);
      }),
      step(`Push images with the tag ${IMAGE_TAG}: ${options.app ?? 'the sample application'}`, async () => {
        const { AppRepositoryUri = '', BatchRepositoryUri = '' } = context.outputs ?? {};
        if (AppRepositoryUri) await pushImage(AppRepositoryUri, IMAGE_TAG, images.web);
        if (BatchRepositoryUri) await pushImage(BatchRepositoryUri, IMAGE_TAG, images.job);
      }),
      step(`cdk deploy ${stack} --parameters AppImageTag=${IMAGE_TAG}`, async (task) => {
        context.outputs = await deploy(cdk(task), stack, parameters);
      }),
      step('Wait for the web task to be healthy', async (task) => {
        const { databasesMissing } = running();
        if (databasesMissing) task.title = `No web task is healthy without a database. ${databasesMissing}`;
        else await waitForWebTask(names, (line) => (task.output = line));
      }),
    ],
    {
      // Listr's own listener would exit with 127, and know nothing of the local AWS.
      registerSignalListeners: false,
      fallbackRenderer: 'simple',
      rendererOptions: { showErrorMessage: false, collapseErrors: false },
    },
  );
  await steps.run();

  for (const [name, value] of Object.entries(context.outputs ?? {})) console.log(`\n${name}\n  ${value}`);
  console.log(`\nnpm run prooflink -- status ${environment}\n\n${await status(running(), environment)}`);
  if (options.app) await stayWith(running(), names);
  else if (options.keep) leaveRunning(running(), names);
}

/** What to open in a browser, and what to try there. */
function showUrl(aws: LocalAws, names: ResourceNames): void {
  const listeners = aws.listeners().filter(({ loadBalancer }) => loadBalancer === names.loadBalancer);
  const listener = listeners.find(({ url }) => url.startsWith('https:')) ?? listeners[0];
  if (!listener || aws.databasesMissing) return;
  console.log(`\nIt runs. Open:\n\n  ${listener.url}`);
  if (listener.url.startsWith('https:')) {
    console.log(`\nIts certificate is of ${join(aws.directory, 'authority.pem')}.`);
  }
}

/** Shows what the application logs, until somebody ends it. */
async function stayWith(aws: LocalAws, names: ResourceNames): Promise<void> {
  showUrl(aws, names);
  console.log('\nr restarts the web application, q or Ctrl-C ends everything. Its log:\n');
  const ended = new AbortController();
  if (process.stdin.isTTY) {
    process.stdin.setRawMode(true).on('data', (key) => {
      if (key.toString() === 'r') void restartWebTask(names);
      if (['q', '\u0003'].includes(key.toString())) ended.abort();
    });
  }
  await follow(names, console.log, ended.signal);
  process.stdin.setRawMode(false).pause();
}

function leaveRunning(aws: LocalAws, names: ResourceNames): void {
  aws.keep();
  const variables = Object.entries(awsVariables(aws.endpoint, aws.directory));
  console.log('\nThe local AWS keeps running. To use the AWS CLI or an SDK with it:\n');
  console.log('  unset AWS_PROFILE AWS_SESSION_TOKEN');
  for (const [name, value] of variables) console.log(`  export ${name}='${value}'`);
  showUrl(aws, names);
  console.log(`\nTo stop everything:\n\n  kill ${aws.pid}`);
}

function explain(error: unknown, aws: LocalAws | undefined): void {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  const errors = aws?.lastErrors();
  if (errors) console.error(`\nThe last errors of the local AWS:\n\n${errors}`);
}

/** Deploys an environment, the first one of `lib/config` unless given; returns the exit code. */
export async function deployLocal(
  environment: EnvironmentName | undefined,
  options: DeployLocalOptions,
): Promise<0 | 1> {
  const [first] = Object.keys(environments) as [EnvironmentName];
  const context: Context = {};
  process.once('exit', showCursor);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  try {
    await run(environment ?? first, options, context);
    if (options.app ?? !options.keep) await context.aws?.stop();
    return 0;
  } catch (error) {
    explain(context.failure ?? error, context.aws);
    await context.aws?.stop();
    return 1;
  }
}
