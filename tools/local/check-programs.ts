import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, json } from '@infra/common/values';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { IMPORT_COMMAND } from '../../lib/contract';
import type { DeployLocalOptions } from './options';

const NPM_SCRIPT = /^npm (?:run )?([\w:.-]+)/;
/** A file that Node starts; names that the shell would change are not read. */
const NODE_FILE = /^node ([^\s"'$-][^\s"'$]*)/;

/**
 * Refuses folders and commands that cannot run, before anything starts.
 *
 * @throws CannotTellError with all problems at once.
 */
export function checkPrograms(environmentName: string, options: DeployLocalOptions, config: EnvironmentConfig): void {
  const hasImport = config.userImport !== undefined;
  const results = [checkApp(options), checkJob(environmentName, options, hasImport)];
  const problems = results.filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new CannotTellError(problems.join('\n'));
}

function checkApp({ app, appCommand }: DeployLocalOptions): string | undefined {
  if (app === undefined) {
    return appCommand && '--app-command needs --app <folder>.';
  }
  return checkFolder('app', app, appCommand ?? 'npm start');
}

function checkJob(
  environmentName: string,
  { job, jobCommand }: DeployLocalOptions,
  hasImport: boolean,
): string | undefined {
  if (job === undefined) {
    return jobCommand && '--job-command needs --job <folder>.';
  }
  if (!hasImport) {
    return `--job: ${environmentName} has no user import (lib/config/${environmentName}.ts).`;
  }
  return checkFolder('job', job, jobCommand ?? IMPORT_COMMAND.join(' '));
}

/** Reason why a command cannot start in the folder of an option, as far as files show. */
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

function checkNpmScript(folder: string, command: string): string | undefined {
  const [, script] = NPM_SCRIPT.exec(command) ?? [];
  if (script === undefined) return undefined;
  const manifestFile = join(folder, 'package.json');
  if (!existsSync(manifestFile)) {
    return `there is no package.json, in which "${command}" looks.`;
  }
  const manifest = json(readFileSync(manifestFile, 'utf8'));
  if (!isRecord(manifest)) return 'its package.json is no JSON.';
  const scripts = isRecord(manifest['scripts']) ? manifest['scripts'] : {};
  // Without a script `start`, npm starts server.js.
  const isServerStarted = script === 'start' && existsSync(join(folder, 'server.js'));
  if (script in scripts || isServerStarted) return undefined;
  const scriptNames = Object.keys(scripts).join(', ');
  const choice = scriptNames === '' ? 'it has none' : `it has: ${scriptNames}`;
  return `its package.json has no script "${script}" (${choice}).`;
}

function checkNodeFile(folder: string, command: string): string | undefined {
  const [, file] = NODE_FILE.exec(command) ?? [];
  if (file === undefined) return undefined;
  const isBuilt = existsSync(join(folder, file)) || existsSync(join(folder, `${file}.js`));
  if (isBuilt) return undefined;
  return `there is no ${file}, which "${command}" starts. Build it first.`;
}
