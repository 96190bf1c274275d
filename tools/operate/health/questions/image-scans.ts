import {
  type DescribeImageScanFindingsResponse,
  ECR,
  type ImageIdentifier,
  ScanNotFoundException,
} from '@aws-sdk/client-ecr';
import { isOn } from '../../../../lib/config/safeguard';
import { Parameter } from '../../../../lib/contract';
import { undefinedIf } from '../../../deployed/aws-errors';
import type { Environment } from '../../../deployed/environment';
import { DOCKER_PLATFORMS, platformName, readManifest } from '../../../deployed/image-manifest';
import { formatInTokyo } from '../../../deployed/tokyo-time';
import { type Answer, personMustLook, wellAnswer, worstResult, wrongAnswer } from '../answer';
import { hasUserImport, type Question } from '../question';

/** Question on ECR's basic scans of pushed images. An image with findings is `well`; one without a scan is `wrong`. */
export const IMAGE_SCANS: Question = {
  id: 'scans',
  statement: 'The images that run were scanned',
  confirms: ['images-scanned'],
  firstAskedBy: 'first-contact',
  applies: ({ config }) => isOn(config.imageRegistry.scanOnPush),
  ask: checkScans,
};

/** An image in ECR, by its tag. */
interface TaggedImage {
  readonly repositoryName: string;
  /** Empty before the first release. */
  readonly tag: string;
}

async function checkScans(environment: Environment): Promise<Answer> {
  const images = imagesOf(environment);
  if (images.some(({ tag }) => tag === '')) {
    return personMustLook({ says: 'There is no image tag yet: release, and ask again.' });
  }
  const answers: Answer[] = [];
  for (const image of images) answers.push(await checkImage(environment, image));
  const sentences = answers.map(({ says }) => says);
  return { result: worstResult(answers), says: sentences.join(' ') };
}

/** Image of the web tasks, and of the import jobs if the stack has some. */
function imagesOf(environment: Environment): TaggedImage[] {
  const { parameters, names } = environment;
  const images: TaggedImage[] = [
    { repositoryName: names.repositories.app, tag: parameters[Parameter.appImageTag] ?? '' },
  ];
  if (hasUserImport(environment)) {
    images.push({ repositoryName: names.repositories.batch, tag: parameters[Parameter.batchImageTag] ?? '' });
  }
  return images;
}

async function checkImage(environment: Environment, { repositoryName, tag }: TaggedImage): Promise<Answer> {
  const ecr = environment.client(ECR);
  const imageName = `${repositoryName}:${tag}`;
  const { manifests } = await readManifest(ecr, repositoryName, tag);
  if (!manifests) {
    const scan = await readScan(ecr, repositoryName, { imageTag: tag });
    return scanAnswer(imageName, scan);
  }
  // The tag of a multi-platform image names an index. ECR scans no index, but the images in it, so that the scan of the
  // image for the tasks' platform is read.
  const platform = DOCKER_PLATFORMS[environment.config.cpuArchitecture];
  const imageOfPlatform = manifests.find((manifest) => platformName(manifest.platform) === platform);
  const imageDigest = imageOfPlatform?.digest;
  if (!imageDigest) return wrongAnswer({ says: `${imageName} has no image for ${platform}.` });
  const scan = await readScan(ecr, repositoryName, { imageDigest });
  return scanAnswer(imageName, scan);
}

/** State of an image's scan, with the number of findings by severity. */
type Scan = DescribeImageScanFindingsResponse;

/** The scan of an image; `undefined` if it was never scanned. */
async function readScan(ecr: ECR, repositoryName: string, imageId: ImageIdentifier): Promise<Scan | undefined> {
  // eslint-disable-next-line aws/all-pages -- the state and the counts are on the first page
  const scan = ecr.describeImageScanFindings({ repositoryName, imageId });
  return await scan.catch(undefinedIf(ScanNotFoundException));
}

function scanAnswer(imageName: string, scan: Scan | undefined): Answer {
  const { status = '', description } = scan?.imageScanStatus ?? {};
  switch (status) {
    case 'COMPLETE':
      return wellAnswer(`${imageName}: ${findingsText(scan)}.`);
    case 'IN_PROGRESS':
    case 'PENDING':
      return personMustLook({ says: `${imageName}: ${status}, ask again in some minutes.` });
    // Only enhanced scanning has this status. The stack's EventBridge rule matches the events of basic scanning.
    case 'ACTIVE':
      return wrongAnswer({
        says: `${imageName}: the registry scans with Amazon Inspector, whose findings the stack's rule does not mail.`,
      });
    default: {
      const reason = [status, description].filter(Boolean).join(', ');
      return wrongAnswer({ says: `${imageName} was not scanned: ${reason || 'no scan is known'}.` });
    }
  }
}

/** Number of findings by severity, and the time of the scan: `2 HIGH, 1 LOW, 2026-11-26 09:15 (Tokyo)`. */
function findingsText(scan: Scan | undefined): string {
  const { findingSeverityCounts = {}, imageScanCompletedAt = 0 } = scan?.imageScanFindings ?? {};
  const counts = Object.entries(findingSeverityCounts).map(([severity, number]) => `${number} ${severity}`);
  const findings = counts.join(', ') || 'no finding';
  return `${findings}, ${formatInTokyo(imageScanCompletedAt)}`;
}
