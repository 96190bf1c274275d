import { ECR, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { readAll } from '@infra/operate/deployed/pages';
import { undefinedIf } from '@infra/operate/deployed/aws-errors';
import { imageIdOf, type ImageName, parseImageUri } from '@infra/operate/deployed/image-uri';
import type { Environment } from '@infra/operate/deployed/environment';
import { webImageTag } from '@infra/operate/deployed/deployed-stack';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { DOCKER_PLATFORMS, platformsOf } from '@infra/operate/deployed/image-manifest';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../../answer';
import { isRealAws } from '@infra/operate/deployed/real-aws';
import type { CheckedContainer, ContainerKind } from './container-kind';
import { isRevisionByHand } from './definition';
import { words } from './words';

/**
 * Checks that the image exists, and that it was built for the platform of the containers: a laptop with another processor
 * builds for its own.
 */
export async function checkImage(checkedContainer: CheckedContainer): Promise<Answer> {
  const { environment, container, kind } = checkedContainer;
  const { pluralName: containers } = kind;
  const image = parseImageUri(container.image);
  const { repositoryName, reference } = image;
  // Before the first release there is no image, neither for web tasks nor for jobs. An image that is not in ECR is
  // reported by checkDefinition.
  if (webImageTag(environment) === '' || repositoryName === '') return NOTHING_WRONG;

  // A release of the tag that the stack has changes nothing, so that a revision with another one would stay.
  const isOtherTag = reference !== environment.parameters[kind.tagParameter];
  const isByHand = isOtherTag && (await isRevisionByHand(checkedContainer));
  const restoreCommand = isByHand ? kind.restoreCommand(environment, container) : undefined;
  if (!(await isInRegistry(environment, image))) {
    const says = words.image.isGone({ containers, repositoryName, reference });
    // A local AWS that began without the folder of the import has nothing that is missing.
    if (isLocalImport(kind)) return personMustLook({ says, fix: words.image.giveJob });
    return wrongAnswer({ says, fix: restoreCommand ?? pushOrRelease(environment, kind, repositoryName) });
  }

  const platform = DOCKER_PLATFORMS[environment.config.cpuArchitecture];
  const imagePlatforms = await platformsOf(environment.client(ECR), repositoryName, reference);
  if (imagePlatforms.includes(platform)) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.image.otherPlatform({ containers, image: `${repositoryName}:${reference}`, imagePlatforms, platform }),
    fix: restoreCommand ?? words.image.buildAgain({ platform, releaseCommand: releaseCommandOf(environment, kind) }),
  });
}

/** Advice on an image that is not in ECR. */
export function pushOrRelease(environment: Environment, kind: ContainerKind, repositoryName: string): string {
  if (isLocalImport(kind)) return words.image.giveJob;
  const listCommand = awsCommand(environment.region, 'ecr list-images', `--repository-name ${repositoryName}`);
  return words.image.pushOrRelease({ releaseCommand: releaseCommandOf(environment, kind), listCommand });
}

function isLocalImport({ tagOption }: ContainerKind): boolean {
  return tagOption === '--batch' && !isRealAws();
}

function releaseCommandOf({ environmentName }: Environment, { tagOption }: ContainerKind): string {
  return prooflinkCommand(environmentName, 'release', `${tagOption} <tag>`);
}

export async function isInRegistry(
  environment: Environment,
  { repositoryName, reference }: ImageName,
): Promise<boolean> {
  const imageIds = [imageIdOf(reference)];
  const pages = environment.client(ECR).paginateDescribeImages({ repositoryName, imageIds });
  const images = await readAll(pages, 'imageDetails').catch(undefinedIf(ImageNotFoundException));
  return images !== undefined;
}
