import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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

/** Stages of an account's rehearsal, in a file that outlives a call that is killed. */
export class Records {
  readonly file: string;

  constructor(
    readonly folder: string,
    account: string,
  ) {
    this.file = join(folder, `rehearsal-${account}.json`);
  }

  /** Stages of the rehearsal that has not ended, in the order in which they began last. */
  read(): StageRecord[] {
    return existsSync(this.file) ? (JSON.parse(readFileSync(this.file, 'utf8')) as StageRecord[]) : [];
  }

  /** Keeps a stage in place of what was kept of it before, without what identifies an account or a person. */
  keep(record: StageRecord): void {
    const masked = JSON.stringify(record, (_key, value: unknown) => {
      return typeof value === 'string' ? maskIdentities(value) : value;
    });
    const others = this.read().filter(({ stage }) => stage !== record.stage);
    this.write([...others, JSON.parse(masked) as StageRecord]);
  }

  /** Ends the rehearsal: the next call begins another one. */
  end(): void {
    this.write([]);
  }

  /** Renames a whole file: a call that is killed while it writes leaves the earlier one. */
  private write(records: readonly StageRecord[]): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(records, undefined, 2));
    renameSync(`${this.file}.new`, this.file);
  }
}
