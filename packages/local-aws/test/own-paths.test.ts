import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';

const folder = temporaryFolder('own-paths-');
const SERVER = join(__dirname, '../server');

/** Runs Python with the functions by which the server and its reaper remove files. */
function runPython(body: string, temporary = folder) {
  const program = `
import sys
from pathlib import Path
from own_paths import *
${body}`;
  return spawnSync('python3', ['-c', program], {
    env: {
      PATH: process.env['PATH'],
      TMPDIR: temporary,
      PYTHONPATH: SERVER,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    encoding: 'utf8',
  });
}

test('the server removes a folder that it created', () => {
  const { stderr, status } = runPython(`
made = make_temporary_folder('made-')
make_folder(made / 'a' / 'b', 0o711)
(made / 'a' / 'b' / 'file').touch()
remove_made(made / 'a' / 'b' / 'file')
remove_made(made)
assert not made.exists()`);
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('the server does not remove a folder that somebody else created later at the same path', () => {
  const { stderr, status } = runPython(`
made = make_temporary_folder('made-')
remove_made(made)
made.mkdir()
try:
    remove_made(made)
except PermissionError:
    made.rename(made.parent / 'kept')`);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(existsSync(join(folder, 'kept'))).toBe(true);
});

describe('the server does not remove', () => {
  const PATHS = [
    { title: 'a foreign folder', path: join(folder, 'foreign') },
    { title: 'a file in a foreign folder', path: join(folder, 'foreign', 'file') },
    { title: 'a foreign file by a symbolic link', path: join(folder, 'link', 'file') },
    { title: 'a foreign folder by two dots behind its own', path: 'MADE/../foreign' },
    { title: 'a foreign folder by a symbolic link in its own', path: 'MADE/link/foreign' },
    { title: 'the folder of temporary files', path: folder },
    { title: 'that folder with a dot at the end', path: `${folder}/.` },
    { title: 'the parent of that folder', path: dirname(folder) },
    { title: 'the root', path: '/' },
    { title: 'an empty path', path: '' },
    { title: 'a relative path with two dots', path: 'made/../foreign' },
  ];
  let refusedPaths: readonly string[];

  /** Asks the server to remove each path; `MADE` is a folder that it created itself. */
  beforeAll(() => {
    mkdirSync(join(folder, 'foreign'));
    writeFileSync(join(folder, 'foreign', 'file'), '');
    symlinkSync(join(folder, 'foreign'), join(folder, 'link'));
    const paths = JSON.stringify(PATHS.map(({ path }) => path));
    const { stdout, stderr } = runPython(`
import json
made = make_temporary_folder('made-')
(made / 'link').symlink_to(made.parent)
refused = []
for path in ${paths}:
    try:
        remove_made(Path(path.replace('MADE', str(made))))
    except PermissionError:
        refused.append(path)
        continue
    # Without its guard the server would remove the next paths, too, up to the root.
    break
print(json.dumps(refused))
remove_made(made / 'link')
remove_made(made)`);
    expect(stderr).toBe('');
    refusedPaths = JSON.parse(stdout) as string[];
  });

  it.each(PATHS)('$title', ({ path }) => {
    expect(refusedPaths).toContain(path);
  });

  it('the target of a symbolic link, when it removes the link', () => {
    expect(existsSync(join(folder, 'foreign', 'file'))).toBe(true);
  });
});

test('a missing TMPDIR fails with its path; no other folder is used', () => {
  const missing = join(folder, 'missing');
  const { stderr, status } = runPython("make_temporary_folder('x-')", missing);
  expect(stderr).toBe(
    `No temporary folder can be made in ${missing} (No such file or directory): set TMPDIR to a folder that exists.\n`,
  );
  expect(status).toBe(1);
});
