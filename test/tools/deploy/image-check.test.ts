import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { adoptAwsVariables, type LocalAws, startLocalAws } from '../../../tools/local-aws';
import { pushImage } from '../../../tools/deploy-local/images';
import { runImageCheck, type Tags } from '../../../tools/deploy/image-check';
import { outcomeOf } from '../../../tools/shared/outcome';

const REGION = 'ap-northeast-1';
const before = { ...process.env };
let aws: LocalAws;
let ecr: ECRClient;

const check = (environment: 'dev' | 'prod', tags: Tags, registry?: ECRClient) =>
  outcomeOf(() => runImageCheck(environment, tags, (region) => registry ?? new ECRClient({ region })));
/** Without the time, which the registry's clock decides. */
const said = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN');

beforeAll(async () => {
  aws = await startLocalAws();
  adoptAwsVariables(process.env, aws.env);
  ecr = new ECRClient({ region: REGION });
  for (const repositoryName of ['prooflink-dev-app', 'prooflink-dev-batch']) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  }
  await pushImage('host/prooflink-dev-app', 'v1');
}, 240_000);

afterAll(async () => {
  await aws.stop();
  process.env = before;
});

describe('before a deployment the registry is asked for the tags', () => {
  it('says that they are there, and since when', async () => {
    expect(
      await check('dev', { app: 'v1' }).then(({ stdout, ...rest }) => ({ ...rest, stdout: said(stdout) })),
    ).toEqual({
      exitCode: 0,
      stdout: 'prooflink-dev-app has v1, pushed WHEN (Tokyo).\n',
      stderr: '',
    });
  });

  it('stops a tag that is not there, which ECS would find out minutes later, and says which are', async () => {
    const { exitCode, stdout } = await check('dev', { app: 'v2' });
    expect(exitCode).toBe(1);
    expect(said(stdout)).toBe('prooflink-dev-app has no v2. It has, newest first:\n  v1  pushed WHEN (Tokyo)\n');
  });

  it('tells both images’ tags at once', async () => {
    const { exitCode, stdout } = await check('dev', { app: 'v1', batch: 'v9' });
    expect(exitCode).toBe(1);
    expect(said(stdout)).toBe(
      'prooflink-dev-app has v1, pushed WHEN (Tokyo).\nprooflink-dev-batch has no v9: no image was pushed yet.\n',
    );
  });

  it('lists the ten newest, newest first, of many, in the team’s time', async () => {
    const imageDetails = Array.from({ length: 12 }, (_, index) => ({
      imageTags: [`v${index + 1}`],
      imagePushedAt: new Date(Date.UTC(2026, 0, index + 1, 16, 5)),
    }));
    const registry = Object.assign(new ECRClient({ region: REGION }), {
      send: () => Promise.resolve({ imageDetails }),
    });
    const { stdout } = await check('prod', { app: 'v99' }, registry);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'prooflink-prod-app has no v99. It has, newest first:',
      '  v12  pushed 2026-01-13 01:05 (Tokyo)',
      '  v11  pushed 2026-01-12 01:05 (Tokyo)',
    ]);
    expect(lines.slice(-2)).toEqual(['  v3   pushed 2026-01-04 01:05 (Tokyo)', '  and 2 older']);
  });

  it('takes an empty tag for none: the workflow passes what it was given', async () => {
    expect((await check('dev', { app: 'v1', batch: '' })).exitCode).toBe(0);
  });

  it('sends somebody who has not deployed yet to do that first', async () => {
    const { exitCode, stdout } = await check('prod', { batch: 'v1' });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('There is no registry prooflink-prod-batch: deploy once without a tag, then push an image.\n');
  });
});

describe('a question that got no answer is not a tag that is missing', () => {
  it('fails with 2 where the registry cannot be reached', async () => {
    const nowhere = new ECRClient({ region: REGION, endpoint: 'http://localhost:1', maxAttempts: 1 });
    const { exitCode, stdout, stderr } = await check('dev', { app: 'v1' }, nowhere);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^The registry could not be asked: .*ECONNREFUSED/);
  });
});
