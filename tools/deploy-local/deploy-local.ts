import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { Listr } from 'listr2';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
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
import { prepare } from './prepare';
import type { EnvironmentName } from '../shared/environment-argument';
import type { DeployLocalOptions } from './command';
import { takeInventory } from './inventory';
import { drawTables } from './table';

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

async function run(environment: EnvironmentName, { keep }: DeployLocalOptions, context: Context): Promise<void> {
  const stack = stackId(environment);
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
        context.aws = await startLocalAws({ hostedZones: zones, report: (line) => (task.output = line) });
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
      step(`Push an image with the tag ${IMAGE_TAG}`, async () => {
        const { AppRepositoryUri = '', BatchRepositoryUri = '' } = context.outputs ?? {};
        for (const uri of [AppRepositoryUri, BatchRepositoryUri]) if (uri) await pushImage(uri, IMAGE_TAG);
      }),
      step(`cdk deploy ${stack} --parameters AppImageTag=${IMAGE_TAG}`, async (task) => {
        context.outputs = await deploy(cdk(task), stack, parameters);
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
  const sections = await takeInventory(environment, zones);
  console.log(`\n${drawTables(sections, Math.min(process.stdout.columns || 80, 120))}`);
  if (keep) leaveRunning(running());
}

function leaveRunning(aws: LocalAws): void {
  aws.keep();
  const variables = Object.entries(awsVariables(aws.endpoint, aws.directory));
  console.log('\nThe local AWS keeps running. To use the AWS CLI or an SDK with it:\n');
  console.log('  unset AWS_PROFILE AWS_SESSION_TOKEN');
  for (const [name, value] of variables) console.log(`  export ${name}='${value}'`);
  console.log(`\nTo stop it:\n\n  kill ${aws.pid} && rm -r '${aws.directory}'`);
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
    if (!options.keep) await context.aws?.stop();
    return 0;
  } catch (error) {
    explain(context.failure ?? error, context.aws);
    await context.aws?.stop();
    return 1;
  }
}

/** Ctrl-C ends the progress before it shows the cursor again, and it captures what goes to process.stdout. */
function showCursor(): void {
  if (process.stdout.isTTY) writeSync(process.stdout.fd, '\u001b[?25h');
}
