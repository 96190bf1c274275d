import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Dev, names } from '@infra/local/test/support/running-dev';
import { doctor, REVERT, type Undo, changeService } from './breaking';
import { ecs } from '../health/clients';
import { withJobDefinition } from './jobs';
import { runFix } from '../health/run-fix';

/** The web tasks run another revision. The local AWS forgets its failure at a new deployment. */
async function withTaskDefinition(change: Partial<ContainerDefinition>): Promise<Undo> {
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
  return () => changeService({ forceNewDeployment: true });
}

const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
const DEREGISTER = /^aws batch deregister-job-definition .*:\d+$/;

/** A revision that was registered by hand. */
interface RevisionByHand {
  readonly title: string;
  readonly breakIt: () => Promise<unknown>;
  readonly says: RegExp;
  readonly fix: RegExp;
}

const REVISIONS_BY_HAND: readonly RevisionByHand[] = [
  {
    title: 'the web tasks run a revision whose image has no such tag',
    breakIt: () => withTaskDefinition({ image: `${REGISTRY}/prooflink-dev-app:none` }),
    says: /It differs in: containerDefinitions\.image .*-app:v\d → .*-app:none\.$/,
    fix: REVERT,
  },
  {
    title: 'the import jobs run a revision with a password, which is not shown',
    breakIt: () =>
      withJobDefinition(({ environment = [] }) => ({
        environment: [...environment, { name: 'SMTP_PASSWORD', value: 'correct horse' }],
      })),
    says: /differs in: .*environment\.SMTP_PASSWORD not set → \(hidden value \d\)\.$/,
    fix: DEREGISTER,
  },
];

/** A release of the tag that the stack has would change nothing, and the revision would stay. */
export function revisionCases(dev: Dev): void {
  describe('a revision that no deployment has registered', () => {
    it.each(REVISIONS_BY_HAND)(
      '$title: what differs is said, and the fix heals',
      async ({ breakIt, says, fix }) => {
        await breakIt();
        const { answers, cause } = await doctor();
        const imageAnswers = answers.filter(({ id, result }) => id.startsWith('image-') && result === 'wrong');
        expect(cause?.says).toMatch(says);
        expect(cause?.fix).toMatch(fix);
        expect(imageAnswers.map((answer) => answer.fix)).toEqual(imageAnswers.map(() => cause?.fix));
        await runFix(dev(), cause?.fix ?? '');
        expect(await doctor()).toMatchObject({ exitCode: 0, cause: null });
      },
      120_000,
    );
  });
}
