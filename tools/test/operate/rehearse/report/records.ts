import type { KeptRecord } from '../../../../operate/rehearse/report/kept-records';

/** A stage that ended well in a minute and observed nothing, but for what is given. */
export function keptRecord(record: Partial<KeptRecord>): KeptRecord {
  return {
    stage: 'prepare',
    started: new Date('2026-11-29T03:45:10Z'),
    seconds: 60,
    exitCode: 0,
    observations: [],
    words: [],
    durations: [],
    ...record,
  };
}
