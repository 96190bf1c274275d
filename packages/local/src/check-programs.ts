import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { joined, type Message } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, parseJson } from '@infra/common/values';
import { type EnvironmentConfig, IMPORT_COMMAND } from '@infra/commands/app';
import { words } from './words';
import type { DeployLocalOptions } from './options';

/**
 * A command of plain words. Any other character may mean something to the shell, and only the shell knows then what the
 * command runs.
 */
const PLAIN_COMMAND = /^[\w@%+=:,./ -]+$/;

const MANIFEST = 'package.json';

/** npm's commands that run the script of package.json with the name that follows. */
const RUN_COMMANDS: ReadonlySet<string> = new Set(['run', 'run-script']);

/** Scripts that `npm run` runs although package.json does not have them. */
const SCRIPTS_OF_NPM: ReadonlySet<string> = new Set(['env', 'restart']);

/** Extensions that Node adds to the name of a file that does not exist. */
const EXTENSIONS = ['', '.js', '.json', '.node'];

/**
 * Checks, before anything starts, that the folders and the commands of the options can run. A command is refused only if
 * it certainly fails.
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
  if (!existsSync(folder)) {
    return words.programs.noFolder({ option, path, folder });
  }
  if (!statSync(folder).isDirectory()) {
    return words.programs.noDirectory({ option, path });
  }
  const reason = problemOfScript(folder, command) ?? problemOfFile(folder, command);
  return reason === undefined ? undefined : words.programs.cannotStart({ option, path, reason });
}

/** Reason why a command of npm cannot start in a folder. `undefined`: none is certain, or the command is none of npm. */
function problemOfScript(folder: string, command: string): string | undefined {
  const script = scriptOf(command);
  if (script === undefined) return undefined;
  const packageFolder = packageFolderOf(realpathSync(folder));
  if (!existsSync(join(packageFolder, MANIFEST))) {
    return words.programs.noManifest({ command });
  }
  const manifest = readManifest(packageFolder);
  if (!isRecord(manifest)) return words.programs.noJson;
  const scripts = scriptsIn(manifest);
  // If package.json has no script `start`, `npm start` runs server.js.
  const hasDefaultStart = script === 'start' && existsSync(join(packageFolder, 'server.js'));
  if (Object.hasOwn(scripts, script) || hasDefaultStart) return undefined;
  return words.programs.noScript({ script, scriptNames: Object.keys(scripts) });
}

/** A script of package.json. */
interface NpmScript {
  /** Folder in which npm runs it. */
  readonly packageFolder: string;
  /** Empty if package.json does not have it. */
  readonly commandLine: string;
}

/** The script that a command of npm runs in a folder. `undefined`: it is not certain that it runs one. */
export function npmScriptOf(folder: string, command: string): NpmScript | undefined {
  const script = scriptOf(command);
  if (script === undefined) return undefined;
  const packageFolder = packageFolderOf(realpathSync(folder));
  const commandLine = scriptsIn(readManifest(packageFolder))[script];
  return { packageFolder, commandLine: typeof commandLine === 'string' ? commandLine : '' };
}

/** Content of the package.json of a folder; `undefined` if there is none, or if it is no JSON. */
function readManifest(packageFolder: string): unknown {
  const manifestFile = join(packageFolder, MANIFEST);
  return existsSync(manifestFile) ? parseJson(readFileSync(manifestFile, 'utf8')) : undefined;
}

function scriptsIn(manifest: unknown): Readonly<Record<string, unknown>> {
  return isRecord(manifest) && isRecord(manifest['scripts']) ? manifest['scripts'] : {};
}

/** Script that a command runs, `dev` for `npm run dev`. `undefined`: the command runs none, or it is not certain which. */
function scriptOf(command: string): string | undefined {
  const [program, npmCommand = '', ...furtherWords] = wordsOf(command);
  if (program !== 'npm') return undefined;
  const wordsOfNpm = beforeSeparator(furtherWords);
  // An option, such as --prefix or --workspace, may lead to another package.json.
  if (wordsOfNpm.some(isOption)) return undefined;
  if (npmCommand === 'start') return npmCommand;
  const [script] = wordsOfNpm;
  if (!RUN_COMMANDS.has(npmCommand) || script === undefined) return undefined;
  return SCRIPTS_OF_NPM.has(script) ? undefined : script;
}

/** The words of a command before `--`: those behind it are arguments of the script. */
function beforeSeparator(commandWords: readonly string[]): readonly string[] {
  const separator = commandWords.indexOf('--');
  return separator === -1 ? commandWords : commandWords.slice(0, separator);
}

/** Folder of the package in which npm runs: the folder itself, or the closest one above it that looks like a package. */
function packageFolderOf(folder: string): string {
  const isPackage = existsSync(join(folder, MANIFEST)) || existsSync(join(folder, 'node_modules'));
  const parent = dirname(folder);
  const isRoot = parent === folder;
  return isPackage || isRoot ? folder : packageFolderOf(parent);
}

/** Reason why Node cannot start a file in a folder. `undefined`: none is certain, or the command does not start a file. */
function problemOfFile(folder: string, command: string): string | undefined {
  const [program, file] = wordsOf(command);
  // `node inspect` is the debugger.
  if (program !== 'node' || file === undefined || file === 'inspect' || isOption(file)) return undefined;
  const path = resolve(folder, file);
  if (EXTENSIONS.some((extension) => existsSync(`${path}${extension}`))) return undefined;
  return words.programs.noFile({ file, command });
}

/** The words of a command; none if only the shell knows them. */
function wordsOf(command: string): readonly string[] {
  if (!PLAIN_COMMAND.test(command)) return [];
  return command.split(' ').filter((word) => word !== '');
}

function isOption(word: string): boolean {
  return word.startsWith('-');
}
