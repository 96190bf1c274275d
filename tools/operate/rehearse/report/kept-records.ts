import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { Observation, StageRecord } from '../observation';
import { maskIdentities } from './identity-mask';
import { type ResourceDuration, resourceDurations } from './resource-durations';
import { words } from './words';

/** A stage as the file of its rehearsal keeps it: masked, with the durations of its events in place of these. */
export interface KeptRecord extends Omit<StageRecord, 'events'> {
  readonly durations: readonly ResourceDuration[];
}

/** The rehearsal whose stages are kept, and the folder of its files. */
export interface RehearsalFiles {
  readonly directory: string;
  /** Id in the tag `Rehearsal` of the stack. */
  readonly rehearsalId: string;
}

/** An id that leads to no other folder, whoever wrote the tag. */
const SAFE_ID = /^\w[\w-]{0,63}$/;

/** Adds stages to the file of their rehearsal, a line each. A rehearsal takes several calls, of which each may be killed. */
export function keepRecords(files: RehearsalFiles, records: readonly StageRecord[]): void {
  const path = recordsPath(files);
  mkdirSync(files.directory, { recursive: true });
  const lines = records.map((record) => `${JSON.stringify(keptRecord(record))}\n`);
  appendFileSync(path, lines.join(''));
}

/** The stages of all calls of a rehearsal, in their order; none before the first one. One that was interrupted has no end. */
export function keptRecords(files: RehearsalFiles): KeptRecord[] {
  const path = recordsPath(files);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return withoutEndedBeginnings(lines.map((line) => parseRecord(line, path)));
}

/** A stage is kept when it begins, and once more when it ends. */
function withoutEndedBeginnings(records: readonly KeptRecord[]): KeptRecord[] {
  const endedStages = new Set(records.filter(hasEnded).map(startOf));
  return records.filter((record) => hasEnded(record) || !endedStages.has(startOf(record)));
}

function startOf({ stage, started }: KeptRecord): string {
  return `${stage} ${started.getTime()}`;
}

export function hasEnded({ exitCode }: KeptRecord): boolean {
  return exitCode !== undefined;
}

function recordsPath({ directory, rehearsalId }: RehearsalFiles): string {
  if (!SAFE_ID.test(rehearsalId)) throw new CannotTellError(words.unsafeId({ rehearsalId }));
  return join(directory, `rehearsal-${rehearsalId}.jsonl`);
}

function keptRecord({ events = [], ...record }: StageRecord): KeptRecord {
  return {
    ...record,
    observations: record.observations.map(maskObservation),
    words: record.words.map(maskIdentities),
    durations: resourceDurations(events),
  };
}

function maskObservation(observation: Observation): Observation {
  return { ...observation, words: observation.words.map(maskIdentities) };
}

function parseRecord(line: string, path: string): KeptRecord {
  try {
    const record = JSON.parse(line) as KeptRecord;
    return { ...record, started: new Date(record.started) };
  } catch {
    throw new CannotTellError(words.unreadableRecord({ path, line }));
  }
}
