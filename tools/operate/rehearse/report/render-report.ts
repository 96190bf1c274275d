import { fencedBlock } from '@infra/common/untrusted-text';
import { groupBy } from '@infra/common/values';
import { en } from './en';
import { FIRST_DEPLOY_ROWS, type RowId } from './first-deploy-rows';
import type { KeptRecord } from './kept-records';
import { ASSUMED_SECONDS_OTHERWISE, assumedSeconds, isShort, type ResourceDuration } from './resource-durations';
import { type ObservedRow, type RowNotSeen, rowVerdicts } from './row-verdicts';
import type { Versions } from './versions';

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
  const counts = en.counts({ seen: seen.length, refuted: refuted.length, notSeen: notSeen.length });
  const paragraphs = [
    en.title({ date }),
    renderHead(report, counts),
    en.mask,
    en.notSeen,
    renderNotSeen(notSeen),
    en.refuted,
    ...orNone(refuted.flatMap(renderRefuted)),
    en.seen,
    ...orNone(seen.flatMap((row) => renderSeen(row, records))),
    en.stages,
    renderStages(records),
    ...records.flatMap(renderWordsOfStage),
    en.durations,
    en.source,
    ...renderDurations(records),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function renderHead({ versions, region, isLocalAws, rehearsalId }: Report, counts: string): string {
  return table(
    ['', ''],
    [
      [en.commit, commitText(versions)],
      [en.cdkCli, versions.cdkCli],
      [en.node, versions.node],
      [en.region, isLocalAws ? en.localRegion({ region }) : region],
      [en.rehearsal, rehearsalId],
      [en.rows, counts],
    ],
  );
}

function commitText({ commit, isChanged }: Versions): string {
  if (commit === undefined) return en.unknownCommit;
  return isChanged ? en.changedCommit({ commit }) : commit;
}

function orNone(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.length === 0 ? [en.none] : paragraphs;
}

function renderNotSeen(rowsNotSeen: readonly RowNotSeen[]): string {
  const rows = rowsNotSeen.map(({ id, reason }) => [`\`${id}\``, claimOf(id), reason]);
  return table([en.row, en.claim, en.because], rows);
}

/** A row that was refuted: AWS's words, then the page's advice. */
function renderRefuted({ id, observations }: ObservedRow): string[] {
  const words = observations.flatMap((observation) => observation.words);
  const advice = withoutLinks(FIRST_DEPLOY_ROWS[id].otherwise.en);
  return [rowItem(id, observations), ...renderWords(words), en.advice({ advice })];
}

/** A row that was seen, with words that its stages do not have: the report has those of the stages below. */
function renderSeen({ id, observations }: ObservedRow, records: readonly KeptRecord[]): string[] {
  const wordsOfStages = new Set(records.flatMap((record) => record.words));
  const words = observations.flatMap((observation) => observation.words);
  const ownWords = new Set(words.filter((line) => !wordsOfStages.has(line)));
  return [rowItem(id, observations), ...renderWords([...ownWords])];
}

function rowItem(id: RowId, observations: ObservedRow['observations']): string {
  const stages = observations.map(({ stage }) => stage);
  return `- \`${id}\`: ${claimOf(id)} ${en.observedBy({ stages })}`;
}

function renderWords(words: readonly string[]): string[] {
  return words.length === 0 ? [] : [fencedBlock(words.join('\n'))];
}

function claimOf(id: RowId): string {
  return withoutLinks(FIRST_DEPLOY_ROWS[id].confirms.en);
}

/** A link of a page, `[runbook](runbook.md#office-hours)` or `["words"][source]`. */
const LINK = /\[([^\]]+)\](?:\(([^)]+)\)|\[\w+\])/g;

/** Text of a page in docs, from which the report cannot link: a target is written behind the link's words. */
function withoutLinks(markdown: string): string {
  return markdown.replace(LINK, (_, text: string, target: string | undefined) => {
    return target === undefined || text === target ? text : en.link({ text, page: `docs/${target}` });
  });
}

function renderStages(records: readonly KeptRecord[]): string {
  return table([en.stage, en.began, en.duration, en.expected, en.exitCode], records.map(stageRow));
}

function stageRow({ stage, started, seconds, expectedMinutes, exitCode, skippedBecause }: KeptRecord): string[] {
  const isSkipped = skippedBecause !== undefined;
  return [
    stage,
    minuteOf(started),
    isSkipped ? en.skipped : durationText(seconds),
    expectedMinutes === undefined ? NOTHING : durationText(expectedMinutes * SECONDS_PER_MINUTE),
    isSkipped ? NOTHING : String(exitCode),
  ];
}

/** A moment in UTC to the minute, `2026-11-29 03:45`. */
function minuteOf(time: Date): string {
  return time.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
}

const SECONDS_PER_MINUTE = 60;

function durationText(seconds: number): string {
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds < SECONDS_PER_MINUTE) return en.seconds({ seconds: wholeSeconds });
  const minutes = Math.floor(wholeSeconds / SECONDS_PER_MINUTE);
  return en.minutes({ minutes, seconds: wholeSeconds % SECONDS_PER_MINUTE });
}

function renderWordsOfStage({ stage, words }: KeptRecord): string[] {
  return words.length === 0 ? [] : [en.wordsOfStage({ stage }), ...renderWords(words)];
}

/** Operations by type and action, the longest first. Short ones are counted only. */
function renderDurations(records: readonly KeptRecord[]): string[] {
  const durations = records.flatMap((record) => record.durations);
  const longDurations = durations.filter((duration) => !isShort(duration));
  const groups = [...groupBy(longDurations, ({ type, action }) => `${action} ${type}`).values()];
  const longestFirst = groups.sort((first, second) => longestOf(second) - longestOf(first));
  const headings = [en.resourceType, en.operation, en.count, en.longest, en.assumed];
  const shortCount = durations.length - longDurations.length;
  const sentence = en.shortOperations({ number: shortCount, seconds: ASSUMED_SECONDS_OTHERWISE });
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
  if (rows.length === 0) return en.none;
  const lines = [headings, headings.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
