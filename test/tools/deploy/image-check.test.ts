import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { adoptAwsVariables, type LocalAws, startLocalAws } from '@infra/local-aws';
import { runImageCheck, type Tags } from '../../../tools/deploy/image-check';
import { outcomeOf } from '@infra/common/outcome';

const REGION = 'ap-northeast-1';
const before = { ...process.env };
let aws: LocalAws;
let ecr: ECRClient;

const check = (environment: 'dev' | 'prod', tags: Tags, registry?: ECRClient) =>
  outcomeOf(() => runImageCheck(environment, tags, (region) => registry ?? new ECRClient({ region })));
/** Without the time, which the registry's clock decides. */
const said = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN');

const X86 = { platform: { os: 'linux', architecture: 'amd64' } };
const ARM = { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } };
/** What buildx writes about a build. */
const ATTESTATION = { platform: { os: 'unknown', architecture: 'unknown' } };

/** Pushes what buildx pushes: a list, with the images elsewhere. */
async function push(imageTag: string, manifests: readonly object[]): Promise<void> {
  const imageManifestMediaType = 'application/vnd.oci.image.index.v1+json';
  const index = { schemaVersion: 2, mediaType: imageManifestMediaType, manifests };
  const imageManifest = JSON.stringify({ ...index, annotations: { imageTag } });
  await ecr.send(
    new PutImageCommand({
      repositoryName: 'prooflink-dev-app',
      imageTag,
      imageManifest,
      imageManifestMediaType,
    }),
  );
}

/** A registry that has one image alone, whose config says what it was built for; and what it was asked. */
async function withSingleImage<T>(
  config: unknown,
  work: (registry: ECRClient, asked: Record<string, unknown>[]) => Promise<T>,
): Promise<T> {
  const blobs = createServer((_, response) => {
    response.statusCode = config === undefined ? 404 : 200;
    response.end(JSON.stringify(config));
  });
  await new Promise<void>((resolve) => blobs.listen(0, '127.0.0.1', resolve));
  const downloadUrl = `http://127.0.0.1:${(blobs.address() as AddressInfo).port}/blob`;
  const asked: Record<string, unknown>[] = [];
  const imageManifest = JSON.stringify({ schemaVersion: 2, config: { digest: 'sha256:c0ffee' }, layers: [] });
  const answers: Record<string, object> = {
    DescribeImagesCommand: { imageDetails: [{ imageTags: ['v1'], imagePushedAt: new Date(0) }] },
    BatchGetImageCommand: { images: [{ imageManifest }] },
    GetDownloadUrlForLayerCommand: { downloadUrl },
  };
  const send = (command: { constructor: { name: string }; input: object }) => {
    asked.push({ [command.constructor.name]: command.input });
    return Promise.resolve(answers[command.constructor.name]);
  };
  try {
    return await work(Object.assign(new ECRClient({ region: REGION }), { send }), asked);
  } finally {
    await new Promise((resolve) => blobs.close(resolve));
  }
}

beforeAll(async () => {
  aws = await startLocalAws();
  adoptAwsVariables(process.env, aws.env);
  ecr = new ECRClient({ region: REGION });
  for (const repositoryName of ['prooflink-dev-app', 'prooflink-dev-batch']) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  }
  await push('v1', [X86, ATTESTATION]);
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
      stdout: 'prooflink-dev-app has v1, pushed WHEN (Tokyo), for linux/amd64.\n',
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
      'prooflink-dev-app has v1, pushed WHEN (Tokyo), for linux/amd64.\nprooflink-dev-batch has no v9: no image was pushed yet.\n',
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

describe('an image for another processor, which ECS would find out minutes later, is named before', () => {
  const wrong =
    ": it cannot start, since dev's cpuArchitecture is X86_64.\n" +
    'Build it with "docker build --platform linux/amd64", and push it under a new tag.\n';

  it('as buildx pushes it: a list of images, with what it says of the build', async () => {
    await push('arm', [ARM, ATTESTATION]);
    const { exitCode, stdout } = await check('dev', { app: 'arm' });
    expect(exitCode).toBe(1);
    expect(said(stdout)).toBe(`prooflink-dev-app has arm, pushed WHEN (Tokyo), for linux/arm64${wrong}`);
  });

  it('a list that has the right one, too, fits', async () => {
    await push('both', [ARM, X86]);
    expect(await check('dev', { app: 'both' })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('for linux/arm64 and linux/amd64.\n') as string,
    });
  });

  it.each([
    ['arm64', 1, `for linux/arm64${wrong}`],
    ['amd64', 0, 'for linux/amd64.\n'],
  ])('as docker pushes it: one image of %s, whose config says so', async (architecture, exitCode, says) => {
    await withSingleImage({ architecture, os: 'linux' }, async (registry, asked) => {
      const outcome = await check('dev', { app: 'v1' }, registry);
      expect([outcome.exitCode, outcome.stdout.endsWith(says)]).toEqual([exitCode, true]);
      const repositoryName = 'prooflink-dev-app';
      expect(asked[2]).toEqual({ GetDownloadUrlForLayerCommand: { repositoryName, layerDigest: 'sha256:c0ffee' } });
    });
  });

  it.each([
    ['a config that does not say', {}, 'prooflink-dev-app:v1 does not say for which processor it was built.\n'],
    ['a config that is gone', undefined, 'prooflink-dev-app answered 404 for the config of an image\n'],
  ])('%s is not taken for the right one', async (_, config, says) => {
    const { exitCode, stderr } = await withSingleImage(config, (registry) => check('dev', { app: 'v1' }, registry));
    expect([exitCode, stderr.endsWith(says)]).toEqual([2, true]);
  });

  it('nor is a list of nothing but words about a build', async () => {
    await push('words', [ATTESTATION]);
    expect((await check('dev', { app: 'words' })).exitCode).toBe(2);
  });
});

describe('a question that got no answer is not a tag that is missing', () => {
  it('fails with 2 where the registry cannot be reached', async () => {
    const nowhere = new ECRClient({ region: REGION, endpoint: 'http://localhost:1', maxAttempts: 1 });
    const { exitCode, stdout, stderr } = await check('dev', { app: 'v1' }, nowhere);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^The registry could not be asked: .*ECONNREFUSED/);
  });

  it('says what mends rights that are older than the command: people deploy those of GitHub’s roles', async () => {
    const denied = Object.assign(new Error('not authorized to perform: ecr:BatchGetImage'), {
      name: 'AccessDeniedException',
    });
    const registry = Object.assign(new ECRClient({ region: REGION }), { send: () => Promise.reject(denied) });
    expect((await check('dev', { app: 'v1' }, registry)).stderr).toContain(
      'ecr:BatchGetImage\nIn GitHub: npx cdk deploy ProoflinkDelivery\n',
    );
  });
});
