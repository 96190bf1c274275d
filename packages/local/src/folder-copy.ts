import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, readlink, stat, symlink, utimes } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

/** A program runs without these, and images lack them, too. */
const LEFT_OUT = ['.git', '.next/cache', '.turbo', 'node_modules/.cache'];

/** Properties of a copy of a folder. */
export interface FolderCopyProps {
  /** Folder to copy; an absolute path. */
  readonly source: string;
  /** Path of the copy, in a folder that exists. */
  readonly target: string;
  /** Earlier copy of the folder. Packages that have not changed since are linked to it, so that they take no space. */
  readonly earlierCopy?: string;
  readonly signal?: AbortSignal;
}

/**
 * Copies a folder, so that no later change of it reaches the copy. Nothing is linked to the folder itself: builds and
 * generators such as Prisma's write into existing files.
 */
export async function copyFolder(props: FolderCopyProps): Promise<void> {
  await new FolderCopy(props).copyEntriesOf('');
}

class FolderCopy {
  constructor(private readonly props: FolderCopyProps) {}

  /** @param folder - Path in the source, and in the copy. */
  public async copyEntriesOf(folder: string): Promise<void> {
    const { source, target, signal } = this.props;
    signal?.throwIfAborted();
    // Not with its parents: a copy that was removed meanwhile must not come back.
    await mkdir(join(target, folder));
    const entries = await readdir(join(source, folder), { withFileTypes: true });
    const copies = entries.map(async (entry) => {
      const path = join(folder, entry.name);
      // The folder for temporary files may be in the source.
      const containsCopy = target.startsWith(join(source, path, '/'));
      if (isLeftOut(path) || containsCopy) return;
      if (entry.isDirectory()) await this.copyEntriesOf(path);
      if (entry.isSymbolicLink()) await this.copyLink(path);
      if (entry.isFile()) await this.copyFile(path);
    });
    await Promise.all(copies);
  }

  /** A link to a path in the folder leads to its copy; another one leads to the same path as before. */
  private async copyLink(path: string): Promise<void> {
    const { source, target } = this.props;
    const folder = dirname(join(source, path));
    const destination = resolve(folder, await readlink(join(source, path)));
    const isInside = !relative(source, destination).startsWith('..');
    await symlink(isInside ? relative(folder, destination) : destination, join(target, path));
  }

  private async copyFile(path: string): Promise<void> {
    const { source, target, earlierCopy } = this.props;
    const file = join(source, path);
    const copy = join(target, path);
    const earlierFile = earlierCopy && join(earlierCopy, path);
    if (earlierFile && isOfPackage(path) && (await isUnchanged(file, earlierFile))) {
      await link(earlierFile, copy);
      return;
    }
    // Without a copy of its bytes where the file system can do so.
    await copyFile(file, copy, constants.COPYFILE_FICLONE);
    const { atimeMs, mtimeMs } = await stat(file);
    await utimes(copy, atimeMs / 1000, mtimeMs / 1000);
  }
}

function isLeftOut(path: string): boolean {
  return LEFT_OUT.some((name) => path === name || path.endsWith(`/${name}`));
}

function isOfPackage(path: string): boolean {
  return path.split('/').includes('node_modules');
}

async function isUnchanged(file: string, copy: string): Promise<boolean> {
  const now = await lstat(file);
  const before = await lstat(copy).catch(() => undefined);
  if (!before?.isFile()) return false;
  // The copy's time is rounded.
  return now.size === before.size && Math.abs(now.mtimeMs - before.mtimeMs) < 1;
}
