import { padToWidth, textWidth } from '../src/text-width';
import { wrap } from '../src/wrap';

it.each([
  { text: 'ECS Fargate', width: 11 },
  { text: 'ひらがなカタカナ漢字', width: 20 },
  { text: '「サーバー」。〜Ａ１（）', width: 24 },
  { text: 'ｶﾀｶﾅ', width: 4 },
  { text: '𠮷', width: 2 },
])('a character of full width takes two columns: $text', ({ text, width }) => {
  expect(textWidth(text)).toBe(width);
});

it('pads by columns, not by letters', () => {
  expect(padToWidth('状態', 6)).toBe('状態  ');
});

const SENTENCE =
  'データベース prooflink-dev-db は停止しています。npm run prooflink -- start dev を実行し、起動してからデプロイしてください。';

it.each([20, 80])('Japanese in %i columns fits, loses nothing, and begins no line with punctuation', (columns) => {
  const lines = wrap(SENTENCE, columns);
  expect(lines.filter((line) => textWidth(line) > columns || /^[、。」ー]/.test(line))).toEqual([]);
  expect(lines.join('').replaceAll(' ', '')).toBe(SENTENCE.replaceAll(' ', ''));
});

it('keeps brackets with what is in them', () => {
  expect(wrap('ああああ(いいいい)', 9)).toEqual(['ああああ', '(いいいい)'].flatMap((line) => wrap(line, 9)));
});
