import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';

const folder = temporaryFolder('own-paths-');
const SERVER = join(__dirname, '../server');

/** Runs Python that knows the functions by which the server and its reaper remove files. */
function python(body: string, TMPDIR = folder) {
  const env = { PATH: process.env['PATH'], TMPDIR, PYTHONPATH: SERVER, PYTHONDONTWRITEBYTECODE: '1' };
  const program = `import sys\nfrom pathlib import Path\nfrom own_paths import *\n${body}`;
  return spawnSync('python3', ['-c', program], { env, encoding: 'utf8' });
}

test('the server removes what it made, with what is in it, once', () => {
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

test('and nothing else: not by an argument, two dots, or a symbolic link', () => {
  mkdirSync(join(folder, 'strangers'));
  writeFileSync(join(folder, 'strangers', 'file'), '');
  symlinkSync(join(folder, 'strangers'), join(folder, 'link'));
  const paths = ['strangers', 'strangers/file', 'link/file', '.'].map((each) => join(folder, each));
  for (const path of [...paths, dirname(folder), '/', '', 'made/../strangers']) {
    const { stderr } = python(`
made = make_temporary_folder('made-')
(made / 'link').symlink_to(made.parent)
for path in (Path(${JSON.stringify(path)}), made.parent, made / 'link' / 'strangers', made / '..' / 'strangers'):
    try:
        remove_made(path)
        sys.exit(f'{path} was removed')
    except PermissionError:
        pass
remove_made(made / 'link')
remove_made(made)`);
    expect(stderr).toBe('');
  }
  expect(existsSync(join(folder, 'strangers', 'file'))).toBe(true);
});

test('a folder for temporary files that is missing is named, and no other one taken', () => {
  const { stderr, status } = python("make_temporary_folder('x-')", join(folder, 'missing'));
  expect(stderr).toBe(
    `No temporary folder can be made in ${join(folder, 'missing')} (No such file or directory): set TMPDIR to a folder that exists.\n`,
  );
  expect(status).toBe(1);
});
