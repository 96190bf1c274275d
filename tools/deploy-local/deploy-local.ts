import { atExit } from '@infra/common/at-exit';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import {
  adoptAwsVariables,
  type CdkProps,
  deploy,
  filesOfKilled,
  type HostedZoneConfig,
  type LocalAws,
  startLocalAws,
  synth,
} from '@infra/local-aws';
import { leaveRunning, stayWith, stopped } from './ending';
import { pushImage } from './images';
import type { EnvironmentName } from '../shared/environment-argument';
import { runSteps, showCursor } from '../shared/steps';
import type { DeployLocalOptions } from './command';
import { programs, SAMPLE_STACKS } from './programs';
import { prepare, release, status } from './prooflink';
import { Output, Parameter } from '../../lib/contract';

const IMAGE_TAG = 'local-1';

interface Context {
  aws?: LocalAws;
  /** The folder of the synthesized app. */
  app?: string;
  outputs?: Record<string, string>;
}

/** The hosted zones that the config expects to exist: a real account would have them already. */
function hostedZones(environment: EnvironmentName): HostedZoneConfig[] {
  const { domain } = environments[environment].loadBalancer;
  return domain ? [{ id: domain.hostedZoneId, name: domain.hostedZoneName }] : [];
}

async function run(environment: EnvironmentName, options: DeployLocalOptions, context: Context): Promise<void> {
  const stack = stackId(environment);
  const images = programs(options, IMAGE_TAG);
  const zones = hostedZones(environment);
  const parameters = { [Parameter.appImageTag]: IMAGE_TAG, [Parameter.batchImageTag]: IMAGE_TAG };
  const running = (): LocalAws => {
    if (!context.aws) throw new Error('the local AWS is not running');
    return context.aws;
  };
  const cdk = (note: (line: string) => void): CdkProps => ({
    aws: running(),
    app: context.app,
    report: process.stdout.isTTY ? note : undefined,
  });

  await runSteps([
    {
      title: 'Start a local AWS',
      work: async (say, report) => {
        const { region } = environments[environment];
        context.aws = await startLocalAws({ region, hostedZones: zones, run: true, report });
        adoptAwsVariables(process.env, context.aws.env);
        say(`Start a local AWS: ${context.aws.endpoint}`);
      },
    },
    {
      title: 'Prepare the account and the templates',
      together: [
        {
          title: 'npm run prooflink -- prepare',
          work: async () => {
            await prepare(running());
          },
        },
        {
          title: 'cdk synth',
          work: async (_, note) => {
            // Its own migration is not the one that is configured.
            const migrates = !options.app && environments[environment].webService.migration;
            context.app = await synth({ ...cdk(note), ...(migrates ? { app: SAMPLE_STACKS } : {}) });
          },
        },
      ],
    },
    {
      title: `cdk deploy ${stack} (the registries are empty)`,
      work: async (_, note) => {
        context.outputs = await deploy(cdk(note), stack);
      },
    },
    {
      title: `Push images with the tag ${IMAGE_TAG}: ${options.app ?? 'the sample application'}`,
      work: async () => {
        const { [Output.appRepositoryUri]: app, [Output.batchRepositoryUri]: batch } = context.outputs ?? {};
        if (app) await pushImage(app, IMAGE_TAG, images.web);
        if (batch) await pushImage(batch, IMAGE_TAG, images.job);
      },
    },
    {
      title: `npm run prooflink -- release ${environment} --app ${IMAGE_TAG} --batch ${IMAGE_TAG}`,
      work: async (say, note) => {
        const { databasesMissing } = running();
        if (!databasesMissing) {
          await release(running(), environment, IMAGE_TAG, context.app, cdk(note).report);
          return;
        }
        context.outputs = await deploy(cdk(note), stack, parameters);
        say(`cdk deploy ${stack}: no web task is healthy without a database. ${databasesMissing}`);
      },
    },
  ]);

  for (const [name, value] of Object.entries(context.outputs ?? {})) console.log(`\n${name}\n  ${value}`);
  console.log(`\nnpm run prooflink -- status ${environment}\n\n${await status(running(), environment)}`);
  const ending = { aws: running(), environment, show: console.log };
  if (options.app) await stayWith(ending, process.stdin);
  else if (options.keep) leaveRunning(ending);
  else stopped(ending);
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
  atExit(showCursor);
  const left = filesOfKilled();
  if (left) console.error(left);
  try {
    await run(environment ?? first, options, context);
    if (options.app ?? !options.keep) await context.aws?.stop();
    return 0;
  } catch (error) {
    explain(error, context.aws);
    await context.aws?.stop();
    return 1;
  }
}
