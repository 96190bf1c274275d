import type { Outcome } from '@infra/common/outcome';
import { language } from '@infra/common/language';
import { statusAdvice } from '../deployed/advice';
import { words } from './words';
import { ExitCode } from './exit-code';
import { furtherImagesOf } from './further-images';
import { maskSecrets, printableText } from './masked-output';
import type { MigrationResult } from './migration-runner';
import type { ReleaseOptions } from './options';

/** End of a release. */
export interface Summary {
  readonly exitCode: ExitCode;
  /** Sentences on the end of the release. For a release that was refused: its problems. */
  readonly sentences: readonly string[];
  /** Tags of the images that serve. `undefined`: they were not asked for, or could not be. */
  readonly servingTags?: readonly string[];
  /** `undefined`: no migration was run. */
  readonly migration?: MigrationResult;
}

/** Writes the summary of a release: as JSON, or as a text that reads well both in a terminal and as Markdown. */
export function renderSummary(environmentName: string, options: ReleaseOptions, summary: Summary): Outcome {
  const { appTag: app = '', batchTag: batch = '' } = options;
  const furtherTags = Object.fromEntries(
    furtherImagesOf(options.images).map(({ parameter, imageTag }) => [parameter, imageTag]),
  );
  const text = options.json
    ? jsonSummary(environmentName, summary, { app, batch, ...furtherTags })
    : textSummary(environmentName, words.headlines, summary);
  return { exitCode: summary.exitCode, stdout: `${text}\n`, stderr: '' };
}

/**
 * Summary for a program.
 *
 * @param request - Tags that were to be released; none unless given.
 */
export function jsonSummary(
  environmentName: string,
  summary: Summary,
  request: Readonly<Record<string, string>> = {},
): string {
  const { exitCode, sentences, servingTags, migration } = summary;
  // The mask numbers its labels as it meets secrets: mask the sentences before the migration's log.
  const says = sentences.map(printableText);
  const report = {
    environment: environmentName,
    language,
    exitCode,
    ...request,
    serves: servingTags,
    migration: migration && migrationReport(migration),
    says,
  };
  return JSON.stringify(report, null, 2);
}

function migrationReport({ taskArn, imageDigest, exitCode, failure, lastLines }: MigrationResult): object {
  return {
    task: taskArn,
    digest: imageDigest,
    exitCode,
    failure,
    lines: lastLines.map(maskSecrets),
  };
}

/** Summary for a person, in a terminal or as Markdown. */
export function textSummary(
  environmentName: string,
  headlines: typeof words.headlines,
  { exitCode, sentences }: Summary,
): string {
  const texts = sentences.map(printableText);
  const items = exitCode === ExitCode.nothingChanged ? texts.map(listItem) : texts;
  const lines = [headlines[exitCode]({ environmentName }), '', ...items];
  if (exitCode === ExitCode.outcomeUnknown) {
    const advice = statusAdvice(environmentName);
    if (advice !== undefined) lines.push(advice);
  }
  return lines.join('\n');
}

function listItem(text: string): string {
  return `- ${text.replaceAll('\n', '\n  ')}`;
}
