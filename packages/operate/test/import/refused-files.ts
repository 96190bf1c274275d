/** Contents of files that cannot be imported, and the reason that the refusal gives. */
export const REFUSED_FILES = [
  { title: 'nothing in it', content: '', reason: 'it is empty.' },
  { title: 'a mark alone', content: '\ufeff', reason: 'it is empty.' },
  { title: 'blank lines', content: '\n\n', reason: 'it is empty.' },
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
  { title: 'no header', content: 'ann@example.com,Ann\n', reason: 'reads like a user: ann@example.com,Ann' },
  {
    title: 'a column without a name',
    content: 'email,,name\nann@example.com,,Ann\n',
    reason: 'must name every column',
  },
  {
    title: 'a column twice',
    content: 'email,name,"email "\na@example.com,Ann,b@example.com\n',
    reason: 'its first row names the column email more than once.',
  },
  {
    title: 'accounts of Unix under another name',
    content: 'root:x:0:0:root:/root\nann:x:1:1::/\n',
    reason: 'not separated by commas: root:x:0:0',
  },
  {
    title: 'semicolons, as Excel writes them in Europe',
    content: 'email;name\na@example.com;Ann\n',
    reason: 'not separated by commas: email;name',
  },
  {
    title: 'UTF-16 without a mark',
    content: Buffer.from('email,name\nann@example.com,Ann\n', 'utf16le'),
    reason: 'save it as "CSV UTF-8',
  },
  {
    title: 'UTF-16 with a mark',
    content: Buffer.from('\ufeffemail,name\nann@example.com,Ann\n', 'utf16le'),
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
    title: 'a field more',
    content: 'email,name\na@example.com,Ann,\n',
    reason: 'row 2 has 3 fields, and its first row names 2 columns.',
  },
  { title: 'a line of spaces', content: 'email,name\na@example.com,Ann\n  \n', reason: 'row 3 has 1 field,' },
  {
    title: 'a quotation mark that is open',
    content: 'email,name\na@example.com,"Ann\nb@example.com,Bob\n',
    reason: 'row 2 opens a quotation mark that is never closed.',
  },
  {
    title: 'stray quotation marks in two rows, which are no quotes',
    content: 'email,height\na@example.com,6\'2"\nb@example.com,5\'9"\n',
    reason: 'row 2 has a quotation mark within a field.',
  },
  {
    title: 'text behind a quoted field',
    content: 'email,name\na@example.com,"Ann" Smith\n',
    reason: 'row 2 has a quotation mark within a field.',
  },
  {
    title: 'a stray quotation mark in the header',
    content: 'email,na"me\na@example.com,Ann\n',
    reason: 'row 1 has a quotation mark within a field.',
  },
  { title: 'no end of a line', content: 'x'.repeat(200_000), reason: 'row 1 has no end' },
  { title: 'a header alone', content: 'email,name\n', reason: 'it has a header and no users.' },
] as const;
