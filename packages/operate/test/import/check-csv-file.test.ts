import fs, { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { checkCsvFile } from '../../src/import/check-csv-file';
import { CannotTellError } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';

const folder = temporaryFolder('csv-');

afterEach(() => jest.restoreAllMocks());

function written(content: string | Buffer, name = 'users.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

it.each([
  { title: 'lines that end as on Unix', content: 'email,name\nann@example.com,Ann\nbob@example.com,Bob\n' },
  {
    title: 'lines that end as on Windows, the last one without an end',
    content: 'email,name\r\nann@example.com,Ann\r\nbob@example.com,Bob',
  },
  {
    title: 'Excel’s own UTF-8, which begins with a mark',
    content: '\ufeffemail,名前\r\nann@example.com,杏\r\nbob@example.com,保\r\n',
  },
  {
    title: 'commas, quotes and ends of lines in fields',
    content: 'email,"name, or none"\na@example.com,"A, ""Ann""\n"\n\nb@example.com,\n',
  },
  { title: 'one column', content: 'email\nann@example.com\nbob@example.com\n' },
])('a file may be imported: $title', async ({ content }) => {
  const path = written(content);
  const byteCount = Buffer.byteLength(content);
  expect(await checkCsvFile(path)).toMatchObject({ path, byteCount, recordCount: 2 });
});

it('a character, or CR and LF, that two chunks of a large file share is no fault', async () => {
  const rows = 10_000;
  const content = `email,名前\r\n${'ann@example.com,杏\r\n'.repeat(rows)}`;
  for (const shift of ['', 'x', 'xx']) {
    expect((await checkCsvFile(written(shift + content))).recordCount).toBe(rows);
  }
});

it.each([
  { title: 'nothing in it', content: '', reason: 'it has no users below a header.' },
  {
    title: 'Shift_JIS, as Excel writes it in Japan',
    content: Buffer.from([0x6e, 0x2c, 0x96, 0xbc, 0x0a]),
    reason: 'save it as "CSV UTF-8',
  },
  {
    title: 'a character that is cut off',
    content: Buffer.from([0x6e, 0x0a, 0xe6, 0x9d]),
    reason: 'not written in UTF-8',
  },
  { title: 'no header', content: 'ann@example.com,Ann\n', reason: 'and is: ann@example.com,Ann' },
  {
    title: 'a column without a name',
    content: 'email,,name\nann@example.com,,Ann\n',
    reason: 'must name each column once',
  },
  {
    title: 'a column twice',
    content: 'email,name,"email "\na@example.com,Ann,b@example.com\n',
    reason: 'must name each column once',
  },
  {
    title: 'semicolons, as Excel writes them in Europe',
    content: 'email;name\na@example.com;Ann\n',
    reason: 'separated by commas, and is: email;name',
  },
  {
    title: 'UTF-16 without a mark',
    content: Buffer.from('email,name\nann@example.com,Ann\n', 'utf16le'),
    reason: 'save it as "CSV UTF-8',
  },
  {
    title: 'lines that end with CR alone',
    content: 'email,name\rann@example.com,Ann\r',
    reason: 'its lines end with CR alone',
  },
  {
    title: 'a user with a field less',
    content: 'email,name\na@example.com,Ann\nb@example.com\n',
    reason: 'row 3 has 1 field, and its first row names 2 columns.',
  },
  {
    title: 'a field less behind blank lines, and lines in a field that end as on Windows',
    content: 'email,name\r\n\r\na@example.com,"Ann\r\nand\r\nAnnie"\r\nb@example.com\r\n',
    reason: 'row 4 has 1 field,',
  },
  {
    title: 'a quotation mark that is open',
    content: 'email,name\na@example.com,"Ann\nb@example.com,Bob\n',
    reason: 'row 2 has a quotation mark within a field, or one that is never closed.',
  },
  {
    title: 'stray quotation marks in two rows, which are no quotes',
    content: 'email,height\na@example.com,6\'2"\nb@example.com,5\'9"\n',
    reason: 'row 2 has a quotation mark',
  },
  {
    title: 'a stray quotation mark in the header',
    content: 'email,na"me\na@example.com,Ann\n',
    reason: 'row 1 has a quotation mark',
  },
  { title: 'no end of a line', content: 'x'.repeat(200_000), reason: 'row 1 is no CSV (CSV_MAX_RECORD_SIZE)' },
  { title: 'a header alone', content: 'email,name\n', reason: 'it has no users below a header.' },
])('a file is refused before anything is uploaded: $title', async ({ content, reason }) => {
  await expect(checkCsvFile(written(content))).rejects.toThrow(reason);
});

it('a file of any size is read chunk by chunk: the fault in an endless one is found', async () => {
  const endlessFile = function* (): Generator<Buffer> {
    yield Buffer.from('email,name\nann@example.com\n');
    for (;;) yield Buffer.from('ann@example.com,Ann\n');
  };
  jest.spyOn(fs, 'createReadStream').mockReturnValue(Readable.from(endlessFile()) as never);
  await expect(checkCsvFile(written('email,name\n'))).rejects.toThrow('row 2 has 1 field,');
});

it('so is one that is not there, and a folder', async () => {
  await expect(checkCsvFile(join(folder, 'none.csv'))).rejects.toThrow(
    'none.csv cannot be imported: there is no such file.',
  );
  await expect(checkCsvFile(folder)).rejects.toThrow('there is no such file.');
});

it('so is one that may not be read: the reason is said, and not that this program is at fault', async () => {
  const denied = Object.assign(new Error("EACCES: permission denied, open 'users.csv'"), { syscall: 'open' });
  const deniedStream = new Readable({
    read() {
      this.destroy(denied);
    },
  });
  jest.spyOn(fs, 'createReadStream').mockReturnValue(deniedStream as never);
  const path = written('email,name\nann@example.com,Ann\n');
  const error: unknown = await checkCsvFile(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CannotTellError);
  expect(String(error)).toMatch(/users\.csv cannot be imported: it cannot be read \(EACCES: permission denied, open /);
});

it('what does not call itself CSV is refused, and a name that S3 or a terminal cannot show', async () => {
  await expect(checkCsvFile('../../../../../../etc/passwd')).rejects.toThrow('its name does not end in .csv.');
  const users = 'email,name\nann@example.com,Ann\n';
  await expect(checkCsvFile(written(users, 'users\nof may.csv'))).rejects.toThrow(
    /users\\nof may\.csv cannot be imported: its name has a character that nobody sees/,
  );
  expect((await checkCsvFile(written(users, '利用者 5月.CSV'))).recordCount).toBe(1);
});

it('an error shows little of what is in a file, even if lines end with CR alone', async () => {
  const users = Array.from({ length: 3000 }, (_user, index) => `user${index}@example.com,${'N'.repeat(50)}`);
  const path = written(users.join('\r'));
  const message = String(await checkCsvFile(path).catch((error: unknown) => error));
  expect(message).toContain('cannot be imported');
  expect(message.replace(path, '').length).toBeLessThan(150);
  expect(message).not.toContain('user1@');
});
