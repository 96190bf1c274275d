import { CannotTellError } from '@infra/common/outcome';
import type { RefusedImagesConfig } from '@infra/commands/app';
import { hasResult, type ImageScan, isUnderway, refusedFindings } from '../deployed/image-scan';
import { waitFor } from '../deployed/wait';
import type { ImageRepository } from './image-repository';
import { showProgress } from './masked-output';
import type { Problem } from './problem';
import { Minutes } from './time-limits';
import { words } from './words';

const SECONDS_BETWEEN_LOOKS_AT_THE_SCAN = 5;

/** An image to release, by its tag. */
export interface ReleasedImage {
  readonly repository: ImageRepository;
  readonly imageTag: string;
  /** Platform of the tasks, such as `linux/amd64`. */
  readonly platform: string;
}

/** Checks that the scan of an image has no finding with which the config refuses it. Waits for the end of the scan. */
export async function checkScan(image: ReleasedImage, refuse: RefusedImagesConfig): Promise<Problem | undefined> {
  const imageName = `${image.repository.repositoryName}:${image.imageTag}`;
  const scan = await readEndedScan(image, imageName);
  if (!hasResult(scan)) return notScanned(imageName, scan);
  const findings = refusedFindings(scan, refuse);
  if (findings.length === 0) return undefined;
  return [words.scan.refused({ imageName }), ...findings.map((finding) => `  ${finding}`), words.scan.advice].join(
    '\n',
  );
}

/** Reads the scan of an image once it has ended. */
async function readEndedScan(image: ReleasedImage, imageName: string): Promise<ImageScan> {
  const scan = await waitFor({
    goal: words.scan.findings,
    minutes: Minutes.scan,
    secondsBetweenLooks: SECONDS_BETWEEN_LOOKS_AT_THE_SCAN,
    showLine: showProgress,
    look: () => image.repository.readScan(image.imageTag, image.platform),
    isReached: (lookedAt) => !isUnderway(lookedAt),
    describe: ({ status }) => words.scan.is({ imageName, status }),
  });
  if (!isUnderway(scan)) return scan;
  const { status } = scan;
  throw new CannotTellError(words.scan.takesTooLong({ imageName, status, minutes: Minutes.scan }));
}

function notScanned(imageName: string, { status, description, isIndex }: ImageScan): Problem {
  if (status === '' && isIndex) return words.scan.indexNotScanned({ imageName });
  const reason = [status, description].filter(Boolean).join(', ');
  return words.scan.notScanned({ imageName, reason });
}
