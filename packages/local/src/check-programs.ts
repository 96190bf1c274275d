import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { joined, type Message } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, parseJson, valueAtPath } from '@infra/common/values';
import { type EnvironmentConfig, IMPORT_COMMAND } from '@infra/commands/app';
import { words } from './words';
import type { DeployLocalOptions } from './options';

/** `npm start` or `npm run <script>`. With an option, npm may look into another package.json. */
const NPM_COMMAND = /^npm (?:(start)|run (\w[\w:.-]*))(?: -- .*)?$/;

const MANIFEST = 'package.json';

/** A command that begins with a file of Node. Another one is left to the shell. */
const NODE_COMMAND = /^node ([\w@./][\w@./-]*\.[cm]?js)(?: |$)/;

/**
 * Checks, before anything starts, that the folders and the commands of the options can run. A command is refused only if
 * it certainly fails in its folder: npm would also look above it.
 *
 * @throws CannotTellError with all problems at once.
 */
export function checkPrograms(environmentName: string, options: DeployLocalOptions, config: EnvironmentConfig): void {
  const hasImport = config.userImport !== undefined;
  const problems = [problemOfApp(options), problemOfJob(environmentName, options, hasImport)];
  const sentences = joined(problems);
  if (sentences !== '') throw new CannotTellError(sentences);
}

/** Reason why the web application of the options cannot run. `undefined`: nothing is wrong, or the sample runs. */
function problemOfApp({ app, appCommand }: DeployLocalOptions): Message | undefined {
  if (app === undefined) {
    return appCommand === undefined ? undefined : words.programs.folderMissing({ option: 'app' });
  }
  return problemOfFolder('app', app, appCommand ?? 'npm start');
}

/** Reason why the user import of the options cannot run. `undefined`: nothing is wrong, or no import was given. */
function problemOfJob(
  environmentName: string,
  { job, jobCommand }: DeployLocalOptions,
  hasImport: boolean,
): Message | undefined {
  if (job === undefined) {
    return jobCommand === undefined ? undefined : words.programs.folderMissing({ option: 'job' });
  }
  if (!hasImport) {
    return words.programs.noImport({ environmentName });
  }
  return problemOfFolder('job', job, jobCommand ?? IMPORT_COMMAND.join(' '));
}

/** Reason why a command cannot start in the folder of an option. `undefined`: the files of the folder show none. */
function problemOfFolder(option: 'app' | 'job', path: string, command: string): Message | undefined {
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return words.programs.noFolder({ option, path, folder });
  }
  const reason = problemOfScript(folder, command) ?? problemOfFile(folder, command);
  return reason === undefined ? undefined : words.programs.cannotStart({ option, path, reason });
}

/** Reason why a command of npm cannot start in a folder. `undefined`: none is certain, or the command is none of npm. */
function problemOfScript(folder: string, command: string): string | undefined {
  const script = scriptOf(command);
  if (script === undefined) return undefined;
  if (!existsSync(join(folder, MANIFEST))) return words.programs.noManifest({ command });
  const scripts = scriptsIn(folder);
  // If package.json has no script `start`, `npm start` runs server.js.
  const hasDefaultStart = script === 'start' && existsSync(join(folder, 'server.js'));
  if (Object.hasOwn(scripts, script) || hasDefaultStart) return undefined;
  return words.programs.noScript({ script, scriptNames: Object.keys(scripts) });
}

/** Command line of the script that a command of npm runs in a folder; empty if it is not certain that it runs one. */
export function npmScriptOf(folder: string, command: string): string {
  const commandLine = scriptsIn(folder)[scriptOf(command) ?? ''];
  return typeof commandLine === 'string' ? commandLine : '';
}

/** Script that a command runs, `dev` for `npm run dev`. `undefined`: the command runs none, or it is not certain which. */
function scriptOf(command: string): string | undefined {
  const [, start, script] = NPM_COMMAND.exec(command) ?? [];
  return start ?? script;
}

/** Scripts of the package.json of a folder; none if it cannot be read. */
function scriptsIn(folder: string): Readonly<Record<string, unknown>> {
  const file = join(folder, MANIFEST);
  const manifest = existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined;
  const scripts = valueAtPath(manifest, 'scripts');
  return isRecord(scripts) ? scripts : {};
}

/** Reason why Node cannot start a file in a folder. `undefined`: none is certain, or the command does not start a file. */
function problemOfFile(folder: string, command: string): string | undefined {
  const [, file] = NODE_COMMAND.exec(command) ?? [];
  if (file === undefined || existsSync(resolve(folder, file))) return undefined;
  return words.programs.noFile({ file, command });
}
