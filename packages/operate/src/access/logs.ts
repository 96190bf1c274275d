import { CannotTellError } from '@infra/common/outcome';
import { jobLogPart, Part, type StackPart, workerLogPrefix } from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { hasPart, physicalIdOf, readStack } from '../deployed/deployed-stack';
import { requireProgram, runInTerminal } from './programs';
import { words } from './words';

export interface LogsOptions {
  /** Name of a job or worker of the config; the web tasks' log unless given. */
  readonly name?: string;
  readonly follow?: boolean;
  readonly import?: boolean;
  /** A time or a duration, as the AWS CLI takes it. */
  readonly since: string;
}

/** Shows a log of an environment by the AWS CLI. Returns the exit code of the command. */
export async function runLogs(environmentName: EnvironmentName, options: LogsOptions): Promise<number> {
  const { part, streamPrefix } = findLog(environmentName, options);
  await requireProgram('aws');
  const stack = await readStack(environmentName);
  if (!hasPart(stack, part)) throw new CannotTellError(words.noLog({ environmentName }));
  const args = ['logs', 'tail', physicalIdOf(stack, part), '--region', stack.region, '--since', options.since];
  if (streamPrefix !== undefined) args.push('--log-stream-name-prefix', streamPrefix);
  if (options.follow) args.push('--follow');
  return await runInTerminal('aws', args);
}

interface Log {
  /** Its log group. */
  readonly part: StackPart;
  /** Beginning of the names of its streams; `undefined`: all streams of the group. */
  readonly streamPrefix?: string;
}

function findLog(environmentName: EnvironmentName, { name, import: ofImport }: LogsOptions): Log {
  if (ofImport) return { part: Part.importLogGroup };
  if (name === undefined) return { part: Part.webLogGroup };
  const { jobs = [], workers = [] } = configOf(environmentName);
  if (workers.some((worker) => worker.name === name)) {
    return { part: Part.webLogGroup, streamPrefix: `${workerLogPrefix(name)}/` };
  }
  if (jobs.some((job) => job.name === name)) {
    return { part: jobLogPart(name) };
  }
  const names = [...jobs, ...workers].map((task) => task.name);
  throw new CannotTellError(words.unknownTask({ environmentName, name, names }));
}
