/** What happened on GitHub, and what is set up there. */
export interface Event {
  readonly name: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly ref?: string;
  readonly sha?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** What another run left: an artifact's one file, by the run's id and the artifact's name. */
  readonly left?: { readonly run: string; readonly artifact: string; readonly file: string; readonly text: string };
  /** Programs that do not simply succeed: what a call begins with, and the shell in its place. The first that fits. */
  readonly programs?: readonly (readonly [call: string, shell: string])[];
}

/** How a job or a step ended. */
export type Result = 'success' | 'failure' | 'skipped';

/** A command that a step ran, and beside what. */
interface Call {
  readonly job: string;
  readonly command: string;
  /** Whose code is checked out. */
  readonly tree: string;
  /** The AWS role whose credentials are there. */
  readonly role: string;
}

/** What came of it. */
export interface Run {
  readonly jobs: Readonly<Record<string, Result>>;
  readonly calls: readonly Call[];
  /** Jobs that a GitHub environment lets in, or not, with what the run's page showed until then. */
  readonly approvals: readonly { readonly environment: string; readonly shown: string }[];
  readonly artifacts: readonly string[];
  /** The AWS roles that were taken, in their order. */
  readonly taken: readonly string[];
  readonly summary: string;
  readonly log: string;
}
