import fs, { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { checkCsvFile } from '../../src/import/check-csv-file';
import { CannotTellError } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { REFUSED_FILES } from './refused-files';

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
    title: 'a quoted header behind that mark',
    content: '\ufeff"email","name"\r\nann@example.com,Ann\r\nbob@example.com,Bob\r\n',
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

it.each(REFUSED_FILES)('a file is refused before anything is uploaded: $title', async ({ content, reason }) => {
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

it('a long record with many quoted fields is read once: its fault is found', async () => {
  const path = written(`email,name\n${'"",'.repeat(33_000)}\n`);
  await expect(checkCsvFile(path)).rejects.toThrow('row 2 has 33,001 fields, and its first row names 2 columns.');
});

it('so is one that is not there, and a folder', async () => {
  await expect(checkCsvFile(join(folder, 'none.csv'))).rejects.toThrow(
    'none.csv cannot be imported: there is no such file.',
  );
  await expect(checkCsvFile(folder)).rejects.toThrow('it is no file.');
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
  expect(String(error)).toMatch(
    /users\.csv cannot be imported: it cannot be read \(EACCES: permission denied, open 'users\.csv'\)\.$/,
  );
});

it('a file that somebody writes while it is read is refused', async () => {
  const path = written('email,name\nann@example.com,Ann\n');
  const grownFile = function* (): Generator<Buffer> {
    yield readFileSync(path);
    appendFileSync(path, 'bob@example.com,Bob\n');
  };
  jest.spyOn(fs, 'createReadStream').mockReturnValue(Readable.from(grownFile()) as never);
  await expect(checkCsvFile(path)).rejects.toThrow('it was changed while it was read.');
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
  const path = written(users.join(end));
  const message = String(await checkCsvFile(path).catch((error: unknown) => error));
  expect(message).toContain('cannot be imported');
  expect(message.replace(path, '').length).toBeLessThan(150);
  expect(message).not.toContain('user1@');
});
