import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile } from '../../../tools/import/check-file';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('csv-');
function written(content: string | Buffer): string {
  const path = join(folder, 'users.csv');
  writeFileSync(path, content);
  return path;
}

it.each([
  ['lines that end as on Unix', 'email,name\nann@example.com,Ann\nbob@example.com,Bob\n'],
  ['or as on Windows, the last one without an end', 'email,name\r\nann@example.com,Ann\r\nbob@example.com,Bob'],
  ['Excel’s own UTF-8, which begins with a mark', '\ufeffemail,名前\r\nann@example.com,杏\r\nbob@example.com,保\r\n'],
])('a file may be imported: %s', async (_case, content) => {
  const path = written(content);
  expect(await checkFile(path)).toEqual({ path, bytes: Buffer.byteLength(content), rows: 2 });
});

it('a character that two pieces of a large file share is no fault', async () => {
  const rows = 60_000;
  expect((await checkFile(written(`email,名前\n${'ann@example.com,杏\n'.repeat(rows)}`))).rows).toBe(rows);
});

it.each([
  ['nothing in it', '', 'it is empty.'],
  ['blank lines', '\n \n', 'it is empty.'],
  ['Shift_JIS, as Excel writes it in Japan', Buffer.from([0x6e, 0x2c, 0x96, 0xbc, 0x0a]), 'save it as "CSV UTF-8'],
  ['a character that is cut off', Buffer.from([0x6e, 0x0a, 0xe6, 0x9d]), 'not written in UTF-8'],
  ['no header', 'ann@example.com,Ann\n', 'reads like a user: ann@example.com,Ann'],
  ['a column without a name', 'email,,name\nann@example.com,,Ann\n', 'must name every column'],
  ['a header alone', 'email,name\n', 'it has a header and no users.'],
])('a file is refused before anything is uploaded: %s', async (_case, content, why) => {
  await expect(checkFile(written(content))).rejects.toThrow(why);
});

it('so is one that is not there, and a folder', async () => {
  await expect(checkFile(join(folder, 'none.csv'))).rejects.toThrow(
    'none.csv cannot be imported: there is no such file.',
  );
  await expect(checkFile(folder)).rejects.toThrow('it is no file.');
});
