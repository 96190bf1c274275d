import { RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { ImageRepository } from '../../src/release/image-repository';
import { answerCommands } from '../support/answer-commands';

/** Reason to refuse the release of a tag, on tasks with a processor of Intel; `undefined` if there is none. */
const problemOf = (tag: string, repository = 'prooflink-dev-app') =>
  new ImageRepository(repository, 'ap-northeast-1').checkTag(tag, 'linux/amd64');
const ARM = { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } };
/** Attestation that buildx writes. */
const ATTESTATION = { platform: { os: 'unknown', architecture: 'unknown' } };

/** ECR with the same image under each tag, pushed a day after the one before it; returns what ECR is asked. */
function pushManifest(imageManifest: object, tags: readonly string[]) {
  const imageDetails = tags.map((tag, day) => ({
    imageTags: [tag],
    imagePushedAt: new Date(Date.UTC(2026, 0, day + 1, 16, 5)),
  }));
  return answerCommands({
    DescribeImages: { imageDetails },
    BatchGetImage: { images: [{ imageManifest: JSON.stringify(imageManifest) }] },
    GetDownloadUrlForLayer: { downloadUrl: 'https://blobs/blob' },
  });
}

const pushIndex = (...manifests: readonly object[]) => pushManifest({ manifests }, ['v1']);

/** Images of which only the tags count. */
const pushTags = (...tags: readonly string[]) => pushManifest({}, tags);

afterEach(() => jest.restoreAllMocks());

describe('before a release the registry is asked for a tag', () => {
  it('that is not there: of many tags, the ten newest are listed, newest first, in the team’s time', async () => {
    pushTags(...Array.from({ length: 12 }, (_, index) => `v${index + 1}`));
    const lines = (await problemOf('v99', 'many'))?.split('\n') ?? [];
    expect(lines.slice(0, 3)).toEqual([
      'many has no v99. It has, newest first:',
      '  v12  pushed 2026-01-13 01:05 (Tokyo)',
      '  v11  pushed 2026-01-12 01:05 (Tokyo)',
    ]);
    expect(lines.slice(-2)).toEqual(['  v3   pushed 2026-01-04 01:05 (Tokyo)', '  and 2 older']);
  });

  it('without a registry: the first deploy comes first', async () => {
    answerCommands({ DescribeImages: new RepositoryNotFoundException({ message: 'none', $metadata: {} }) });
    expect(await problemOf('v1', 'none')).toBe(
      'There is no registry none: deploy the stack (npx cdk deploy), then push an image.',
    );
  });
});

const BUILD_AGAIN =
  'prooflink-dev-app:v1 is for linux/arm64, and the deployed tasks need linux/amd64 (cpuArchitecture).\n' +
  'Build it with "docker build --platform linux/amd64", and push it under a new tag.';

describe('an index, as buildx pushes it, has an image for the processor of the tasks', () => {
  it('the image for another processor, which ECS would find out minutes later, is refused', async () => {
    pushIndex(ARM, ATTESTATION);
    expect(await problemOf('v1')).toBe(BUILD_AGAIN);
  });

  it('an index of attestations alone is not taken for the right image', async () => {
    pushIndex(ATTESTATION);
    await expect(problemOf('v1')).rejects.toThrow('does not say');
  });
});

test('rights that are older than the command: people deploy those of GitHub’s roles', async () => {
  const message = 'not authorized to perform: ecr:DescribeImages';
  answerCommands({ DescribeImages: Object.assign(new Error(message), { name: 'AccessDeniedException' }) });
  await expect(problemOf('v1', 'any')).rejects.toThrow(
    /ecr:DescribeImages In GitHub: npx cdk deploy ProoflinkDelivery$/,
  );
});
