import { randomBytes } from 'node:crypto';
import { ECR } from '@aws-sdk/client-ecr';
import { Output, Parameter } from '@infra/commands/app';
import { configuredSettings } from '@infra/operate/deployed/configured-settings';
import { type DeployedStack, readStack } from '@infra/operate/deployed/deployed-stack';
import { readAll } from '@infra/operate/deployed/pages';
import { copyImage, pushSample, signDockerIn } from './docker';
import { REHEARSAL } from './environment';
import { runProoflink } from './processes';
import { type Refutation, type Rehearsal, skipped, type StageResult } from './stage';
import { uploadByPresignedUrls } from './uploads';
import { words } from './words';

/** Tag of the images that serve. The repositories go with the stack. */
const TAG = 'rehearsal';
/** Tag of a web image that never becomes healthy. */
const FAILING_TAG = 'rehearsal-failing';

/** Output of `release --json`. */
interface ReleaseReport {
  /** `undefined`: the release did not ask. */
  readonly serves?: readonly string[];
  readonly says: readonly string[];
}

/** Pushes both images, gives the secret settings of the config random values, and releases. */
export async function release(rehearsal: Rehearsal): Promise<StageResult> {
  const { ownImages } = rehearsal;
  const stack = await readStack(REHEARSAL);
  const { app, batch } = repositoriesOf(stack);
  await signDockerIn(app);
  await pushOnce(stack, app, TAG, (image) => (ownImages ? copyImage(ownImages.app, image) : pushSample('web', image)));
  await pushOnce(stack, batch, TAG, (image) =>
    ownImages ? copyImage(ownImages.batch, image) : pushSample('batch', image),
  );

  const uploads = await uploadByPresignedUrls(stack);
  const settings = await setSecretSettings(rehearsal);
  // The sample makes its tables when it starts, and has no command of the team's to migrate with.
  const migration = ownImages ? [] : ['--no-migration'];
  const { exitCode, report } = await runRelease(TAG, '--batch', TAG, ...migration);
  return {
    failure: exitCode === 0 ? undefined : words.ended({ command: 'release', exitCode }),
    seen: [...uploads.seen, ...settings.seen],
    refuted: [...uploads.refuted, ...settings.refuted],
    evidence: [...uploads.evidence, ...report.says],
  };
}

/** Releases an image that never becomes healthy, and expects that the one before serves afterwards. */
export async function releaseFailingImage(): Promise<StageResult> {
  if (!(await isReleased())) return skipped(words.skips.noVersion);
  const stack = await readStack(REHEARSAL);
  const { app, batch } = repositoriesOf(stack);
  await signDockerIn(app);
  // The import's image ends at once without a file, or answers no health check: nothing has to be built.
  await pushOnce(stack, app, FAILING_TAG, (image) => copyImage(`${batch}:${TAG}`, image));
  const { exitCode, report } = await runRelease(FAILING_TAG, '--no-migration');
  const { says, serves = [] } = report;
  if (exitCode === 1 && serves.includes(TAG)) return { seen: ['failed-release-rolled-back'], evidence: says };
  return {
    failure: words.notRolledBack({ exitCode, serves }),
    refuted: [{ row: 'failed-release-rolled-back', words: says }],
    evidence: says,
  };
}

/** True once an image was released. Before, nothing runs. */
export async function isReleased(): Promise<boolean> {
  const { parameters } = await readStack(REHEARSAL);
  return (parameters[Parameter.appImageTag] ?? '') !== '';
}

/** Repositories of the stack, as Docker writes them. */
function repositoriesOf({ outputs }: DeployedStack): { readonly app: string; readonly batch: string } {
  return { app: outputs[Output.appRepositoryUri] ?? '', batch: outputs[Output.batchRepositoryUri] ?? '' };
}

/** Pushes an image unless the repository has the tag already, from a call that was killed: tags may be immutable. */
async function pushOnce(
  stack: DeployedStack,
  repositoryUri: string,
  tag: string,
  push: (image: string) => Promise<void>,
): Promise<void> {
  const repositoryName = repositoryUri.slice(repositoryUri.indexOf('/') + 1);
  const images = await readAll(stack.client(ECR).paginateListImages({ repositoryName }), 'imageIds');
  if (images.some(({ imageTag }) => imageTag === tag)) return;
  await push(`${repositoryUri}:${tag}`);
}

/** Without a report, as after an expired session, what the command says on stderr has the reason. */
async function runRelease(
  tag: string,
  ...options: readonly string[]
): Promise<{ readonly exitCode: number; readonly report: ReleaseReport }> {
  const { exitCode, stdout, lines } = await runProoflink(['release', REHEARSAL, '--app', tag, '--json', ...options]);
  const report = stdout === '' ? { serves: [], says: lines } : (JSON.parse(stdout) as ReleaseReport);
  return { exitCode, report };
}

/** Gives each secret setting of the config a random value. */
async function setSecretSettings({ config }: Rehearsal): Promise<{ seen: string[]; refuted: Refutation[] }> {
  const keys = [...configuredSettings(config).keys()];
  if (keys.length === 0) return { seen: [], refuted: [] };
  for (const key of keys)
    await runProoflink(['settings', REHEARSAL, 'set', key], `${randomBytes(16).toString('hex')}\n`);
  const { exitCode, lines } = await runProoflink(['settings', REHEARSAL]);
  if (exitCode === 0) return { seen: ['secret-labels'], refuted: [] };
  return { seen: [], refuted: [{ row: 'secret-labels', words: lines }] };
}
