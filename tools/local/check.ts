import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, json } from '@infra/common/values';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { IMPORT_COMMAND } from '../../lib/contract';
import type { DeployLocalOptions } from './options';

/** Refuses folders and commands that cannot run, all of them at once, before anything starts. */
export function checkPrograms(environmentName: string, options: DeployLocalOptions, config: EnvironmentConfig): void {
  const { app, appCommand, job, jobCommand } = options;
  const hasImport = config.userImport !== undefined;
  const problems = [
    app === undefined
      ? appCommand && '--app-command needs --app <folder>.'
      : wrong('app', app, appCommand ?? 'npm start'),
    job === undefined ? jobCommand && '--job-command needs --job <folder>.' : undefined,
    job !== undefined &&
      !hasImport &&
      `--job: ${environmentName} has no user import (lib/config/${environmentName}.ts).`,
    job !== undefined && hasImport && wrong('job', job, jobCommand ?? IMPORT_COMMAND.join(' ')),
  ].filter((problem) => typeof problem === 'string');
  if (problems.length > 0) throw new CannotTellError(problems.join('\n'));
}

/** Why a command cannot start in a folder, as far as files show. */
function wrong(option: 'app' | 'job', given: string, command: string): string | undefined {
  const folder = resolve(given);
  const refuse = (why: string) => `--${option} ${given}: ${why}`;
  if (!existsSync(folder)) return refuse(`there is no folder ${folder}.`);
  if (!statSync(folder).isDirectory()) return refuse('it is no folder.');
  const why = withoutScript(folder, command) ?? withoutFile(folder, command);
  return why && refuse(`${why} Or say how it starts: --${option}-command "<command>".`);
}

function withoutScript(folder: string, command: string): string | undefined {
  const [, script] = /^npm (?:run )?([\w:.-]+)/.exec(command) ?? [];
  if (script === undefined) return undefined;
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return `there is no package.json, in which "${command}" looks.`;
  const manifest = json(readFileSync(file, 'utf8'));
  if (!isRecord(manifest)) return 'its package.json is no JSON.';
  const scripts = isRecord(manifest['scripts']) ? manifest['scripts'] : {};
  // npm starts it where no script is called `start`.
  if (script in scripts || (script === 'start' && existsSync(join(folder, 'server.js')))) return undefined;
  const there = Object.keys(scripts).join(', ');
  return `its package.json has no script "${script}" (${there === '' ? 'it has none' : `it has: ${there}`}).`;
}

function withoutFile(folder: string, command: string): string | undefined {
  const [, file] = /^node ([^\s"'$-][^\s"'$]*)/.exec(command) ?? [];
  if (file === undefined || [file, `${file}.js`].some((one) => existsSync(join(folder, one)))) return undefined;
  return `there is no ${file}, which "${command}" starts. Build it first.`;
}
