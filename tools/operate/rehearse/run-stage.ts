import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { CannotTellError } from '@infra/common/outcome';
import { errorText } from '../../deployed/aws-errors';
import type { StageRecord } from './observation';
import { type OwnStack, readEvents, readOwnStack, requireCredentials } from './own-stack';
import { showProgress } from './progress';
import { type Rehearsal, type Stage, StageFailedError, type StageResult } from './rehearsal';
import { writeReport } from './report/write-report';
import { words } from './words';

interface RunStageProps {
  /** Folder of the report. */
  readonly directory: string;
  /** Called before the stage changes anything. */
  readonly begins: () => void;
}

/** End of a stage. */
interface StageEnd {
  /** Reason for which it has failed. `undefined`: it went well, or was left out. */
  readonly failure?: string;
  /** Path of the report. */
  readonly reportFile: string;
}

/** Runs a stage, and writes the report of all stages so far. */
export async function runStage(
  stage: Stage,
  rehearsal: Rehearsal,
  { directory, begins }: RunStageProps,
): Promise<StageEnd> {
  const started = new Date();
  const { name, reasonToSkip } = stage;
  const { region, id } = rehearsal;
  const report = (record: StageRecord) => writeReport({ region, rehearsalId: id, records: [record], directory });
  let stackBefore: StackWithEvents | undefined;
  let end: { readonly failure?: string; readonly result: StageResult };
  try {
    await requireCredentials(rehearsal);
    const skippedBecause = await reasonToSkip?.(rehearsal);
    if (skippedBecause !== undefined) {
      showProgress(words.skipped({ stage: name, reason: skippedBecause }));
      return { reportFile: report({ ...beginningOf(stage, started), exitCode: 0, skippedBecause }) };
    }
    showProgress(words.begins({ stage: name }));
    stackBefore = await readStackWithEvents(rehearsal);
    begins();
    // A stage that is killed leaves no other record.
    report(beginningOf(stage, started));
    end = { result: await stage.work(rehearsal) };
  } catch (error) {
    end = failedEnd(stage, error);
  }
  const record: StageRecord = {
    ...beginningOf(stage, started),
    seconds: Math.round((Date.now() - started.getTime()) / 1000),
    exitCode: end.failure === undefined ? 0 : 1,
    observations: end.result.observations ?? [],
    words: end.result.words,
    events: await newEvents(rehearsal, stackBefore),
  };
  return { failure: end.failure, reportFile: report(record) };
}

function beginningOf({ name, minutes }: Stage, started: Date): StageRecord {
  return { stage: name, started, seconds: 0, expectedMinutes: minutes, observations: [], words: [] };
}

function failedEnd({ name }: Stage, error: unknown) {
  const isExpected = error instanceof StageFailedError || error instanceof CannotTellError;
  const message = isExpected ? error.message : errorText(error);
  const result: StageResult = error instanceof StageFailedError ? error.result : { words: [message] };
  return { failure: words.stageFailed({ stage: name, message }), result };
}

interface StackWithEvents extends OwnStack {
  readonly eventIds: ReadonlySet<string | undefined>;
}

async function readStackWithEvents(rehearsal: Rehearsal): Promise<StackWithEvents | undefined> {
  const stack = await readOwnStack(rehearsal);
  if (!stack) return undefined;
  const events = await readEvents(rehearsal, stack.arn);
  return { ...stack, eventIds: new Set(events.map(({ EventId }) => EventId)) };
}

/** Events of the stack since a stage began; none if AWS does not answer, since they are for the report alone. */
async function newEvents(rehearsal: Rehearsal, before: StackWithEvents | undefined): Promise<StackEvent[]> {
  try {
    // A deleted stack has no name any more, and its events still.
    const arn = before?.arn ?? (await readOwnStack(rehearsal))?.arn;
    const events = arn === undefined ? [] : await readEvents(rehearsal, arn);
    return events.filter(({ EventId }) => !before?.eventIds.has(EventId));
  } catch {
    return [];
  }
}
