import type { Outcome } from '@infra/common/outcome';
import { prooflinkCommand } from '../../deployed/printed-commands';
import { en } from './en';
import { ExitCode } from './exit-code';
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

/** Headline on an environment. */
type Headline = (values: { readonly environmentName: string }) => string;

const HEADLINES: Readonly<Record<ExitCode, Headline>> = {
  [ExitCode.serves]: en.headlines.serves,
  [ExitCode.doesNotServe]: en.headlines.doesNotServe,
  [ExitCode.nothingChanged]: en.headlines.nothingChanged,
  [ExitCode.outcomeUnknown]: en.headlines.outcomeUnknown,
};

/** Writes the summary: as JSON, or as a text that reads well both in a terminal and as Markdown. */
export function renderSummary(environmentName: string, options: ReleaseOptions, summary: Summary): Outcome {
  const text = options.printsJson
    ? renderJson(environmentName, options, summary)
    : renderText(environmentName, summary);
  return { exitCode: summary.exitCode, stdout: `${text}\n`, stderr: '' };
}

function renderJson(environmentName: string, options: ReleaseOptions, summary: Summary): string {
  const { appTag = '', batchTag = '' } = options;
  const { exitCode, sentences, servingTags = [], migration } = summary;
  // The mask numbers its labels as it meets secrets: mask the sentences before the migration's log.
  const says = sentences.map(printableText);
  const report = {
    environment: environmentName,
    exitCode,
    app: appTag,
    batch: batchTag,
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

function renderText(environmentName: string, { exitCode, sentences }: Summary): string {
  const texts = sentences.map(printableText);
  const items = exitCode === ExitCode.nothingChanged ? texts.map(listItem) : texts;
  const lines = [HEADLINES[exitCode]({ environmentName }), '', ...items];
  if (exitCode === ExitCode.outcomeUnknown) {
    lines.push(en.howItIs({ command: prooflinkCommand(environmentName, 'status') }));
  }
  return lines.join('\n');
}

function listItem(text: string): string {
  return `- ${text.replaceAll('\n', '\n  ')}`;
}
