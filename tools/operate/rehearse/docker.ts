import { ECR } from '@aws-sdk/client-ecr';
import { awsClient } from '../../deployed/aws-client';
import { type Ended, runProgram } from './processes';
import { StageFailedError } from './rehearsal';
import { words } from './words';

/** Host of a registry of Amazon ECR, with its region. */
const ECR_HOST = /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$/;

/** True if this machine has Docker, and its engine runs. */
export async function hasDocker(): Promise<boolean> {
  try {
    const { exitCode } = await runProgram('docker', ['version', '--format', '{{.Server.Version}}']);
    return exitCode === 0;
  } catch {
    return false;
  }
}

/** Signs Docker in to the registry of an image if it is of Amazon ECR. Any other registry has to be public. */
export async function signDockerIn(image: string): Promise<void> {
  const [host = ''] = image.split('/');
  const region = ECR_HOST.exec(host)?.[1];
  if (region === undefined) return;
  const { authorizationData = [] } = await awsClient(ECR, { region }).getAuthorizationToken({});
  const token = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString();
  const password = token.slice(token.indexOf(':') + 1);
  await docker(['login', '--username', 'AWS', '--password-stdin', host], password);
}

/** Builds a target of a Dockerfile, and pushes it. */
export async function buildAndPush(props: {
  readonly folder: string;
  readonly target: string;
  readonly platform: string;
  readonly image: string;
}): Promise<void> {
  const { folder, target, platform, image } = props;
  // An image with provenance is an index of images, which ECR does not scan.
  await docker(['build', '--platform', platform, '--provenance=false', '--target', target, '--tag', image, folder]);
  await docker(['push', image]);
}

/** Copies a single image as it is, and an index with its images for every architecture. */
export async function copyImage(source: string, target: string): Promise<void> {
  await docker(['buildx', 'imagetools', 'create', '--prefer-index=false', '--tag', target, source]);
}

async function docker(args: readonly string[], input?: string): Promise<Ended> {
  const ended = await runProgram('docker', args, { input, showsOutput: true });
  if (ended.exitCode === 0) return ended;
  throw new StageFailedError(words.dockerFailed({ command: args[0] ?? '', exitCode: ended.exitCode }), {
    words: ended.progress,
  });
}
