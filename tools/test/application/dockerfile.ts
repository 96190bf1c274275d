import { cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';

/** Writes the files that a command of RUN or a download creates, below the root of its stage. */
type Effect = (stage: Stage) => void;

/** The world outside of a Dockerfile: effects that take the place of npm, Next.js and the network. */
export interface DockerWorld {
  /** Folder of the application's repository, from which `COPY` without `--from` reads. */
  readonly repository: string;
  /** Effects of commands, by the command. */
  readonly run: Readonly<Record<string, Effect>>;
  /** Files that `ADD` downloads, by their URL. */
  readonly downloads: Readonly<Record<string, string>>;
}

/** A stage of a build: a folder in place of its file system, and what its program gets. */
export interface Stage {
  readonly root: string;
  readonly variables: Record<string, string>;
  workingDirectory: string;
  command: readonly string[];
}

/** Lays out a Dockerfile's stages as folders, each below the given one; returns the last stage. */
export function layOut(dockerfile: string, folder: string, world: DockerWorld): Stage {
  const stages = new Map<string, Stage>();
  let stage = newStage(join(folder, 'none'));
  for (const line of instructionsOf(dockerfile)) {
    const [instruction = '', ...words] = line.split(' ');
    const text = words.join(' ');
    switch (instruction) {
      case 'FROM': {
        const [, name = 'last'] = / AS (\w+)$/.exec(line) ?? [];
        stage = newStage(join(folder, name));
        stages.set(name, stage);
        break;
      }
      case 'WORKDIR':
        stage.workingDirectory = text;
        break;
      case 'ENV': {
        const [name = '', value = ''] = text.split('=');
        stage.variables[name] = value;
        break;
      }
      case 'RUN':
        effectOf(text, world)(stage);
        break;
      case 'COPY':
        copy(stage, words, stages, world);
        break;
      case 'ADD':
        download(stage, words, world);
        break;
      case 'CMD':
        stage.command = JSON.parse(text) as string[];
        break;
      case 'ARG':
      case 'USER':
        break;
      default:
        throw new Error(`The test does not know the instruction ${line}`);
    }
  }
  return stage;
}

function instructionsOf(dockerfile: string): string[] {
  return dockerfile.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

function newStage(root: string): Stage {
  return { root, variables: {}, workingDirectory: '/', command: [] };
}

/** Path on this machine of a path in a stage. */
export function pathIn({ root, workingDirectory }: Stage, path: string): string {
  return join(root, posix.resolve(workingDirectory, path));
}

/** Writes a file below the working directory of a stage. */
export function write(stage: Stage, path: string, content: string): void {
  const file = pathIn(stage, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function effectOf(command: string, { run }: DockerWorld): Effect {
  const withoutOptions = command.replace(/^(--\S+ )+/, '');
  const effect = run[withoutOptions];
  if (effect) return effect;
  throw new Error(`The test does not know the command RUN ${withoutOptions}`);
}

/** As Docker copies: the content of a folder, or a file into a folder whose name ends with a slash. */
function copy(
  stage: Stage,
  words: readonly string[],
  stages: ReadonlyMap<string, Stage>,
  { repository }: DockerWorld,
): void {
  const from = words.find((word) => word.startsWith('--from='))?.replace('--from=', '');
  const paths = words.filter((word) => !word.startsWith('--'));
  const target = paths.at(-1) ?? '';
  const source = from === undefined ? undefined : stages.get(from);
  for (const path of paths.slice(0, -1)) {
    const origin = source ? pathIn(source, path) : join(repository, path);
    const destination = pathIn(stage, target);
    const isFolder = statSync(origin).isDirectory();
    cpSync(origin, isFolder ? destination : join(destination, basename(path)), { recursive: true });
  }
}

function download(stage: Stage, words: readonly string[], { downloads }: DockerWorld): void {
  const [url = '', target = ''] = words.filter((word) => !word.startsWith('--'));
  const content = downloads[url];
  if (content === undefined) throw new Error(`The test does not know the download ${url}`);
  write(stage, target, content);
}
