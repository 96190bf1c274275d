import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ECR } from '@aws-sdk/client-ecr';
import { pushImage } from '@infra/local/images';
import { IMPORT_COMMAND } from '@infra/commands/app';
import { programs } from '@infra/local/programs';

/*
 * A double of Docker on PATH, for a machine without an engine: it "builds" the programs of the sample application, which the
 * local AWS runs in place of images, and copies images from registry to registry. With a file `heals` in its folder, it copies
 * the web image, which becomes healthy, in place of any other one.
 */

const [, , folder = '', ...args] = process.argv;
const builtFile = join(folder, 'built.json');

/** Targets of the Dockerfile by the images that were built. */
function readBuilt(): Record<string, string> {
  return existsSync(builtFile) ? (JSON.parse(readFileSync(builtFile, 'utf8')) as Record<string, string>) : {};
}

function optionOf(name: string): string {
  return args[args.indexOf(name) + 1] ?? '';
}

function writeBuilt(image: string, target: string): void {
  writeFileSync(builtFile, JSON.stringify({ ...readBuilt(), [image]: target }));
}

/** Repository and tag of an image. */
function partsOf(image: string): {
  readonly repositoryUri: string;
  readonly repositoryName: string;
  readonly tag: string;
} {
  const [repositoryUri = '', tag = ''] = image.split(':');
  return { repositoryUri, repositoryName: repositoryUri.slice(repositoryUri.indexOf('/') + 1), tag };
}

async function push(image: string): Promise<void> {
  const { repositoryUri, tag } = partsOf(image);
  const { web, job } = programs({}, tag);
  const batch = job && { ...job, command: IMPORT_COMMAND };
  await pushImage({ repositoryUri, tag, program: readBuilt()[image] === 'web' ? web : batch });
}

async function copy(source: string, target: string): Promise<void> {
  if (existsSync(join(folder, 'heals'))) {
    const { repositoryUri, tag } = partsOf(target);
    await pushImage({ repositoryUri, tag, program: programs({}, tag).web });
    return;
  }
  const ecr = new ECR({});
  const sourceParts = partsOf(source);
  const targetParts = partsOf(target);
  const { images = [] } = await ecr.batchGetImage({
    repositoryName: sourceParts.repositoryName,
    imageIds: [{ imageTag: sourceParts.tag }],
  });
  await ecr.putImage({
    repositoryName: targetParts.repositoryName,
    imageTag: targetParts.tag,
    imageManifest: images[0]?.imageManifest,
    imageManifestMediaType: images[0]?.imageManifestMediaType,
  });
}

async function run(): Promise<void> {
  const [command = ''] = args;
  if (command === 'build') writeBuilt(optionOf('--tag'), optionOf('--target'));
  if (command === 'tag') writeBuilt(args.at(-1) ?? '', readBuilt()[args[1] ?? ''] ?? '');
  if (command === 'push') await push(args.at(-1) ?? '');
  if (command === 'buildx' && args[1] === 'imagetools') await copy(args.at(-1) ?? '', optionOf('--tag'));
}

void run();
