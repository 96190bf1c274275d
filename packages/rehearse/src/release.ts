import { randomBytes } from 'node:crypto';
import { Output, Parameter } from '@infra/commands/app';
import { configuredSettings } from '@infra/operate/deployed/configured-settings';
import { type DeployedStack, readStack } from '@infra/operate/deployed/deployed-stack';
import { copyImage, pushSample, signDockerIn } from './docker';
import { REHEARSAL } from './environment';
import { runProoflink } from './processes';
import type { Rehearsal, StageResult, Verdict } from './stage';
import { words } from './words';

/** Beginning of the tags that serve. The repositories go with the stack. */
const SERVING = 'rehearsal';
/** Beginning of the tags of a web image that never becomes healthy. */
const FAILING = 'failing';

/** A tag of its own for each attempt, as after a call that was killed: tags may be immutable. */
function newTag(beginning: string): string {
  return `${beginning}-${Date.now()}`;
}

/** Output of `release --json`. */
interface ReleaseReport {
  /** `undefined`: the release did not ask. */
  readonly serves?: readonly string[];
  readonly says: readonly string[];
}

/** Pushes both images, gives the secret settings of the config random values, and releases. */
export async function release(rehearsal: Rehearsal): Promise<StageResult> {
  const stack = await readStack(REHEARSAL);
  const { app, batch } = repositoriesOf(stack);
  const tag = newTag(SERVING);
  await signDockerIn(rehearsal, app);
  await pushSample('web', `${app}:${tag}`);
  await pushSample('batch', `${batch}:${tag}`);

  const keys = [...configuredSettings(rehearsal.config).keys()];
  const verdicts = keys.length > 0 ? [await setSecretSettings(keys)] : [];
  // The sample makes its tables when it starts, and has no command of the team's to migrate with.
  const { exitCode, report } = await runRelease(tag, '--no-migration', '--batch', tag);
  const failure = exitCode === 0 ? undefined : words.ended({ command: 'release', exitCode });
  return { failure, verdicts, evidence: report.says };
}

/** Releases an image that never becomes healthy, and expects that the one before serves afterwards. */
export async function releaseFailingImage(rehearsal: Rehearsal): Promise<StageResult> {
  if (!(await isReleased())) return { evidence: [words.skips.noVersion] };
  const stack = await readStack(REHEARSAL);
  const { app, batch } = repositoriesOf(stack);
  const tag = newTag(FAILING);
  await signDockerIn(rehearsal, app);
  // The import's image ends at once without a file, or answers no health check: nothing has to be built.
  await copyImage(`${batch}:${stack.parameters[Parameter.batchImageTag] ?? ''}`, `${app}:${tag}`);
  const { exitCode, report } = await runRelease(tag, '--no-migration');
  const { says, serves = [] } = report;
  const holds = exitCode === 1 && serves.some((servingTag) => servingTag.startsWith(SERVING));
  return { verdicts: [{ row: 'failed-release-rolled-back', holds, seen: says }], evidence: [] };
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

/** Without a report, as after an expired session, what the command says on stderr has the reason. */
async function runRelease(
  tag: string,
  ...options: readonly string[]
): Promise<{ readonly exitCode: number; readonly report: ReleaseReport }> {
  const { exitCode, stdout, lines } = await runProoflink(['release', REHEARSAL, '--app', tag, '--json', ...options]);
  const report = stdout === '' ? { says: lines } : (JSON.parse(stdout) as ReleaseReport);
  return { exitCode, report };
}

/** Gives each secret setting a random value. */
async function setSecretSettings(keys: readonly string[]): Promise<Verdict> {
  for (const key of keys) {
    const value = randomBytes(16).toString('hex');
    await runProoflink(['settings', REHEARSAL, 'set', key], `${value}\n`);
  }
  const { exitCode, lines } = await runProoflink(['settings', REHEARSAL]);
  return { row: 'secret-labels', holds: exitCode === 0, seen: lines };
}
