import { wrap } from '../src/wrap';

const arn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:ProoflinkDev-DatabaseConnectionUrl-AbCdEf';

it('breaks a long word after a sign and loses nothing', () => {
  const lines = wrap(arn, 40);
  expect(lines.every((line) => line.length <= 40)).toBe(true);
  expect(lines.join('')).toBe(arn);
  expect(lines[0]).toBe('arn:aws:secretsmanager:ap-northeast-1:');
});

it('breaks after a space before it breaks after a sign, and keeps the lines that there are', () => {
  expect(wrap('two words\nand a line\n\nof a.b.c. and', 10)).toEqual([
    'two words',
    'and a line',
    '',
    'of a.b.c.',
    'and',
  ]);
});

it('leaves no bullet alone above a path that is too long', () => {
  expect(wrap('• Network/Vpc/Subnet', 16)).toEqual(['• Network/Vpc/', 'Subnet']);
});

it('breaks Japanese beside a word in Katakana, and not within it', () => {
  expect(wrap('負荷は、テンプレートからは分かりません。', 18)).toEqual([
    '負荷は、',
    'テンプレートからは',
    '分かりません。',
  ]);
  expect(wrap('アラーム・ダッシュボード', 20)).toEqual(['アラーム・', 'ダッシュボード']);
});

it('breaks within a word in Katakana that is longer than a line', () => {
  expect(wrap('スタックオーバーフロー', 10)).toEqual(['スタックオ', 'ーバーフロ', 'ー']);
});

it('takes its time with no text, however long', () => {
  expect(wrap('-'.repeat(200_000), 80)).toHaveLength(2500);
});
