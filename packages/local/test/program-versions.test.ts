import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { ProgramVersions } from '../src/program-versions';
import type { DeployLocalOptions } from '../src/options';

const temporary = temporaryFolder('program-versions-');

let testCount = 0;
/** Folder of the application of a test. */
let folder = '';
let notices: string[] = [];

beforeEach(() => {
  testCount += 1;
  folder = join(temporary, `app-${testCount}`);
  notices = [];
  write('server.js', 'v1');
});

function write(path: string, content: string, ofFolder = folder): void {
  const file = join(ofFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function versionsOf(
  options: DeployLocalOptions,
  directory = join(temporary, `versions-${testCount}`),
): ProgramVersions {
  return new ProgramVersions(directory, { appCommand: 'node server.js', ...options }, (notice) => {
    notices.push(notice);
  });
}

/** Copies the application for a tag, and returns the copy. */
async function keepApp(versions: ProgramVersions, tag: string): Promise<string> {
  const { app = '' } = await versions.keep(tag);
  return app;
}

const read = (ofFolder: string, path: string) => readFileSync(join(ofFolder, path), 'utf8');
const inode = (ofFolder: string, path: string) => statSync(join(ofFolder, path)).ino;

describe('the programs of a tag', () => {
  it('have no .git and no caches, which an image lacks, too', async () => {
    write('.git/HEAD', 'main');
    write('.next/cache/images', 'x');
    write('.next/server/page.js', 'x');
    write('node_modules/.cache/x', 'x');
    const copy = await keepApp(versionsOf({ app: folder }), 'local-1');
    expect(['.git', '.next/cache', 'node_modules/.cache'].filter((path) => existsSync(join(copy, path)))).toEqual([]);
    expect(existsSync(join(copy, '.next/server/page.js'))).toBe(true);
  });

  it('share packages that have not changed with the copy before, and never with the folder', async () => {
    write('node_modules/same/index.js', 'same');
    write('node_modules/.prisma/client.js', 'v1');
    const versions = versionsOf({ app: folder });
    const first = await keepApp(versions, 'local-1');
    write('node_modules/.prisma/client.js', 'v2');
    utimesSync(join(folder, 'node_modules/.prisma/client.js'), 1, 1);
    const second = await keepApp(versions, 'local-2');
    expect(inode(first, 'node_modules/same/index.js')).toBe(inode(second, 'node_modules/same/index.js'));
    expect(inode(first, 'node_modules/same/index.js')).not.toBe(inode(folder, 'node_modules/same/index.js'));
    expect(read(first, 'node_modules/.prisma/client.js')).toBe('v1');
    expect(read(second, 'node_modules/.prisma/client.js')).toBe('v2');
    // A program may write into its own files: those of another version must not change with them.
    expect(inode(first, 'server.js')).not.toBe(inode(second, 'server.js'));
  });

  it('keep links to files of the folder inside of the copy, and other links where they lead', async () => {
    write('outside.js', 'outside', temporary);
    symlinkSync('server.js', join(folder, 'relative'));
    symlinkSync(join(folder, 'server.js'), join(folder, 'absolute'));
    symlinkSync('../outside.js', join(folder, 'outside'));
    const copy = await keepApp(versionsOf({ app: folder }), 'local-1');
    write('server.js', 'v2');
    expect(read(copy, 'relative')).toBe('v1');
    expect(read(copy, 'absolute')).toBe('v1');
    expect(readlinkSync(join(copy, 'outside'))).toBe(join(temporary, 'outside.js'));
  });

  it('find the packages of their repository above the folder', async () => {
    mkdirSync(join(folder, '.git'));
    write('node_modules/shared/index.js', 'shared');
    write('apps/web/server.js', 'v1');
    const copy = await keepApp(versionsOf({ app: join(folder, 'apps/web') }), 'local-1');
    write('apps/web/server.js', 'v2');
    expect(read(copy, 'server.js')).toBe('v1');
    expect(read(copy, '../../node_modules/shared/index.js')).toBe('shared');
    expect(existsSync(join(copy, '../../.git'))).toBe(false);
  });

  // Packages beside the folder and the root's node_modules are links: v1 would read v2's library.
  it('are those of the whole workspace, to which a command may lead', async () => {
    write('package.json', '{ "workspaces": ["apps/*", "packages/*"] }');
    write('packages/library/index.js', 'v1');
    write('node_modules/shared/index.js', 'v1');
    write('apps/web/server.js', 'v1');
    symlinkSync('../packages/library', join(folder, 'node_modules/library'));
    const versions = versionsOf({ app: join(folder, 'apps/web'), appCommand: 'node ../../server.js' });
    const copy = await keepApp(versions, 'local-1');
    const paths = ['node_modules/shared/index.js', 'node_modules/library/index.js', 'apps/web/server.js'];
    for (const path of paths) write(path, 'v2');
    expect(paths.map((path) => read(join(copy, '../..'), path))).toEqual(['v1', 'v1', 'v1']);
    expect(notices).toEqual([]);
  });

  it('are copied without the copies themselves, if the folder for temporary files is in their folder', async () => {
    const versions = versionsOf({ app: folder }, join(folder, 'tmp/versions'));
    const copy = await keepApp(versions, 'local-1');
    expect(existsSync(join(copy, 'tmp'))).toBe(false);
    expect(notices).toEqual([]);
  });

  it('are not copied any more once the session has ended: the copies would outlive the local AWS', async () => {
    const directory = join(temporary, 'ended');
    const keepAfterEnd = versionsOf({ app: folder }, directory).keep('local-1', AbortSignal.abort());
    await expect(keepAfterEnd).rejects.toThrow('aborted');
    expect(existsSync(directory)).toBe(false);

    const end = new AbortController();
    const keep = versionsOf({ app: folder }).keep('local-1', end.signal);
    end.abort();
    await expect(keep).rejects.toThrow('aborted');
    expect(notices).toEqual([]);
  });
});

test('a copy that takes long is said to be made: r would show nothing for a minute', async () => {
  jest.useFakeTimers();
  const kept = keepApp(versionsOf({ app: folder }), 'local-1');
  jest.advanceTimersByTime(3000);
  jest.useRealTimers();
  await kept;
  expect(notices).toEqual(['The folder of --app is copied, which takes a while.']);
});

test('old tags go, and those in use stay', async () => {
  const versions = versionsOf({ app: folder });
  const copies: Record<string, string> = {};
  for (const tag of ['local-1', 'local-2', 'local-3', 'local-4']) copies[tag] = await keepApp(versions, tag);
  expect(versions.removeOld(2, (tag) => tag === 'local-1')).toEqual(['local-2']);
  const left = Object.keys(copies).filter((tag) => existsSync(copies[tag] ?? ''));
  expect(left).toEqual(['local-1', 'local-3', 'local-4']);
});

describe('a program that cannot run in a copy runs in its folder, which is said once', () => {
  it.each([
    { appCommand: 'NODE_ENV=development npx next dev', reason: 'takes up changes by itself' },
    { appCommand: 'npm run local', reason: 'takes up changes by itself' },
    { appCommand: 'node ../server.js', reason: 'leads out of the folder' },
    { appCommand: 'cd .. && npm start', reason: 'leads out of the folder' },
  ])('$appCommand', async ({ appCommand, reason }) => {
    write('package.json', JSON.stringify({ scripts: { local: 'next dev' } }));
    const versions = versionsOf({ app: folder, appCommand });
    expect(await keepApp(versions, 'local-1')).toBe(folder);
    await keepApp(versions, 'local-2');
    expect(notices).toEqual([
      "--app runs in its own folder, so that each tag has the folder's present code, also in a rollback: " +
        `"${appCommand}" ${reason}.`,
    ]);
  });

  it('a folder that cannot be copied', async () => {
    write('file', '');
    expect(await keepApp(versionsOf({ app: folder }, join(folder, 'file')), 'local-1')).toBe(folder);
    expect(notices).toEqual([expect.stringMatching(/could not be copied \(E\w+: /)]);
  });
});
