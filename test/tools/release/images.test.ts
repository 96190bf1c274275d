import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { adoptAwsVariables, type LocalAws, startLocalAws } from '@infra/local-aws';
import { Registry } from '../../../tools/release/images';
import { answerCommands } from '../support/answer-commands';

const REGION = 'ap-northeast-1';
const before = { ...process.env };
let aws: LocalAws;
let ecr: ECRClient;

const registry = (name = 'prooflink-dev-app') => new Registry(name, REGION);
const refusal = (tag: string, of = registry()) => of.refusal(tag, 'linux/amd64');
/** Without the time, which the registry's clock decides. */
const said = (text = '') => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN');

const X86 = { platform: { os: 'linux', architecture: 'amd64' } };
const ARM = { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } };
/** Attestation that buildx writes. */
const ATTESTATION = { platform: { os: 'unknown', architecture: 'unknown' } };

/** Pushes what buildx pushes: a list, with the images elsewhere. */
async function push(imageTag: string, manifests: readonly object[]): Promise<void> {
  const imageManifestMediaType = 'application/vnd.oci.image.index.v1+json';
  const index = { schemaVersion: 2, mediaType: imageManifestMediaType, manifests };
  const imageManifest = JSON.stringify({ ...index, annotations: { imageTag } });
  const image = { repositoryName: 'prooflink-dev-app', imageTag, imageManifest, imageManifestMediaType };
  await ecr.send(new PutImageCommand(image));
}

/** A registry that has one image alone, whose config, elsewhere, says what it was built for. */
function singleImage(config?: object) {
  const blob = new Response(JSON.stringify(config), { status: config ? 200 : 404 });
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(blob);
  const imageManifest = JSON.stringify({ schemaVersion: 2, config: { digest: 'sha256:c0ffee' }, layers: [] });
  return answerCommands({
    DescribeImages: () => ({ imageDetails: [{ imageTags: ['v1'], imagePushedAt: new Date(0) }] }),
    BatchGetImage: () => ({ images: [{ imageManifest }] }),
    GetDownloadUrlForLayer: () => ({ downloadUrl: 'https://blobs/blob' }),
  });
}
afterEach(() => jest.restoreAllMocks());

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

describe('before a release the registry is asked for a tag', () => {
  it('that is there, for the right processor', async () => {
    expect(await refusal('v1')).toBeUndefined();
  });

  it('that is not there, which ECS would find out minutes later: it says which are', async () => {
    expect(said(await refusal('v2'))).toBe(
      'prooflink-dev-app has no v2. It has, newest first:\n  v1  pushed WHEN (Tokyo)',
    );
    expect(await refusal('v9', registry('prooflink-dev-batch'))).toBe(
      'prooflink-dev-batch has no v9: no image was pushed yet.',
    );
  });

  it('of many: it lists the ten newest, newest first, in the team’s time', async () => {
    const imageDetails = Array.from({ length: 12 }, (_, index) => ({
      imageTags: [`v${index + 1}`],
      imagePushedAt: new Date(Date.UTC(2026, 0, index + 1, 16, 5)),
    }));
    answerCommands({ DescribeImages: () => ({ imageDetails }) });
    const lines = (await refusal('v99', registry('many')))?.split('\n') ?? [];
    expect(lines.slice(0, 3)).toEqual([
      'many has no v99. It has, newest first:',
      '  v12  pushed 2026-01-13 01:05 (Tokyo)',
      '  v11  pushed 2026-01-12 01:05 (Tokyo)',
    ]);
    expect(lines.slice(-2)).toEqual(['  v3   pushed 2026-01-04 01:05 (Tokyo)', '  and 2 older']);
  });

  it('of a registry that is not there: somebody who has not deployed yet does that first', async () => {
    expect(await refusal('v1', registry('none'))).toBe(
      'There is no registry none: release once without a tag, then push an image.',
    );
  });
});

describe('an image for another processor, which ECS would find out minutes later, is named before', () => {
  const wrong = (platform: string) =>
    ` is for ${platform}, and the config's cpuArchitecture wants linux/amd64.\n` +
    'Build it with "docker build --platform linux/amd64", and push it under a new tag.';

  it('as buildx pushes it: a list of images, with what it says of the build', async () => {
    await push('arm', [ARM, ATTESTATION]);
    expect(await refusal('arm')).toBe(`prooflink-dev-app:arm${wrong('linux/arm64')}`);
    await push('both', [ARM, X86]);
    expect(await refusal('both')).toBeUndefined();
  });

  it.each([
    ['arm64', `prooflink-dev-app:v1${wrong('linux/arm64')}`],
    ['amd64', undefined],
  ])('as docker pushes it: one image of %s, whose config says so', async (architecture, says) => {
    const asked = singleImage({ architecture, os: 'linux' });
    expect(await refusal('v1')).toBe(says);
    const repositoryName = 'prooflink-dev-app';
    expect(asked['GetDownloadUrlForLayer']).toEqual([{ repositoryName, layerDigest: 'sha256:c0ffee' }]);
    expect(fetch).toHaveBeenCalledWith('https://blobs/blob', expect.anything());
  });

  it.each([
    ['a config that does not say', {}, 'prooflink-dev-app:v1 does not say for which processor it was built.'],
    ['a config that is gone', undefined, 'prooflink-dev-app answered 404 for the config of an image'],
  ])('%s is not taken for the right one', async (_, config, says) => {
    singleImage(config);
    await expect(refusal('v1')).rejects.toThrow(says);
  });

  it('nor is a list of nothing but words about a build', async () => {
    await push('words', [ATTESTATION]);
    await expect(refusal('words')).rejects.toThrow('does not say');
  });
});

test('rights that are older than the command: people deploy those of GitHub’s roles', async () => {
  const message = 'not authorized to perform: ecr:DescribeImages';
  answerCommands({
    DescribeImages: () => {
      throw Object.assign(new Error(message), { name: 'AccessDeniedException' });
    },
  });
  await expect(refusal('v1', registry('any'))).rejects.toThrow(
    /ecr:DescribeImages In GitHub: npx cdk deploy ProoflinkDelivery$/,
  );
});
