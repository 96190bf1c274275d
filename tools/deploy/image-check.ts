import { parseArgs } from 'node:util';
import { type ECRClient, paginateDescribeImages, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { resourceNames } from '../../lib/config/names';
import type { Outcome } from '../shared/outcome';

const USAGE = `Usage: npm run image:check -- <environment> [--app <tag>] [--batch <tag>]

  Asks the environment's registries whether they have an image with that tag. An empty tag is not asked for.

Exit code: 0 the registries have it, 1 one has not, 2 could not ask`;

/** How many of the tags that there are a person wants to read. */
const MOST_TAGS = 10;

type Environments = Readonly<Record<string, Pick<EnvironmentConfig, 'region'>>>;

class UsageError extends Error {}

/** The program: a deployment of a tag that does not exist would fail minutes later, with less to read. */
export async function runImageCheck(
  args: readonly string[],
  environments: Environments,
  connect: (region: string) => ECRClient,
): Promise<Outcome> {
  if (args.includes('--help')) return { exitCode: 0, stdout: `${USAGE}\n`, stderr: '' };
  try {
    const { region, wanted } = readArguments(args, environments);
    const ecr = connect(region);
    const answers = await Promise.all(wanted.map(({ repository, tag }) => answer(ecr, repository, tag)));
    return {
      exitCode: answers.every(({ found }) => found) ? 0 : 1,
      stdout: answers.map(({ says }) => `${says}\n`).join(''),
      stderr: '',
    };
  } catch (error) {
    // Where every address refused, the error has no message of its own.
    const message =
      error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error);
    const what = error instanceof UsageError ? `${message}\n\n${USAGE}` : `The registry could not be asked: ${message}`;
    return { exitCode: 2, stdout: '', stderr: `${what}\n` };
  }
}

function readArguments(args: readonly string[], environments: Environments) {
  const { values, positionals } = parse(args);
  const [environment = '', ...more] = positionals;
  const config = environments[environment];
  const names = Object.keys(environments).join(', ');
  if (!config) throw new UsageError(`There is no environment '${environment}'. There are: ${names}.`);
  if (more.length > 0) throw new UsageError(`One environment at a time: what is '${more.join(' ')}'?`);
  const { repositories } = resourceNames(environment);
  const wanted = (['app', 'batch'] as const).flatMap((image) => {
    const tag = values[image];
    return tag === undefined || tag === '' ? [] : [{ repository: repositories[image], tag }];
  });
  if (wanted.length === 0) throw new UsageError('Which tag? Give --app, --batch or both.');
  return { region: config.region, wanted };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { app: { type: 'string' }, batch: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function answer(ecr: ECRClient, repository: string, tag: string): Promise<{ found: boolean; says: string }> {
  const images = await imagesOf(ecr, repository);
  if (!images) {
    return { found: false, says: `There is no registry ${repository}: deploy once without a tag, then push an image.` };
  }
  const found = images.find((image) => image.tag === tag);
  if (found) return { found: true, says: `${repository} has ${tag}, pushed ${found.pushed}.` };
  if (images.length === 0) return { found: false, says: `${repository} has no ${tag}: no image was pushed yet.` };
  const shown = images.slice(0, MOST_TAGS);
  const width = Math.max(...shown.map((image) => image.tag.length));
  const more = images.length - shown.length;
  return {
    found: false,
    says: [
      `${repository} has no ${tag}. It has, newest first:`,
      ...shown.map((image) => `  ${image.tag.padEnd(width)}  pushed ${image.pushed}`),
      ...(more > 0 ? [`  and ${more} older`] : []),
    ].join('\n'),
  };
}

/** All tags, newest first; `undefined` where the repository is not there. */
async function imagesOf(ecr: ECRClient, repositoryName: string) {
  const images: { tag: string; time: number; pushed: string }[] = [];
  try {
    for await (const page of paginateDescribeImages({ client: ecr }, { repositoryName })) {
      for (const { imageTags = [], imagePushedAt } of page.imageDetails ?? []) {
        const time = imagePushedAt?.getTime() ?? 0;
        images.push(...imageTags.map((tag) => ({ tag, time, pushed: inTokyo(time) })));
      }
    }
  } catch (error) {
    if (error instanceof RepositoryNotFoundException) return undefined;
    throw error;
  }
  return images.sort((left, right) => right.time - left.time);
}

function inTokyo(time: number): string {
  // Sweden writes a date as ISO 8601 does.
  return `${new Date(time).toLocaleString('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' })} (Tokyo)`;
}
