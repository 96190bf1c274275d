import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ECS, type Service } from '@aws-sdk/client-ecs';
import { Parameter, resourceNames, stackId } from '@infra/commands/app';
import { pushImage } from '../../src/images';
import { sample } from '../../src/programs';
import { until } from '@infra/common/test/support/until';
import { extendedDev } from './extended-dev';
import { adoptAwsVariables, bootstrap, deploy, type ImageProgram, startLocalAws } from '@infra/local-aws';

export const names = resourceNames('dev');

/** The dev that the tests of a file share. */
export type Dev = () => Awaited<ReturnType<typeof startDev>>;

/**
 * A local AWS in which dev is deployed, as a team has extended it: each tool finds its own part beside others of the type.
 * This process's own environment leads there until it stops.
 *
 * @param migrates - True if the migration of the sample application is configured.
 */
export async function startDev(migrates = false) {
  const before = { ...process.env };
  const aws = await startLocalAws({ run: true, usedBefore: true, standIns: true, patience: 3 });
  adoptAwsVariables(process.env, aws.env);
  Object.assign(process.env, aws.env);
  const app = extendedDev(join(aws.directory, 'extended-dev'), migrates);
  await bootstrap({ aws });
  const outputs = await deploy({ aws, app }, stackId('dev'));
  const stop = async (): Promise<void> => {
    process.env = before;
    await aws.stop();
  };
  const push = {
    app: (tag: string, program: ImageProgram = sample.web(tag), processor?: string) =>
      pushImage({
        repositoryUri: outputs['AppRepositoryUri'] ?? '',
        tag,
        program,
        architecture: processor,
      }),
    batch: (tag: string, program: ImageProgram = sample.job()) =>
      pushImage({ repositoryUri: outputs['BatchRepositoryUri'] ?? '', tag, program }),
  };
  /** Gives dev these images, by CloudFormation alone: the command `release` has its own tests. */
  const release = async (tag: string, web = sample.web(tag)): Promise<Service> => {
    await Promise.all([push.app(tag, web), push.batch(tag)]);
    await updateTags(tag);
    return await rested();
  };
  /** Gives the web service an image by ECS alone: CloudFormation would roll back a version that is never healthy. */
  const deployByHand = async (tag: string, web: ImageProgram): Promise<Service> => {
    await push.app(tag, web);
    await updateImage(tag);
    return await rested();
  };
  return { aws, app, outputs, push, release, deployByHand, stop };
}

async function updateTags(tag: string): Promise<void> {
  const cloudFormation = new CloudFormation({});
  const StackName = stackId('dev');
  const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName });
  const released: readonly unknown[] = [Parameter.appImageTag, Parameter.batchImageTag];
  const Parameters = (stack?.Parameters ?? []).map(({ ParameterKey }) =>
    released.includes(ParameterKey) ? { ParameterKey, ParameterValue: tag } : { ParameterKey, UsePreviousValue: true },
  );
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  await cloudFormation.updateStack({ StackName, UsePreviousTemplate: true, Parameters, Capabilities });
  await cloudFormation.waitUntilStackUpdateComplete({ StackName }, { maxWaitTime: 60, minDelay: 1 });
}

/** Registers a copy of the web service's task definition with another image tag, and deploys it. */
async function updateImage(tag: string): Promise<void> {
  const ecs = new ECS({});
  const { cluster, service } = names;
  const { services: [webService] = [] } = await ecs.describeServices({ cluster, services: [service] });
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: webService?.taskDefinition });
  const { containerDefinitions = [] } = taskDefinition ?? {};
  const copy = await ecs.registerTaskDefinition({
    family: taskDefinition?.family,
    networkMode: taskDefinition?.networkMode,
    requiresCompatibilities: taskDefinition?.requiresCompatibilities,
    cpu: taskDefinition?.cpu,
    memory: taskDefinition?.memory,
    executionRoleArn: taskDefinition?.executionRoleArn,
    taskRoleArn: taskDefinition?.taskRoleArn,
    runtimePlatform: taskDefinition?.runtimePlatform,
    containerDefinitions: containerDefinitions.map((container) => ({
      ...container,
      image: container.image?.replace(/:[^:]*$/, `:${tag}`),
    })),
  });
  await ecs.updateService({ cluster, service, taskDefinition: copy.taskDefinition?.taskDefinitionArn });
}

/** The web service, once its deployment has come to rest. */
async function rested(): Promise<Service> {
  const asked = { cluster: names.cluster, services: [names.service] };
  const service = async () => (await new ECS({}).describeServices(asked)).services?.[0] ?? {};
  return until(service, ({ deployments = [] }) => /COMPLETED|FAILED/.test(deployments[0]?.rolloutState ?? ''));
}
