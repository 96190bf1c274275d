import { padToWidth, textWidth } from '../src/text-width';
import { wrap } from '../src/wrap';

describe('a character of full width takes two columns', () => {
  it.each([
    { title: 'Latin letters', text: 'ECS Fargate', width: 11 },
    { title: 'Hiragana, Katakana and Han', text: 'ひらがなカタカナ漢字', width: 20 },
    { title: 'punctuation and the sign for a long vowel', text: '「サーバー」。〜', width: 16 },
    { title: 'forms of full width', text: 'Ａ１（）', width: 8 },
    { title: 'Katakana of half width', text: 'ｶﾀｶﾅ', width: 4 },
    { title: 'beyond the first plane', text: '𠮷', width: 2 },
  ])('$title', ({ text, width }) => {
    expect(textWidth(text)).toBe(width);
  });
});

it('pads by columns, not by letters', () => {
  expect(padToWidth('状態', 6)).toBe('状態  ');
  expect(padToWidth('状態', 3)).toBe('状態');
});

const SENTENCE =
  'データベース prooflink-dev-db は停止しています。npm run prooflink -- start dev を実行し、起動してからデプロイしてください。';

describe.each([20, 60, 80])('Japanese in %i columns', (columns) => {
  const lines = wrap(SENTENCE, columns);

  it('fits, and loses nothing', () => {
    expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
    expect(lines.join('').replaceAll(' ', '')).toBe(SENTENCE.replaceAll(' ', ''));
  });

  it('fills each line but the last one into its second half', () => {
    expect(lines.slice(0, -1).filter((line) => textWidth(line) < columns / 2)).toEqual([]);
  });

  it('begins no line with punctuation or a small letter', () => {
    expect(lines.filter((line) => /^[、。」ー]/.test(line))).toEqual([]);
  });
});

it('keeps brackets with what is in them', () => {
  expect(wrap('ああああ(いいいい)', 9)).toEqual(['ああああ', '(いいいい)'].flatMap((line) => wrap(line, 9)));
});
