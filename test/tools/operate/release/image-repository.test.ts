import { RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { ImageRepository } from '../../../../tools/operate/release/image-repository';
import { answerCommands } from '../../support/answer-commands';

const refusal = (tag: string, repository = 'prooflink-dev-app') =>
  new ImageRepository(repository, 'ap-northeast-1').checkTag(tag, 'linux/amd64');

const X86 = { platform: { os: 'linux', architecture: 'amd64' } };
const ARM = { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } };
/** Attestation that buildx writes. */
const ATTESTATION = { platform: { os: 'unknown', architecture: 'unknown' } };

/** A registry with this image under each tag, pushed a day after the one before it. */
function pushed(image: object, ...tags: readonly string[]) {
  const imageDetails = tags.map((tag, day) => ({
    imageTags: [tag],
    imagePushedAt: new Date(Date.UTC(2026, 0, day + 1, 16, 5)),
  }));
  return answerCommands({
    DescribeImages: { imageDetails },
    BatchGetImage: { images: [{ imageManifest: JSON.stringify(image) }] },
    GetDownloadUrlForLayer: { downloadUrl: 'https://blobs/blob' },
  });
}
/** One image alone, whose config, elsewhere, says what it was built for. */
function pushedAlone(config?: object) {
  const blob = new Response(JSON.stringify(config), { status: config ? 200 : 404 });
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(blob);
  return pushed({ config: { digest: 'sha256:c0ffee' }, layers: [] }, 'v1');
}
afterEach(() => jest.restoreAllMocks());

describe('before a release the registry is asked for a tag', () => {
  it('that is not there, which ECS would find out minutes later: it says which are, or that none is', async () => {
    pushed({}, 'v1');
    expect(await refusal('v2')).toBe(
      'prooflink-dev-app has no v2. It has, newest first:\n  v1  pushed 2026-01-02 01:05 (Tokyo)',
    );
    pushed({});
    expect(await refusal('v9', 'prooflink-dev-batch')).toBe('prooflink-dev-batch has no v9: no image was pushed yet.');
  });

  it('of many: it lists the ten newest, newest first, in the team’s time', async () => {
    pushed({}, ...Array.from({ length: 12 }, (_, index) => `v${index + 1}`));
    const lines = (await refusal('v99', 'many'))?.split('\n') ?? [];
    expect(lines.slice(0, 3)).toEqual([
      'many has no v99. It has, newest first:',
      '  v12  pushed 2026-01-13 01:05 (Tokyo)',
      '  v11  pushed 2026-01-12 01:05 (Tokyo)',
    ]);
    expect(lines.slice(-2)).toEqual(['  v3   pushed 2026-01-04 01:05 (Tokyo)', '  and 2 older']);
  });

  it('without a registry: the first deploy comes first', async () => {
    answerCommands({ DescribeImages: new RepositoryNotFoundException({ message: 'none', $metadata: {} }) });
    expect(await refusal('v1', 'none')).toBe(
      'There is no registry none: release once without a tag, then push an image.',
    );
  });
});

describe('an image for another processor, which ECS would find out minutes later, is named before', () => {
  const wrong =
    "prooflink-dev-app:v1 is for linux/arm64, and the config's cpuArchitecture wants linux/amd64.\n" +
    'Build it with "docker build --platform linux/amd64", and push it under a new tag.';

  it.each([
    ['with the right one', [X86, ATTESTATION], undefined],
    ['without it', [ARM, ATTESTATION], wrong],
    ['with both', [ARM, X86], undefined],
  ])('as buildx pushes it: a list of images, %s', async (_, manifests, says) => {
    pushed({ manifests }, 'v1');
    expect(await refusal('v1')).toBe(says);
  });

  it.each([
    ['arm64', wrong],
    ['amd64', undefined],
  ])('as docker pushes it: one image of %s, whose config says so', async (architecture, says) => {
    const asked = pushedAlone({ architecture, os: 'linux' });
    expect(await refusal('v1')).toBe(says);
    const repositoryName = 'prooflink-dev-app';
    expect(asked['GetDownloadUrlForLayer']).toEqual([{ repositoryName, layerDigest: 'sha256:c0ffee' }]);
    expect(fetch).toHaveBeenCalledWith('https://blobs/blob', expect.anything());
  });

  it.each([
    ['a config that does not say', () => pushedAlone({}), 'v1 does not say for which processor it was built.'],
    ['a config that is gone', () => pushedAlone(), 'prooflink-dev-app answered 404 for the config of an image'],
    ['a list of attestations alone', () => pushed({ manifests: [ATTESTATION] }, 'v1'), 'does not say'],
  ])('%s is not taken for the right one', async (_, push, says) => {
    push();
    await expect(refusal('v1')).rejects.toThrow(says);
  });
});

test('rights that are older than the command: people deploy those of GitHub’s roles', async () => {
  const message = 'not authorized to perform: ecr:DescribeImages';
  answerCommands({ DescribeImages: Object.assign(new Error(message), { name: 'AccessDeniedException' }) });
  await expect(refusal('v1', 'any')).rejects.toThrow(/ecr:DescribeImages In GitHub: npx cdk deploy ProoflinkDelivery$/);
});
