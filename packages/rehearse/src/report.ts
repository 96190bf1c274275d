import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version as cdkVersion } from 'aws-cdk/package.json';
import { fencedBlock } from '@infra/common/untrusted-text';
import { readRows, type Row } from './page';
import type { Records, StageRecord } from './records';
import type { Refutation, StageName } from './stage';
import { STAGES } from './stages';
import { reportWords } from './words';

/** Cell without a figure. */
const NOTHING = '–';

/**
 * Writes the report of the rehearsal that has not ended. Called after each stage, it leaves a report behind even if the next
 * one is killed.
 *
 * @returns Path of the report; `undefined` before the first stage.
 */
export function writeReport(records: Records, region: string): string | undefined {
  const stages = records.read();
  const began = stages[0]?.began;
  if (began === undefined) return undefined;
  const minute = began.slice(0, 'YYYY-MM-DDThh:mm'.length);
  const file = join(records.folder, `rehearsal-${minute.replace(':', '')}.md`);
  writeFileSync(file, renderReport({ minute, region, stages, rows: readRows('en') }));
  return file;
}

interface Report {
  readonly minute: string;
  readonly region: string;
  readonly stages: readonly StageRecord[];
  readonly rows: readonly Row[];
}

/** A row that a stage refuted. */
interface RefutedRow extends Refutation {
  readonly stage: StageName;
}

/** The report of a rehearsal in Markdown, which a team sends back. */
function renderReport({ minute, region, stages, rows }: Report): string {
  const refuted = stages.flatMap(refutedIn);
  const refutedIds = new Set(refuted.map(({ row }) => row));
  const seenIds = new Set(stages.flatMap(({ result }) => result?.seen ?? []));
  // A row that one stage refuted is refuted, whatever another stage saw.
  const seen = rows.filter(({ id }) => seenIds.has(id) && !refutedIds.has(id));
  const notSeen = rows.filter(({ id }) => !seenIds.has(id) && !refutedIds.has(id));
  const paragraphs = [
    reportWords.title({ minute: minute.replace('T', ' ') }),
    reportWords.versions({ commit: readCommit(), cdkCli: cdkVersion, node: process.version, place: placeOf(region) }),
    reportWords.mask,
    stageTable(stages),
    reportWords.refuted,
    ...orNone(refuted.flatMap((refutation) => refutedParagraphs(refutation, rows))),
    reportWords.seen,
    ...orNone(seen.map((row) => `- ${claimOf(row)}`)),
    reportWords.notSeen({ rows: notSeen.map(({ id }) => `\`${id}\``).join(', ') }),
    reportWords.evidence,
    ...stages.flatMap(evidenceOf),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function refutedIn({ stage, result }: StageRecord): RefutedRow[] {
  const refuted = result?.refuted ?? [];
  return refuted.map((refutation) => ({ ...refutation, stage }));
}

/** A refuted row, AWS's words, and the page's advice. */
function refutedParagraphs({ row: id, stage, words: lines }: RefutedRow, rows: readonly Row[]): string[] {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) return [`- \`${id}\` (${stage})`, fencedBlock(lines.join('\n'))];
  const advice = reportWords.advice({ advice: plainText(row.advice) });
  return [`- ${claimOf(row)} (${stage})`, fencedBlock(lines.join('\n')), advice];
}

function claimOf({ id, claim }: Row): string {
  return `\`${id}\`: ${plainText(claim)}`;
}

function orNone(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.length > 0 ? paragraphs : [reportWords.none];
}

function stageTable(stages: readonly StageRecord[]): string {
  const headings = Object.values(reportWords.columns);
  const rows = [headings, headings.map(() => '---'), ...stages.map(stageRow)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function stageRow({ stage, began, seconds, result }: StageRecord): string[] {
  const expected = STAGES.find(({ name }) => name === stage)?.minutes ?? 0;
  const end = result?.skippedBecause ?? result?.failure ?? (result ? reportWords.well : reportWords.notEnded);
  return [
    stage,
    began.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDThh:mm:ss'.length),
    seconds === undefined ? NOTHING : reportWords.minutes({ minutes: (seconds / 60).toFixed(1) }),
    reportWords.minutes({ minutes: String(expected) }),
    end.replaceAll('\n', ' ').replaceAll('|', '\\|'),
  ];
}

function evidenceOf({ stage, result }: StageRecord): string[] {
  const lines = result?.evidence ?? [];
  return lines.length === 0 ? [] : [`### ${stage}`, fencedBlock(lines.join('\n'))];
}

/** A link of a page, `[runbook](runbook.md#office-hours)` or `["words"][source]`. */
const LINK = /\[([^\]]+)\](?:\(([^)]+)\)|\[\w+\])/g;

/** Text of a page in docs, from which the report cannot link. */
function plainText(markdown: string): string {
  return markdown.replace(LINK, (_, text: string, target: string | undefined) => {
    return target === undefined || text === target ? text : `${text} (docs/${target})`;
  });
}

/** A local AWS confirms nothing. */
function placeOf(region: string): string {
  return process.env['AWS_ENDPOINT_URL'] === undefined ? region : reportWords.localAws({ region });
}

/** Commit of this repository, with a mark if files differ from it; empty outside of a git repository. */
function readCommit(): string {
  const { status, stdout } = spawnSync('git', ['describe', '--always', '--dirty', '--abbrev=40'], {
    cwd: __dirname,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : '';
}
