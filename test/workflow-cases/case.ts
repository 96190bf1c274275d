import type { Event, Run } from './event';

/** What GitHub is told, and what has to come of it. */
export interface Case {
  readonly says: string;
  readonly file: string;
  readonly event: Event;
  readonly expects: (run: Run) => void;
}

/** An event that must not start the workflow, or none of its jobs. */
export function nothing(says: string, file: string, event: Event): Case {
  return {
    says,
    file,
    event,
    expects: ({ calls }) => {
      expect(calls).toEqual([]);
    },
  };
}

/** The commands of a job, without what a step's name already says. */
export function commands({ calls }: Run, job: string): string[] {
  return calls.filter((call) => call.job === job).map(({ command }) => command.replace('npm run --silent ', ''));
}
