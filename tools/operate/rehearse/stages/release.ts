import { randomBytes } from 'node:crypto';
import { REHEARSAL } from '../environment';
import { configuredSettings } from '../../../deployed/configured-settings';
import type { Observation } from '../observation';
import { requireCredentials } from '../own-stack';
import { runProoflink } from '../processes';
import { type Rehearsal, StageFailedError, type StageResult } from '../rehearsal';
import { words } from '../words';
import { failingTag, imageTag, pushFailingImage } from './images';

/** Output of `release --json`. */
interface ReleaseReport {
  readonly serves: readonly string[];
  readonly says: readonly string[];
}

/** Releases both images, after the secret settings that the config has got values. */
export async function releaseImages(rehearsal: Rehearsal): Promise<StageResult> {
  const observations = await setSecretSettings(rehearsal);
  const tag = imageTag(rehearsal);
  const { exitCode, report } = await release(rehearsal, tag, '--batch', tag);
  if (exitCode !== 0) throw new StageFailedError(words.notReleased({ exitCode }), { words: report.says, observations });
  const observation: Observation = { row: 'image-processor', outcome: 'seen', words: report.says };
  return { words: report.says, observations: [...observations, observation] };
}

/** Releases an image that never becomes healthy, and expects that the one before serves afterwards. */
export async function releaseFailingImage(rehearsal: Rehearsal): Promise<StageResult> {
  await pushFailingImage(rehearsal);
  const { exitCode, report } = await release(rehearsal, failingTag(rehearsal), '--no-migration');
  const { says, serves } = report;
  const isRolledBack = exitCode === 1 && serves.includes(imageTag(rehearsal));
  const observations: Observation[] = [
    { row: 'failed-release-rolled-back', outcome: isRolledBack ? 'seen' : 'refuted', words: says },
  ];
  if (isRolledBack) return { words: says, observations };
  throw new StageFailedError(words.notRolledBack({ exitCode, serves }), { words: says, observations });
}

/** Without a report, as after an expired session, what the command says on stderr has the reason. */
async function release(
  rehearsal: Rehearsal,
  tag: string,
  ...options: readonly string[]
): Promise<{ readonly exitCode: number; readonly report: ReleaseReport }> {
  await requireCredentials(rehearsal);
  const { images } = rehearsal;
  // The sample makes its tables when it starts, and has no command of the team's to migrate with.
  const migration = images.kind === 'sample' && !options.includes('--no-migration') ? ['--no-migration'] : [];
  const args = ['release', REHEARSAL, '--app', tag, '--json'];
  const { exitCode, stdout, progress } = await runProoflink([...args, ...options, ...migration]);
  const report = stdout === '' ? { serves: [], says: progress } : (JSON.parse(stdout) as ReleaseReport);
  return { exitCode, report };
}

/** Gives each secret setting of the config a random value. */
async function setSecretSettings(rehearsal: Rehearsal): Promise<Observation[]> {
  const keys = [...configuredSettings(rehearsal.config).keys()];
  if (keys.length === 0) return [];
  for (const key of keys) {
    await requireCredentials(rehearsal);
    const input = `${randomBytes(16).toString('hex')}\n`;
    const { exitCode, progress } = await runProoflink(['settings', REHEARSAL, 'set', key], { input });
    if (exitCode !== 0) throw new StageFailedError(words.notSet({ key, exitCode }), { words: progress });
  }
  const { exitCode, stdout } = await runProoflink(['settings', REHEARSAL]);
  const lines = stdout.trim().split('\n');
  return [{ row: 'secret-labels', outcome: exitCode === 0 ? 'seen' : 'refuted', words: lines }];
}
