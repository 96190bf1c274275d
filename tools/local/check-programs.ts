import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, parseJson } from '@infra/common/values';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { IMPORT_COMMAND } from '../../lib/contract';
import type { DeployLocalOptions } from './options';

/** A command that runs a script of package.json, such as `npm run dev`. The group is the script's name. */
const NPM_COMMAND = /^npm (?:run )?([\w:.-]+)/;
/**
 * A command that starts a file, such as `node dist/server.js`. The group is the file. A file name with a character that
 * means something to the shell does not match: only the shell knows the file.
 */
const NODE_COMMAND = /^node ([^\s"'$-][^\s"'$]*)/;

/**
 * Checks, before anything starts, that the folders and the commands of the options can run.
 *
 * @throws CannotTellError with all problems at once.
 */
export function checkPrograms(environmentName: string, options: DeployLocalOptions, config: EnvironmentConfig): void {
  const hasImport = config.userImport !== undefined;
  const results = [checkApp(options), checkJob(environmentName, options, hasImport)];
  const problems = results.filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new CannotTellError(problems.join('\n'));
}

/** Reason why the web application of the options cannot run. `undefined`: nothing is wrong, or the sample runs. */
function checkApp({ app, appCommand }: DeployLocalOptions): string | undefined {
  if (app === undefined) {
    return appCommand === undefined ? undefined : '--app-command needs --app <folder>.';
  }
  return checkFolder('app', app, appCommand ?? 'npm start');
}

/** Reason why the user import of the options cannot run. `undefined`: nothing is wrong, or no import was given. */
function checkJob(
  environmentName: string,
  { job, jobCommand }: DeployLocalOptions,
  hasImport: boolean,
): string | undefined {
  if (job === undefined) {
    return jobCommand === undefined ? undefined : '--job-command needs --job <folder>.';
  }
  if (!hasImport) {
    return `--job: ${environmentName} has no user import (lib/config/${environmentName}.ts).`;
  }
  return checkFolder('job', job, jobCommand ?? IMPORT_COMMAND.join(' '));
}

/** Reason why a command cannot start in the folder of an option. `undefined`: the files of the folder show none. */
function checkFolder(option: 'app' | 'job', path: string, command: string): string | undefined {
  const folder = resolve(path);
  if (!existsSync(folder)) {
    return `--${option} ${path}: there is no folder ${folder}.`;
  }
  if (!statSync(folder).isDirectory()) {
    return `--${option} ${path}: it is no folder.`;
  }
  const problem = checkNpmScript(folder, command) ?? checkNodeFile(folder, command);
  if (problem === undefined) return undefined;
  return `--${option} ${path}: ${problem} Or say how it starts: --${option}-command "<command>".`;
}

/** Reason why a command of npm cannot start in a folder. `undefined`: none, or the command is no command of npm. */
function checkNpmScript(folder: string, command: string): string | undefined {
  const [, script] = NPM_COMMAND.exec(command) ?? [];
  if (script === undefined) return undefined;
  const manifestFile = join(folder, 'package.json');
  if (!existsSync(manifestFile)) {
    return `there is no package.json, in which "${command}" looks.`;
  }
  const manifest = parseJson(readFileSync(manifestFile, 'utf8'));
  if (!isRecord(manifest)) return 'its package.json is no JSON.';
  const scripts = isRecord(manifest['scripts']) ? manifest['scripts'] : {};
  // If package.json has no script `start`, `npm start` runs server.js.
  const hasDefaultStart = script === 'start' && existsSync(join(folder, 'server.js'));
  if (script in scripts || hasDefaultStart) return undefined;
  const scriptNames = Object.keys(scripts).join(', ');
  const choice = scriptNames === '' ? 'it has none' : `it has: ${scriptNames}`;
  return `its package.json has no script "${script}" (${choice}).`;
}

/** Reason why Node cannot start a file in a folder. `undefined`: none, or the command does not start a file. */
function checkNodeFile(folder: string, command: string): string | undefined {
  const [, file] = NODE_COMMAND.exec(command) ?? [];
  if (file === undefined) return undefined;
  // `node dist/server` starts dist/server.js, too.
  const isBuilt = existsSync(join(folder, file)) || existsSync(join(folder, `${file}.js`));
  if (isBuilt) return undefined;
  return `there is no ${file}, which "${command}" starts. Build it first.`;
}
