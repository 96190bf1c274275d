import type { Outcome } from '@infra/common/outcome';
import { maskSecrets, printable } from './masked-output';
import type { MigrationResult } from './migration';
import type { ReleaseOptions } from './options';

/** End of a release. */
export interface Summary {
  readonly exitCode: Outcome['exitCode'];
  /** Sentences about it; for a refused release its problems. */
  readonly says: readonly string[];
  /** Tags of the images that serve. */
  readonly serves?: readonly string[];
  /** `undefined` if no migration was run. */
  readonly migration?: MigrationResult;
}

/** Headline behind the environment's name, by exit code. */
const HEADLINES: Readonly<Record<Outcome['exitCode'], string>> = {
  0: 'is released.',
  1: 'does not serve what was released.',
  2: 'was not touched:',
  3: 'was changed, and it is not known how that ended:',
};

/** Writes the summary: as JSON, or as text that reads well in a terminal and as Markdown. */
export function renderSummary(environmentName: string, options: ReleaseOptions, summary: Summary): Outcome {
  const stdout = options.json ? renderJson(environmentName, options, summary) : renderText(environmentName, summary);
  return { exitCode: summary.exitCode, stdout: `${stdout}\n`, stderr: '' };
}

function renderJson(environmentName: string, options: ReleaseOptions, summary: Summary): string {
  const { app = '', batch = '' } = options;
  const { exitCode, says, serves = [], migration } = summary;
  // Masked before the migration's log: labels of secrets are numbered.
  const sentences = says.map(printable);
  const report = {
    environment: environmentName,
    exitCode,
    app,
    batch,
    serves,
    migration: migration && { ...migration, lines: migration.lines.map(maskSecrets) },
    says: sentences,
  };
  return JSON.stringify(report, null, 2);
}

function renderText(environmentName: string, { exitCode, says }: Summary): string {
  const sentences = says.map(printable);
  const isRefused = exitCode === 2;
  const items = isRefused ? sentences.map(listItem) : sentences;
  const lines = [`${environmentName} ${HEADLINES[exitCode]}`, '', ...items];
  if (exitCode === 3) {
    lines.push(`How it is: npm run prooflink -- status ${environmentName}`);
  }
  return lines.join('\n');
}

function listItem(text: string): string {
  return `- ${text.replaceAll('\n', '\n  ')}`;
}
