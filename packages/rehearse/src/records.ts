import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maskIdentities } from './identity-mask';
import type { StageName, StageResult } from './stage';

/** A stage as it went. It is kept when it begins, and once more when it ends. */
export interface StageRecord {
  readonly stage: StageName;
  /** Moment in ISO 8601. */
  readonly began: string;
  /** `undefined`: the stage has not ended, since it runs or was killed. */
  readonly seconds?: number;
  readonly result?: StageResult;
}

/** Line after which another rehearsal begins. */
const END = '"end"';

/** Stages of an account's rehearsals, in a file that outlives a call that is killed. */
export class Records {
  readonly file: string;

  constructor(
    readonly folder: string,
    account: string,
  ) {
    this.file = join(folder, `rehearsal-${account}.jsonl`);
  }

  /** Adds a stage, without what identifies an account or a person. */
  add(record: StageRecord): void {
    const masked = JSON.stringify(record, (_key, value: unknown) => {
      return typeof value === 'string' ? maskIdentities(value) : value;
    });
    this.append(masked);
  }

  /** Ends the rehearsal: the next call begins another one. */
  end(): void {
    if (this.read().length > 0) this.append(END);
  }

  /** Stages of the rehearsal that has not ended, in the order in which they began; one that was repeated once. */
  read(): StageRecord[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n');
    const current = lines.slice(lines.lastIndexOf(END) + 1).filter((line) => line !== '');
    const records = current.flatMap(recordIn);
    return [...new Map(records.map((record) => [record.stage, record])).values()];
  }

  private append(line: string): void {
    mkdirSync(this.folder, { recursive: true });
    // The line before may have no end.
    appendFileSync(this.file, `\n${line}\n`);
  }
}

/** The record in a line; none in one that was cut when its call was killed: the stage has not ended. */
function recordIn(line: string): StageRecord[] {
  try {
    return [JSON.parse(line) as StageRecord];
  } catch {
    return [];
  }
}
