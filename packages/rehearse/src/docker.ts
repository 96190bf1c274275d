import { ECR } from '@aws-sdk/client-ecr';
import { joined, untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient } from '@infra/operate/deployed/aws-client';
import { DOCKER_PLATFORMS } from '@infra/operate/deployed/image-manifest';
import { SAMPLE_FOLDER } from '@infra/local/programs';
import { runDocker } from './processes';
import type { Rehearsal } from './stage';
import { words } from './words';

/** Signs Docker in to the registry of the rehearsal's images. */
export async function signDockerIn({ region }: Rehearsal, image: string): Promise<void> {
  const [host = ''] = image.split('/');
  const { authorizationData = [] } = await awsClient(ECR, { region }).getAuthorizationToken({});
  const token = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString();
  const password = token.slice(token.indexOf(':') + 1);
  await docker(['login', '--username', 'AWS', '--password-stdin', host], password);
}

/** Targets of the sample's Dockerfile. */
type Target = 'web' | 'batch';

/** Image of the sample on this machine. */
function localImage(target: Target): string {
  return `prooflink-rehearsal-${target}`;
}

/** Builds the sample's images. Nothing is deployed without them. */
export async function buildImages({ config }: Rehearsal): Promise<void> {
  const platform = DOCKER_PLATFORMS[config.cpuArchitecture];
  for (const target of ['web', 'batch'] as const) {
    // An image with provenance is an index of images, which ECR does not scan.
    const options = ['--platform', platform, '--provenance=false', '--target', target, '--tag', localImage(target)];
    await docker(['build', ...options, SAMPLE_FOLDER]);
  }
}

/** Pushes an image of the sample. */
export async function pushSample(target: Target, image: string): Promise<void> {
  await docker(['tag', localImage(target), image]);
  await docker(['push', image]);
}

/** Copies an image as it is. */
export async function copyImage(source: string, image: string): Promise<void> {
  await docker(['buildx', 'imagetools', 'create', '--prefer-index=false', '--tag', image, source]);
}

/** Lines of Docker's output that an error has. */
const LAST_LINES = 30;

async function docker(args: readonly string[], input?: string): Promise<void> {
  const { exitCode, lines } = await runDocker(args, input).catch(() => {
    throw new CannotTellError(words.noDocker);
  });
  if (exitCode === 0) return;
  const sentence = words.ended({ command: `docker ${args[0] ?? ''}`, exitCode });
  throw new CannotTellError(joined([sentence, ...lines.slice(-LAST_LINES).map(untranslated)]));
}
