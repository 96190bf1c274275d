import { readFileSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { checkCsvFile } from '../../../../tools/operate/import/check-csv-file';
import { CannotTellError } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';

const folder = temporaryFolder('csv-');

function written(content: string | Buffer, name = 'users.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

it.each([
  ['lines that end as on Unix', 'email,name\nann@example.com,Ann\nbob@example.com,Bob\n'],
  ['or as on Windows, the last one without an end', 'email,name\r\nann@example.com,Ann\r\nbob@example.com,Bob'],
  ['Excel’s own UTF-8, which begins with a mark', '\ufeffemail,名前\r\nann@example.com,杏\r\nbob@example.com,保\r\n'],
  [
    'commas, quotes and ends of lines in fields',
    'email,"name, or none"\na@example.com,"A, ""Ann""\n"\n\nb@example.com,\n',
  ],
  ['one column', 'email\nann@example.com\nbob@example.com\n'],
])('a file may be imported: %s', async (_case, content) => {
  const path = written(content);
  expect(await checkCsvFile(path)).toEqual({ path, byteCount: Buffer.byteLength(content), recordCount: 2 });
});

it('the file that the sample application’s page describes may be imported by the command, too', async () => {
  const page = readFileSync(join(__dirname, '../../../../tools/local/sample-app/web/page.html'), 'utf8');
  const lines = [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, line]) => line);
  expect((await checkCsvFile(written(lines.join('\n')))).recordCount).toBe(1);
});

it('a character that two pieces of a large file share is no fault', async () => {
  const rows = 60_000;
  expect((await checkCsvFile(written(`email,名前\n${'ann@example.com,杏\n'.repeat(rows)}`))).recordCount).toBe(rows);
});

it.each([
  ['nothing in it', '', 'it is empty.'],
  ['blank lines', '\n \n', 'it is empty.'],
  ['Shift_JIS, as Excel writes it in Japan', Buffer.from([0x6e, 0x2c, 0x96, 0xbc, 0x0a]), 'save it as "CSV UTF-8'],
  ['a character that is cut off', Buffer.from([0x6e, 0x0a, 0xe6, 0x9d]), 'not written in UTF-8'],
  ['no header', 'ann@example.com,Ann\n', 'reads like a user: ann@example.com,Ann'],
  ['a column without a name', 'email,,name\nann@example.com,,Ann\n', 'must name every column'],
  [
    'accounts of Unix under another name',
    'root:x:0:0:root:/root\nann:x:1:1::/\n',
    'not separated by commas: root:x:0:0',
  ],
  [
    'semicolons, as Excel writes them in Europe',
    'email;name\na@example.com;Ann\n',
    'not separated by commas: email;name',
  ],
  ['UTF-16 without a mark', Buffer.from('email,name\nann@example.com,Ann\n', 'utf16le'), 'save it as "CSV UTF-8'],
  ['lines that end with CR alone', 'email,name\rann@example.com,Ann\r', 'its lines end with CR alone'],
  [
    'a user with a field less',
    'email,name\na@example.com,Ann\nb@example.com\n',
    'line 3 has 1 field, and its first line',
  ],
  ['a field more', 'email,name\na@example.com,Ann,\n', 'line 2 has 3 fields, and its first line names 2 columns.'],
  [
    'a quotation mark that is open',
    'email,name\na@example.com,"Ann\nb@example.com,Bob\n',
    'opened in it and never closed',
  ],
  ['no end of a line', 'x'.repeat(200_000), 'a record in it has no end'],
  ['a header alone', 'email,name\n', 'it has a header and no users.'],
])('a file is refused before anything is uploaded: %s', async (_case, content, why) => {
  await expect(checkCsvFile(written(content))).rejects.toThrow(why);
});

it('a long record with many quoted fields is read once: its fault is found within two seconds', async () => {
  const path = written(`email,name\n${'"",'.repeat(33_000)}\n`);
  const start = performance.now();
  await expect(checkCsvFile(path)).rejects.toThrow('line 2 has 33,001 fields, and its first line names 2 columns.');
  expect(performance.now() - start).toBeLessThan(2_000);
});

it.each([
  { title: 'commas and ends of lines in quotes', record: '"a,b\n,c",x', fieldCount: 2 },
  { title: 'quotes in quotes', record: '"a ""b"", c",x', fieldCount: 2 },
  { title: 'quotes within a field', record: 'a "b, c" d,x', fieldCount: 2 },
  { title: 'two empty quoted fields', record: '"",""', fieldCount: 2 },
  { title: 'a quoted field next to a comma in quotes', record: '",",","', fieldCount: 2 },
  { title: 'no quotes', record: 'a,b,c', fieldCount: 3 },
  { title: 'empty fields', record: ',,', fieldCount: 3 },
])('a record has as many fields as RFC 4180 says: $title', async ({ record, fieldCount }) => {
  const columns = ['one', 'two', 'three'].slice(0, fieldCount).join(',');
  expect((await checkCsvFile(written(`${columns}\n${record}\n`))).recordCount).toBe(1);
});

it('so is one that is not there, and a folder', async () => {
  await expect(checkCsvFile(join(folder, 'none.csv'))).rejects.toThrow(
    'none.csv cannot be imported: there is no such file.',
  );
  await expect(checkCsvFile(folder)).rejects.toThrow('it is no file.');
});

it('so is one that may not be read: the reason is said, and not that this program is at fault', async () => {
  const denied = Object.assign(new Error("EACCES: permission denied, open 'users.csv'"), { code: 'EACCES' });
  jest.spyOn(fs, 'readFile').mockRejectedValue(denied);
  const path = written('email,name\nann@example.com,Ann\n');
  await expect(checkCsvFile(path)).rejects.toThrow(CannotTellError);
  await expect(checkCsvFile(path)).rejects.toThrow(
    "users.csv cannot be imported: it cannot be read (EACCES: permission denied, open 'users.csv').",
  );
  jest.restoreAllMocks();
});

it('what does not call itself CSV is refused, and a name that S3 or a terminal cannot show', async () => {
  await expect(checkCsvFile('../../../../../../etc/passwd')).rejects.toThrow('its name does not end in .csv.');
  const users = 'email,name\nann@example.com,Ann\n';
  await expect(checkCsvFile(written(users, 'users\nof may.csv'))).rejects.toThrow(
    /users\\nof may\.csv cannot be imported: its name has a character that nobody sees\. Rename it\.$/,
  );
  expect((await checkCsvFile(written(users, '利用者 5月.CSV'))).recordCount).toBe(1);
});

it.each([
  ['with CR alone', '\r'],
  ['as usual', '\n'],
])('an error shows little of what is in a file: lines that end %s', async (_, end) => {
  const users = Array.from({ length: 3000 }, (_user, index) => `user${index}@example.com,${'N'.repeat(50)}`);
  const message = String(await checkCsvFile(written(users.join(end))).catch((error: unknown) => error));
  expect(message).toContain('cannot be imported');
  expect(message.length).toBeLessThan(200);
  expect(message).not.toContain('user1@');
});
