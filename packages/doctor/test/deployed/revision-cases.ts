import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Dev, names } from '@infra/local/test/support/running-dev';
import { changeService, doctor, REVERT } from './breaking';
import { ecr, ecs } from '../health/clients';
import { runFix } from '../health/run-fix';

/** The web tasks run another revision. */
async function withTaskDefinition(change: Partial<ContainerDefinition>): Promise<void> {
  const service = await describeService(await readStack('dev'));
  const { taskDefinition = {} } = await ecs.describeTaskDefinition({ taskDefinition: service.taskDefinition });
  const { networkMode, cpu, memory, executionRoleArn, taskRoleArn } = taskDefinition;
  const containers = taskDefinition.containerDefinitions ?? [];
  const registered = await ecs.registerTaskDefinition({
    family: names.taskFamily,
    networkMode,
    cpu,
    memory,
    executionRoleArn,
    taskRoleArn,
    requiresCompatibilities: taskDefinition.requiresCompatibilities,
    runtimePlatform: taskDefinition.runtimePlatform,
    containerDefinitions: containers.map((container) => ({ ...container, ...change })),
  });
  await changeService({ taskDefinition: registered.taskDefinition?.taskDefinitionArn });
}

const REPOSITORY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-dev-app';

/** A release of the tag that the stack has would change nothing, and the revision would stay. */
export function revisionCases(dev: Dev): void {
  it('a revision whose image has no such tag was registered by hand: what differs is said, and the fix heals', async () => {
    await withTaskDefinition({ image: `${REPOSITORY}:none` });
    const { answers, cause } = await doctor();
    const imageAnswers = answers.filter(({ id, result }) => id.startsWith('image-') && result === 'wrong');
    expect(cause?.says).toMatch(/It differs in: containerDefinitions\.image .*-app:v\d → .*-app:none\.$/);
    expect(cause?.fix).toMatch(REVERT);
    expect(imageAnswers.map((answer) => answer.fix)).toEqual([cause?.fix]);
    await runFix(dev(), cause?.fix ?? '');
    expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
  }, 120_000);

  it('an image by digest is no missing image', async () => {
    const { imageIds = [] } = await ecr.listImages({ repositoryName: 'prooflink-dev-app' });
    await withTaskDefinition({ image: `${REPOSITORY}@${imageIds[0]?.imageDigest ?? ''}` });
    const { answers, cause } = await doctor();
    expect(answers).toContainEqual(expect.objectContaining({ id: 'image-app', result: 'well' }));
    await runFix(dev(), cause?.fix ?? '');
  }, 120_000);
}
