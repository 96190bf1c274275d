import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A step of a job, as far as rules read it. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

type Permissions = Readonly<Record<string, string>>;

/** A job, or a call of another workflow's jobs. */
export interface Job {
  readonly uses?: string;
  readonly defaults?: { readonly run?: { readonly shell?: string; readonly 'working-directory'?: string } };
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly 'timeout-minutes'?: unknown;
  readonly steps?: readonly Step[];
  readonly env?: Step['env'];
}

interface Trigger {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly workflows?: readonly string[];
}

interface Content {
  readonly name?: string;
  readonly on: Readonly<Record<string, Trigger | null>>;
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A workflow's file, parsed. */
export interface Workflow extends Content {
  readonly file: string;
  readonly text: string;
}

export const ROOT = join(__dirname, '../../..');
/** Folders of this repository's workflows, and of the application's, with what precedes their names. */
const DIRECTORIES = [
  { directory: join(ROOT, '.github/workflows'), prefix: '' },
  { directory: join(ROOT, 'packages/application/src'), prefix: 'application/' },
].filter(({ directory }) => existsSync(directory));

/** Reads a workflow. Text that is no YAML, or has a key twice, is refused. */
function parseWorkflow(file: string, text: string): Workflow {
  return { ...(parse(text) as Content), file, text };
}

let read: readonly Workflow[] | undefined;

/** All workflows; that of the application's repository is `application/release.yml`. */
export function workflows(): readonly Workflow[] {
  read ??= DIRECTORIES.flatMap(({ directory, prefix }) =>
    readdirSync(directory)
      .filter((file) => /\.ya?ml$/.test(file))
      .map((file) => parseWorkflow(`${prefix}${file}`, readFileSync(join(directory, file), 'utf8'))),
  );
  return read;
}

/** The workflow in a file of that name. */
export function workflow(file: string): Workflow {
  const found = workflows().find((each) => each.file === file);
  if (!found) throw new Error(`There is no workflow ${file}`);
  return found;
}

/** The workflow in a file of that name, after a text was replaced wherever it occurs. */
export function changedWorkflow(file: string, from: string, to: string): Workflow {
  const { text } = workflow(file);
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  return parseWorkflow(
    file,
    text.replaceAll(from, () => to),
  );
}

/** The environment that follows main without an approval. */
export function unreviewedEnvironment(): string {
  const [, name = ''] = /ENVIRONMENTS: (\w+)/.exec(workflow('deploy.yml').text) ?? [];
  return name;
}

/** The jobs of a workflow with their names. */
export function jobsOf({ jobs }: Pick<Workflow, 'jobs'>): [name: string, job: Job][] {
  return Object.entries(jobs);
}

/** The steps of all its jobs. */
export function stepsOf({ jobs }: Pick<Workflow, 'jobs'>): Step[] {
  return Object.values(jobs).flatMap(({ steps = [] }) => steps);
}

/** True if a step runs an action, in whichever version. */
export function runsAction({ uses }: Step, action: string): boolean {
  return uses?.startsWith(`${action}@`) === true;
}
