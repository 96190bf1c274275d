import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Message } from '@infra/common/message';
import { removeOwnPath, renewCache } from '@infra/common/own-paths';
import { messageOf } from '@infra/operate/deployed/error-reason';
import { IMPORT_COMMAND } from '@infra/commands/app';
import { workspaceRoot } from '@infra/commands/workspace';
import { npmScriptOf } from './check-programs';
import { copyFolder } from './folder-copy';
import type { DeployLocalOptions } from './options';
import { words } from './words';

/** Words of commands that take up changes of the code by themselves, such as `next dev`: in a copy, nothing changes. */
const WATCHING: ReadonlySet<string> = new Set(['dev', 'development', 'watch', 'nodemon']);

/** Paths that may lead out of the folder: `../server.js`, `/opt/server`, `~/server`. */
const OUTSIDE = /(?<=^|[\s'"=])(?:\.\.|\/|~)[^\s'"]*/g;

/** Time after which a copy is said to be made. */
const NOTICE_AFTER_MS = 3000;

/** A program of the options. */
interface OwnProgram {
  readonly option: 'app' | 'job';
  readonly folder: string;
  readonly command: string;
}

/**
 * Copies of the programs, one for each image tag, as they were when it was pushed. So a tag is a version, as on AWS: each
 * of its tasks runs the same code, whenever it starts.
 */
export class ProgramVersions {
  /** Tags that have copies, the oldest first. */
  private tags: string[] = [];
  /** Newest copy of each folder. */
  private readonly newestCopies = new Map<string, string>();
  private readonly shownNotices = new Set<string>();

  /** @param directory - Folder for the copies, which ends with the local AWS. */
  constructor(
    private readonly directory: string,
    private readonly options: DeployLocalOptions,
    private readonly showNotice: (notice: Message) => void,
  ) {}

  /** Copies the programs for a tag. Returns the options with the copies as folders. */
  public async keep(tag: string, signal?: AbortSignal): Promise<DeployLocalOptions> {
    const { app, appCommand = 'npm start', job, jobCommand = IMPORT_COMMAND.join(' ') } = this.options;
    const tagFolder = join(this.directory, tag);
    this.tags.push(tag);
    const keep = (program: OwnProgram) => this.keepProgram(program, tagFolder, signal);
    return {
      ...this.options,
      app: app === undefined ? app : await keep({ option: 'app', folder: app, command: appCommand }),
      job: job === undefined ? job : await keep({ option: 'job', folder: job, command: jobCommand }),
    };
  }

  /** Removes the copies of all tags but the newest ones and those in use. Returns the removed tags. */
  public removeOld(keptCount: number, isInUse: (tag: string) => boolean): string[] {
    const oldTags = this.tags.slice(0, -keptCount).filter((tag) => !isInUse(tag));
    this.tags = this.tags.filter((tag) => !oldTags.includes(tag));
    const folders = oldTags.map((tag) => join(this.directory, tag));
    for (const folder of folders.filter((path) => existsSync(path))) removeOwnPath(folder);
    return oldTags;
  }

  /** Copies the folder of a program. Returns the copy, or the folder itself if the program cannot run in a copy. */
  private async keepProgram(program: OwnProgram, tagFolder: string, signal?: AbortSignal): Promise<string> {
    const reason = reasonToRunInPlace(program);
    if (reason) return this.runInPlace(program, reason);
    const notice = setTimeout(() => {
      this.showNotice(words.programs.copies({ option: program.option }));
    }, NOTICE_AFTER_MS);
    try {
      return await this.copy(program, tagFolder, signal);
    } catch (error) {
      signal?.throwIfAborted();
      // A part of a copy may have filled the disk.
      const partialCopy = join(tagFolder, program.option);
      if (existsSync(partialCopy)) removeOwnPath(partialCopy);
      return this.runInPlace(program, words.programs.notCopied({ reason: messageOf(error) }));
    } finally {
      clearTimeout(notice);
    }
  }

  private runInPlace({ option, folder }: OwnProgram, reason: Message): string {
    const notice = words.programs.runsInPlace({ option, reason });
    if (!this.shownNotices.has(notice)) this.showNotice(notice);
    this.shownNotices.add(notice);
    return folder;
  }

  private async copy({ option, folder }: OwnProgram, tagFolder: string, signal?: AbortSignal): Promise<string> {
    const source = realpathSync(folder);
    const root = rootOf(source);
    const pathInCopy = relative(root, source);
    const earlierCopy = this.newestCopies.get(root);
    // The application and the import may be in one folder, or in one workspace.
    if (earlierCopy?.startsWith(join(tagFolder, '/'))) return join(earlierCopy, pathInCopy);
    signal?.throwIfAborted();
    if (!existsSync(tagFolder)) renewCache(tagFolder);
    const repository = repositoryOf(root);
    const copyOfRepository = join(tagFolder, option);
    await linkNeighbours(root, repository, copyOfRepository);
    const target = join(copyOfRepository, relative(repository, root));
    await copyFolder({ source: root, target, earlierCopy, signal });
    this.newestCopies.set(root, target);
    return join(target, pathInCopy);
  }
}

/** Folder at which the copy of a program begins: that of its workspace, whose packages are links to each other. */
function rootOf(folder: string): string {
  return workspaceRoot(folder) ?? folder;
}

/** Reason why a program cannot run in a copy of its folder; `undefined`: it can, as far as its command shows. */
function reasonToRunInPlace({ folder, command }: OwnProgram): Message | undefined {
  const source = realpathSync(folder);
  const commandLines = `${command} ${npmScriptOf(folder, command)}`;
  if (commandLines.split(/\W+/).some((word) => WATCHING.has(word))) {
    return words.programs.takesUpChanges({ command });
  }
  const isOutside = (path: string): boolean => relative(rootOf(source), path).startsWith('..');
  const leadsOut = (commandLines.match(OUTSIDE) ?? []).some(
    (path) => !path.startsWith('..') || isOutside(resolve(source, path)),
  );
  return leadsOut ? words.programs.leadsOut({ command }) : undefined;
}

/** Folder of the Git repository that a folder is in; the folder itself if it is in none. */
function repositoryOf(folder: string): string {
  let repository = folder;
  while (!existsSync(join(repository, '.git'))) {
    const parent = dirname(repository);
    if (parent === repository) return folder;
    repository = parent;
  }
  return repository;
}

/** Links what lies beside a folder in its repository, such as the packages of a workspace. */
async function linkNeighbours(folder: string, repository: string, copyOfRepository: string): Promise<void> {
  if (folder === repository) return;
  const parent = dirname(folder);
  await linkNeighbours(parent, repository, copyOfRepository);
  const copyOfParent = join(copyOfRepository, relative(repository, parent));
  await mkdir(copyOfParent);
  const names = await readdir(parent);
  const neighbours = names.filter((name) => name !== basename(folder) && name !== '.git');
  await Promise.all(neighbours.map((name) => symlink(join(parent, name), join(copyOfParent, name))));
}
