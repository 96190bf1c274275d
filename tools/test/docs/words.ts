import { FENCE, type Rule } from './documents';

interface Word {
  readonly refused: RegExp;
  readonly instead: string;
}

const ENGLISH: readonly Word[] = [
  { refused: /\b(?:nobody|somebody|everybody)\b/gi, instead: 'name the person or the role' },
  { refused: /\banew\b/gi, instead: 'again' },
  { refused: /\b(?:mends?|mended)\b/gi, instead: 'fix' },
  { refused: /\bhow dear\b/gi, instead: 'the cost' },
];

/** Words for which a Japanese page has another one: two words for one thing read like two things. */
const JAPANESE: readonly Word[] = [
  { refused: /手作業|(?<![相選])手で/g, instead: '手動' },
  { refused: /規則/g, instead: 'ルール' },
  { refused: /ローカルのAWS/g, instead: 'ローカルAWS' },
  { refused: /終了保護|スタックの保護/g, instead: 'スタックの削除保護' },
  { refused: /ガイド(?!ライン)/g, instead: '手順書' },
  { refused: /(?:サーバ|ブラウザ|フォルダ|プロセッサ|ユーザ)(?!ー)/g, instead: 'the word with ー at its end' },
  { refused: /[1-9]つ/g, instead: '一つ, 二つ, …' },
  { refused: /：/g, instead: ':' },
];

/** Code has the words of its program. */
const CODE = /`[^`]*`/g;

const wordsAgree: Rule = ({ file, text }) => {
  const prose = text.replace(FENCE, '').replace(CODE, '');
  const words = file.endsWith('.ja.md') ? JAPANESE : ENGLISH;
  return words.flatMap(({ refused, instead }) =>
    [...prose.matchAll(refused)].map(([word]) => `${word} (instead: ${instead})`),
  );
};

/** Rules: a page has one word for one thing, and none that is read twice. */
export const WORD_RULES = { wordsAgree } satisfies Record<string, Rule>;
