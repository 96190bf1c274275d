import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StageRecord } from '../observation';
import { keepRecords, keptRecords, type RehearsalFiles } from './kept-records';
import { renderReport } from './render-report';
import { readVersions } from './versions';

/** Stages that a call of `rehearse` ran, and the rehearsal that they belong to. */
interface ReportRequest extends RehearsalFiles {
  readonly region: string;
  readonly records: readonly StageRecord[];
}

/**
 * Keeps the stages, and writes the report of all stages that the rehearsal has kept, those of earlier calls too. Called after
 * each stage, it leaves a report behind even if the next one is killed.
 * @returns Path of the report, `rehearsal-<date>.md` in the directory.
 */
export function writeReport({ directory, rehearsalId, region, records }: ReportRequest): string {
  keepRecords({ directory, rehearsalId }, records);
  const allRecords = keptRecords({ directory, rehearsalId });
  const firstStart = allRecords[0]?.started ?? new Date();
  const date = firstStart.toISOString().slice(0, 'YYYY-MM-DD'.length);
  const text = renderReport({
    versions: readVersions(),
    region,
    isLocalAws: process.env.AWS_ENDPOINT_URL !== undefined,
    rehearsalId,
    date,
    records: allRecords,
  });
  const path = reportPath({ directory, rehearsalId }, date);
  writeFileSync(path, text);
  return path;
}

/** Path of a rehearsal's report. The second rehearsal of a day has its id in the name, so that the first report stays. */
function reportPath({ directory, rehearsalId }: RehearsalFiles, date: string): string {
  const path = join(directory, `rehearsal-${date}.md`);
  const isOfOther = existsSync(path) && !readFileSync(path, 'utf8').includes(`| ${rehearsalId} |`);
  return isOfOther ? join(directory, `rehearsal-${date}-${rehearsalId}.md`) : path;
}
