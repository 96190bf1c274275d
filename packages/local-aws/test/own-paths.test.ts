import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';

const folder = temporaryFolder('own-paths-');
const SERVER = join(__dirname, '../server');

/** Runs Python with the functions that the server and its reaper remove files with. */
function python(body: string, TMPDIR = folder) {
  const env = { PATH: process.env['PATH'], TMPDIR, PYTHONPATH: SERVER, PYTHONDONTWRITEBYTECODE: '1' };
  const program = `import sys\nfrom pathlib import Path\nfrom own_paths import *\n${body}`;
  return spawnSync('python3', ['-c', program], { env, encoding: 'utf8' });
}

test('the server removes a folder that it created, once', () => {
  const { stderr, status } = python(`
made = make_temporary_folder('made-')
make_folder(made / 'a' / 'b', 0o711)
(made / 'a' / 'b' / 'file').touch()
remove_made(made / 'a' / 'b' / 'file')
remove_made(made)
assert not made.exists()
made.mkdir()
try:
    remove_made(made)
except PermissionError:
    made.rename(made.parent / 'kept')`);
  expect([stderr, status]).toEqual(['', 0]);
  expect(existsSync(join(folder, 'kept'))).toBe(true);
});

test('the server removes nothing else, by argument, two dots or symbolic link', () => {
  mkdirSync(join(folder, 'foreign'));
  writeFileSync(join(folder, 'foreign', 'file'), '');
  symlinkSync(join(folder, 'foreign'), join(folder, 'link'));
  const paths = ['foreign', 'foreign/file', 'link/file', '.'].map((each) => join(folder, each));
  const { stderr } = python(`
made = make_temporary_folder('made-')
(made / 'link').symlink_to(made.parent)
given = map(Path, ${JSON.stringify([...paths, dirname(folder), '/', '', 'made/../foreign'])})
for path in (*given, made.parent, made / 'link' / 'foreign', made / '..' / 'foreign'):
    try:
        remove_made(path)
        sys.exit(f'{path} was removed')
    except PermissionError:
        pass
remove_made(made / 'link')
remove_made(made)`);
  expect(stderr).toBe('');
  expect(existsSync(join(folder, 'foreign', 'file'))).toBe(true);
});

test('a missing TMPDIR fails with its path; no other folder is used', () => {
  const { stderr, status } = python("make_temporary_folder('x-')", join(folder, 'missing'));
  expect(stderr).toBe(
    `No temporary folder can be made in ${join(folder, 'missing')} (No such file or directory): set TMPDIR to a folder that exists.\n`,
  );
  expect(status).toBe(1);
});
