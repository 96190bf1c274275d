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
import { PLATFORMS, platformName, readManifest } from '../../../deployed/image-manifest';
import { inTokyo } from '../../../deployed/times';
import { type Answer, lookAnswer, type Result, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

export const IMAGE_SCANS: Question = {
  id: 'scans',
  statement: 'The images that run were scanned',
  depth: 'contact',
  applies: ({ config }) => isOn(config.imageRegistry.scanOnPush),
  ask: checkScans,
};

async function checkScans(environment: Environment): Promise<Answer> {
  const { app, batch } = environment.names.repositories;
  const appTag = environment.parameters[Parameter.appImageTag];
  const batchTag = environment.parameters[Parameter.batchImageTag];
  const hasImport = environment.ids('AWS::Batch::JobDefinition').length > 0;
  if (!appTag || (hasImport && !batchTag)) {
    return lookAnswer('There is no image tag yet: release, and ask again.');
  }
  const answers = [await checkScan(environment, app, appTag)];
  if (hasImport && batchTag) {
    answers.push(await checkScan(environment, batch, batchTag));
  }
  const sentences = answers.map(({ says }) => says);
  return { result: worstResult(answers), says: sentences.join(' ') };
}

function worstResult(answers: readonly Answer[]): Result {
  const results = new Set(answers.map(({ result }) => result));
  if (results.has('wrong')) return 'wrong';
  return results.has('look') ? 'look' : 'well';
}

/** State of an image's scan, with the number of findings by severity. */
type Scan = DescribeImageScanFindingsResponse | undefined;

async function checkScan(environment: Environment, repositoryName: string, imageTag: string): Promise<Answer> {
  const ecr = environment.client(ECR);
  const image = `${repositoryName}:${imageTag}`;
  const platform = PLATFORMS[environment.config.cpuArchitecture];
  const { manifests } = await readManifest(ecr, repositoryName, imageTag);
  if (!manifests) {
    const scan = await readScan(ecr, repositoryName, { imageTag });
    return scanAnswer(image, scan);
  }
  // ECR scans images, and no index of them: the tag of an index refers to the image that runs.
  const imageThatRuns = manifests.find((manifest) => platformName(manifest.platform) === platform);
  const imageDigest = imageThatRuns?.digest;
  if (!imageDigest) return wrongAnswer(`${image} has no image for ${platform}.`);
  const scan = await readScan(ecr, repositoryName, { imageDigest });
  return scanAnswer(image, scan);
}

async function readScan(ecr: ECR, repositoryName: string, imageId: ImageIdentifier): Promise<Scan> {
  // eslint-disable-next-line aws/all-pages -- the state and the counts are on the first page
  const scan = ecr.describeImageScanFindings({ repositoryName, imageId });
  return await scan.catch(undefinedIf(ScanNotFoundException));
}

function scanAnswer(image: string, scan: Scan): Answer {
  const { status = '', description } = scan?.imageScanStatus ?? {};
  switch (status) {
    case 'COMPLETE':
      return wellAnswer(`${image}: ${findingsText(scan)}.`);
    case 'IN_PROGRESS':
    case 'PENDING':
      return lookAnswer(`${image}: ${status}, ask again in some minutes.`);
    case 'ACTIVE':
      return wrongAnswer(
        `${image}: the registry scans with Amazon Inspector, whose findings the stack's rule does not mail.`,
      );
    default: {
      const reason = [status, description].filter(Boolean).join(', ');
      return wrongAnswer(`${image} was not scanned: ${reason || 'no scan is known'}.`);
    }
  }
}

/** `2 HIGH, 1 LOW, 2026-11-26 09:15 (Tokyo)` */
function findingsText(scan: Scan): string {
  const { findingSeverityCounts = {}, imageScanCompletedAt = 0 } = scan?.imageScanFindings ?? {};
  const counts = Object.entries(findingSeverityCounts).map(([severity, number]) => `${number} ${severity}`);
  const findings = counts.join(', ') || 'no finding';
  return `${findings}, ${inTokyo(imageScanCompletedAt)}`;
}
