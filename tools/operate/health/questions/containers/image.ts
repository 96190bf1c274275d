import { ECR, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { readAll } from '../../../../deployed/aws';
import { undefinedIf } from '../../../../deployed/aws-errors';
import { type ImageName, parseImageUri } from '../../../../deployed/containers';
import type { Environment } from '../../../../deployed/environment';
import { PLATFORMS, platformsOf } from '../../../../deployed/image-manifest';
import { wrongAnswer } from '../../answer';
import type { ContainerCheck } from './kind';

export const checkImage: ContainerCheck = async (environment, container, { noun, tagOption }) => {
  const image = parseImageUri(container.image);
  const { repositoryName, reference } = image;
  // Before the first release there is no image, neither for web tasks nor for jobs.
  if (!environment.hasImage || repositoryName === '') return undefined;

  const releaseCommand = environment.prooflinkCommand('release', `${tagOption} <tag>`);
  const release = `release a tag that is there: ${releaseCommand}.`;
  if (!(await isInRegistry(environment, image))) {
    const listCommand = environment.awsCommand('ecr list-images', `--repository-name ${repositoryName}`);
    return wrongAnswer(
      `${repositoryName} has no image ${reference}, which the ${noun} want.`,
      `push it, or ${release} Which there are: ${listCommand}`,
    );
  }

  const platform = PLATFORMS[environment.config.cpuArchitecture];
  const imagePlatforms = await readPlatforms(environment, image, platform);
  if (imagePlatforms.includes(platform)) return undefined;
  const platformList = imagePlatforms.join(' and ');
  return wrongAnswer(
    `${repositoryName}:${reference} is for ${platformList}, and the ${noun} run on ${platform}.`,
    `docker build --platform ${platform}, push it under a new tag, and ${release}`,
  );
};

function isDigest(reference: string): boolean {
  return reference.startsWith('sha256:');
}

async function isInRegistry(environment: Environment, { repositoryName, reference }: ImageName): Promise<boolean> {
  const imageId = isDigest(reference) ? { imageDigest: reference } : { imageTag: reference };
  const pages = environment.client(ECR).paginateDescribeImages({ repositoryName, imageIds: [imageId] });
  const images = await readAll(pages, 'imageDetails').catch(undefinedIf(ImageNotFoundException));
  return images !== undefined;
}

/** Platforms of an image; one that is named by its digest counts as built for the platform that it must have. */
async function readPlatforms(
  environment: Environment,
  { repositoryName, reference }: ImageName,
  neededPlatform: string,
): Promise<string[]> {
  if (isDigest(reference)) return [neededPlatform];
  return await platformsOf(environment.client(ECR), repositoryName, reference);
}
