/** Commander's refusals of a call, which it has in English only, with the Japanese sentence for the same parts. */
const JAPANESE: readonly (readonly [english: RegExp, japanese: string])[] = [
  [/^error: missing required argument '(.*)'$/s, "エラー: 引数 '$1' を指定してください。"],
  [/^error: option '(.*)' argument missing$/s, "エラー: オプション '$1' に値を指定してください。"],
  [/^error: option '(.*)' given more than once$/s, "エラー: オプション '$1' は1回だけ指定できます。"],
  [
    /^error: option '(.*)' cannot be used with option '(.*)'$/s,
    "エラー: オプション '$1' と '$2' は同時に指定できません。",
  ],
  [/^error: unknown option '(.*?)'/s, "エラー: オプション '$1' はありません。"],
  [/^error: unknown command '(.*?)'/s, "エラー: コマンド '$1' はありません。"],
  [/\(Did you mean (?:one of )?(.*)\?\)$/s, '($1 ではありませんか?)'],
  [/^error: too many arguments for '(.*)'\./s, "エラー: '$1' の引数が多すぎます。"],
  [/^error: too many arguments\./, 'エラー: 引数が多すぎます。'],
  [/ Expected (\d+) arguments? but got (\d+)\.$/, '$1個までですが、$2個あります。'],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*?)'\. /s,
    "エラー: 引数 '$2' に '$1' は指定できません。",
  ],
  [/^error: option '(.*?)' argument '(.*)' is invalid\. /s, "エラー: オプション '$1' に '$2' は指定できません。"],
  [/Allowed choices are (.*)\.$/s, '指定できる値: $1'],
];

/** A refusal in Japanese. A message of a command itself, and one that Commander words in another way, stays as it is. */
export function refusalInJapanese(message: string): string {
  return JAPANESE.reduce((text, [english, japanese]) => text.replace(english, japanese), message);
}
