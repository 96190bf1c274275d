import type { DeployedStack } from '../../src/deployed/deployed-stack';
import { checkTagIsUnmoved } from '../../src/release/image-checks';
import type { StackUpdate } from '../../src/release/stack-update';
import { answerCommands } from '../support/answer-commands';
import { besideOthers } from '../support/containers';
import { stackWith } from '../support/parts';

afterEach(() => jest.restoreAllMocks());

/** A task of the web service that runs, or is about to. */
interface WebTask {
  readonly imageTag: string;
  /** `undefined`: ECS has not pulled the image yet. */
  readonly imageDigest?: string;
}

const taskOf = ({ imageTag, imageDigest }: WebTask) => ({
  containers: besideOthers({ image: `registry/prooflink-dev-app:${imageTag}`, imageDigest }),
});

/** Problem of a release of v2, which is deployed already, while these tasks run. The registry has v2 as `sha256:2`. */
async function problemWhile(webTasks: readonly WebTask[]): Promise<string | undefined> {
  answerCommands({
    ListTasks: { taskArns: ['task'] },
    DescribeTasks: { tasks: webTasks.map(taskOf) },
  });
  const stack = {
    details: { StackName: 'ProoflinkDev' },
    ...stackWith({ webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service' }),
    client: (Client: new (config: object) => unknown) => new Client({ region: 'ap-northeast-1' }),
  } as unknown as DeployedStack;
  const appRepository = { readDigests: () => Promise.resolve(['sha256:2']) };
  const update = { stack, appRepository, options: { appTag: 'v2' }, deployedAppTag: 'v2' };
  return await checkTagIsUnmoved(update as unknown as StackUpdate);
}

describe('a tag that is deployed already is released again', () => {
  test('while it rolls out, the tasks of the version before are no sign of another push', async () => {
    const before = { imageTag: 'v1', imageDigest: 'sha256:1' };
    const next = { imageTag: 'v2', imageDigest: 'sha256:2' };
    expect(await problemWhile([before, next])).toBeUndefined();
  });

  test('before the first of its tasks runs, only the version before is there', async () => {
    expect(await problemWhile([{ imageTag: 'v1', imageDigest: 'sha256:1' }])).toBeUndefined();
  });

  test('a task whose image was not pulled yet has no digest to compare', async () => {
    expect(await problemWhile([{ imageTag: 'v2' }])).toBeUndefined();
  });
});
