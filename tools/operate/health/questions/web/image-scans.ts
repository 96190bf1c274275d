import { ECR } from '@aws-sdk/client-ecr';
import { isOn } from '../../../../../lib/config/safeguard';
import type { RefusedImagesConfig } from '../../../../../lib/config/sections/image-registry';
import { Parameter } from '../../../../../lib/contract';
import type { Environment } from '../../../../deployed/environment';
import { DOCKER_PLATFORMS } from '../../../../deployed/image-manifest';
import { hasResult, type ImageScan, readImageScan, refusedFindings } from '../../../../deployed/image-scan';
import { formatInTokyo } from '../../../../deployed/tokyo-time';
import { type Answer, personMustLook, wellAnswer, worstResult, wrongAnswer } from '../../answer';
import { hasUserImport, type Question } from '../../question';
import { words } from './words';

/** Question on ECR's basic scans of pushed images. An image with findings is `well`; one without a scan is `wrong`. */
export const IMAGE_SCANS: Question = {
  id: 'scans',
  statement: words.scans.statement(),
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
  if (images.some(({ tag }) => tag === '')) return personMustLook({ says: words.scans.noTag() });
  const answers: Answer[] = [];
  for (const image of images) answers.push(await checkImage(environment, image));
  const sentences = answers.map(({ says }) => says);
  return { result: worstResult(answers), says: words.scans.together({ sentences }) };
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
  const imageName = `${repositoryName}:${tag}`;
  const { cpuArchitecture, imageRegistry } = environment.config;
  const platform = DOCKER_PLATFORMS[cpuArchitecture];
  const scan = await readImageScan(environment.client(ECR), { repositoryName, imageTag: tag, platform });
  if (!scan) return wrongAnswer({ says: words.scans.noImage({ imageName, platform }) });
  const refusal = refusalOf(imageName, scan, imageRegistry.refuse);
  const answer = scanAnswer(imageName, scan);
  if (refusal === undefined) return answer;
  const sentences = [answer.says, refusal.says];
  return { result: worstResult([answer, refusal]), says: words.scans.together({ sentences }) };
}

/** Answer on an image that runs, and that `release` would refuse now: for new findings, or for one that was accepted. */
function refusalOf(imageName: string, scan: ImageScan, refuse: RefusedImagesConfig | undefined): Answer | undefined {
  if (!refuse || !hasResult(scan)) return undefined;
  const findings = refusedFindings(scan, refuse);
  if (findings.length === 0) return undefined;
  return personMustLook({ says: words.scans.refusedNow({ imageName, findings }) });
}

function scanAnswer(imageName: string, scan: ImageScan): Answer {
  const { status, description } = scan;
  switch (status) {
    case 'COMPLETE':
      return wellAnswer(
        words.scans.complete({ imageName, counts: findingCounts(scan), time: formatInTokyo(scan.completedAt) }),
      );
    case 'IN_PROGRESS':
    case 'PENDING':
      return personMustLook({ says: words.scans.underway({ imageName, status }) });
    // Only enhanced scanning has this status. The stack's EventBridge rule matches the events of basic scanning.
    case 'ACTIVE':
      return wrongAnswer({ says: words.scans.byInspector({ imageName }) });
    default: {
      const reason = [status, description].filter(Boolean).join(', ');
      return wrongAnswer({ says: words.scans.notScanned({ imageName, reason }) });
    }
  }
}

/** Number of findings by severity, such as `2 HIGH` and `1 LOW`. */
function findingCounts({ severityCounts }: ImageScan): string[] {
  return Object.entries(severityCounts).map(([severity, number]) => `${number} ${severity}`);
}
