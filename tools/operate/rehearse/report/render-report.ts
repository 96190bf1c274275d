import { fencedBlock } from '@infra/common/untrusted-text';
import { groupBy } from '@infra/common/values';
import { wordsOf } from '../../../../lib/language';
import { FIRST_DEPLOY_ROWS, type RowId } from './first-deploy-rows';
import { hasEnded, type KeptRecord } from './kept-records';
import { ASSUMED_SECONDS_OTHERWISE, assumedSeconds, isShort, type ResourceDuration } from './resource-durations';
import { type ObservedRow, type RowNotSeen, rowVerdicts } from './row-verdicts';
import type { Versions } from './versions';
import { words } from './words';

/** Content of a report. */
export interface Report {
  readonly versions: Versions;
  readonly region: string;
  /** True if a local AWS answered, so that nothing is confirmed. */
  readonly isLocalAws: boolean;
  readonly rehearsalId: string;
  /** Day of the first stage, `2026-11-29`. */
  readonly date: string;
  readonly records: readonly KeptRecord[];
}

/** Cell without a figure. */
const NOTHING = '–';

/** The report of a rehearsal in Markdown, which a team sends back. */
export function renderReport(report: Report): string {
  const { date, records } = report;
  const { seen, refuted, notSeen } = rowVerdicts(records);
  const counts = words.counts({ seen: seen.length, refuted: refuted.length, notSeen: notSeen.length });
  const paragraphs = [
    words.title({ date }),
    renderHead(report, counts),
    words.mask,
    words.notSeen,
    renderNotSeen(notSeen),
    words.refuted,
    ...orNone(refuted.flatMap(renderRefuted)),
    words.seen,
    ...orNone(seen.flatMap((row) => renderSeen(row, records))),
    words.stages,
    renderStages(records),
    ...records.flatMap(renderWordsOfStage),
    words.durations,
    words.source,
    ...renderDurations(records),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function renderHead({ versions, region, isLocalAws, rehearsalId }: Report, counts: string): string {
  return table(
    ['', ''],
    [
      [words.commit, commitText(versions)],
      [words.cdkCli, versions.cdkCli],
      [words.node, versions.node],
      [words.region, isLocalAws ? words.localRegion({ region }) : region],
      [words.rehearsal, rehearsalId],
      [words.rows, counts],
    ],
  );
}

function commitText({ commit, isChanged }: Versions): string {
  if (commit === undefined) return words.unknownCommit;
  return isChanged ? words.changedCommit({ commit }) : commit;
}

function orNone(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.length === 0 ? [words.none] : paragraphs;
}

function renderNotSeen(rowsNotSeen: readonly RowNotSeen[]): string {
  const rows = rowsNotSeen.map(({ id, reason }) => [`\`${id}\``, claimOf(id), reason]);
  return table([words.row, words.claim, words.because], rows);
}

/** A row that was refuted: AWS's words, then the page's advice. */
function renderRefuted({ id, observations }: ObservedRow): string[] {
  const lines = observations.flatMap((observation) => observation.words);
  const advice = withoutLinks(wordsOf(FIRST_DEPLOY_ROWS[id].otherwise));
  return [rowItem(id, observations), ...renderLines(lines), words.advice({ advice })];
}

/** A row that was seen, with words that its stages do not have: the report has those of the stages below. */
function renderSeen({ id, observations }: ObservedRow, records: readonly KeptRecord[]): string[] {
  const linesOfStages = new Set(records.flatMap((record) => record.words));
  const lines = observations.flatMap((observation) => observation.words);
  const ownLines = new Set(lines.filter((line) => !linesOfStages.has(line)));
  return [rowItem(id, observations), ...renderLines([...ownLines])];
}

function rowItem(id: RowId, observations: ObservedRow['observations']): string {
  const stages = observations.map(({ stage }) => stage);
  return words.observed({ id, claim: claimOf(id), stages });
}

function renderLines(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [fencedBlock(lines.join('\n'))];
}

function claimOf(id: RowId): string {
  return withoutLinks(wordsOf(FIRST_DEPLOY_ROWS[id].confirms));
}

/** A link of a page, `[runbook](runbook.md#office-hours)` or `["words"][source]`. */
const LINK = /\[([^\]]+)\](?:\(([^)]+)\)|\[\w+\])/g;

/** Text of a page in docs, from which the report cannot link: a target is written behind the link's words. */
function withoutLinks(markdown: string): string {
  return markdown.replace(LINK, (_, text: string, target: string | undefined) => {
    return target === undefined || text === target ? text : words.link({ text, page: `docs/${target}` });
  });
}

function renderStages(records: readonly KeptRecord[]): string {
  return table([words.stage, words.began, words.duration, words.expected, words.exitCode], records.map(stageRow));
}

function stageRow(record: KeptRecord): string[] {
  const { stage, started, expectedMinutes, exitCode, skippedBecause } = record;
  const isSkipped = skippedBecause !== undefined;
  return [
    stage,
    minuteOf(started),
    stageDuration(record),
    expectedMinutes === undefined ? NOTHING : durationText(expectedMinutes * SECONDS_PER_MINUTE),
    isSkipped || exitCode === undefined ? NOTHING : String(exitCode),
  ];
}

function stageDuration(record: KeptRecord): string {
  if (record.skippedBecause !== undefined) return words.skipped;
  return hasEnded(record) ? durationText(record.seconds) : words.notEnded;
}

/** A moment in UTC to the minute, `2026-11-29 03:45`. */
function minuteOf(time: Date): string {
  return time.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
}

const SECONDS_PER_MINUTE = 60;

function durationText(seconds: number): string {
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds < SECONDS_PER_MINUTE) return words.seconds({ seconds: wholeSeconds });
  const minutes = Math.floor(wholeSeconds / SECONDS_PER_MINUTE);
  return words.minutes({ minutes, seconds: wholeSeconds % SECONDS_PER_MINUTE });
}

function renderWordsOfStage({ stage, words: lines }: KeptRecord): string[] {
  return lines.length === 0 ? [] : [words.wordsOfStage({ stage }), ...renderLines(lines)];
}

/** Operations by type and action, the longest first. Short ones are counted only. */
function renderDurations(records: readonly KeptRecord[]): string[] {
  const durations = records.flatMap((record) => record.durations);
  const longDurations = durations.filter((duration) => !isShort(duration));
  const groups = [...groupBy(longDurations, ({ type, action }) => `${action} ${type}`).values()];
  const longestFirst = groups.sort((first, second) => longestOf(second) - longestOf(first));
  const headings = [words.resourceType, words.operation, words.count, words.longest, words.assumed];
  const shortCount = durations.length - longDurations.length;
  const sentence = words.shortOperations({ number: shortCount, seconds: ASSUMED_SECONDS_OTHERWISE });
  return [table(headings, longestFirst.map(durationRow)), ...(shortCount > 0 ? [sentence] : [])];
}

function durationRow(durations: readonly ResourceDuration[]): string[] {
  const [firstDuration] = durations;
  if (!firstDuration) return [];
  const { type, action } = firstDuration;
  const assumed = assumedSeconds(firstDuration);
  const assumedText = assumed === undefined ? NOTHING : durationText(assumed);
  return [type, action, String(durations.length), durationText(longestOf(durations)), assumedText];
}

function longestOf(durations: readonly ResourceDuration[]): number {
  return Math.max(...durations.map(({ seconds }) => seconds));
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return words.none;
  const lines = [headings, headings.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
