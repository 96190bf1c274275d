import { words } from './words';

/** A message of Commander with the sentence of this room that has the same parts. */
interface Translation {
  /** Its groups are the parts of the message. */
  readonly pattern: RegExp;
  readonly sentence: (...parts: string[]) => string;
}

/** Names that Commander proposes in the place of an unknown one. */
const ALIKE = String.raw`(?:\n\(Did you mean (?:one of )?(.*)\?\))?`;

/** Messages of Commander by their codes. It has them in English only. */
const TRANSLATIONS: Readonly<Record<string, readonly Translation[]>> = {
  'commander.missingArgument': [
    {
      pattern: /^error: missing required argument '(.*)'$/s,
      sentence: (name = '') => words.refusals.missingArgument({ name }),
    },
  ],
  'commander.optionMissingArgument': [
    {
      pattern: /^error: option '(.*)' argument missing$/s,
      sentence: (option = '') => words.refusals.optionWithoutValue({ option }),
    },
  ],
  'commander.conflictingOption': [
    {
      pattern: /^error: option '(.*)' cannot be used with option '(.*)'$/s,
      sentence: (option = '', other = '') => words.refusals.conflictingOptions({ option, other }),
    },
  ],
  'commander.unknownOption': [
    {
      pattern: new RegExp(`^error: unknown option '(.*?)'${ALIKE}$`, 's'),
      sentence: (option = '', alike = '') => words.refusals.unknownOption({ option, alike }),
    },
  ],
  'commander.unknownCommand': [
    {
      pattern: new RegExp(`^error: unknown command '(.*?)'${ALIKE}$`, 's'),
      sentence: (command = '', alike = '') => words.refusals.unknownCommand({ command, alike }),
    },
  ],
  'commander.excessArguments': [
    {
      pattern: /^error: too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/s,
      sentence: (command = '', expected = '', received = '') =>
        words.refusals.tooManyArguments({ command, expected: Number(expected), received: Number(received) }),
    },
  ],
  'commander.invalidArgument': [
    {
      pattern: /^error: command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*)$/s,
      sentence: (value = '', name = '', advice = '') =>
        words.refusals.invalidArgument({ name, value, advice: translatedAdvice(advice) }),
    },
    {
      pattern: /^error: option '(.*?)' argument '(.*)' is invalid\. (.*)$/s,
      sentence: (option = '', value = '', advice = '') =>
        words.refusals.invalidOption({ option, value, advice: translatedAdvice(advice) }),
    },
  ],
};

/** Commander's advice on choices; other advice is a sentence of a command. */
function translatedAdvice(advice: string): string {
  const [, choices] = /^Allowed choices are (.*)\.$/s.exec(advice) ?? [];
  return choices === undefined ? advice : words.refusals.allowed({ choices });
}

/**
 * Commander's refusal of a call in the words of this room. A message of a command itself, and one that Commander words in
 * another way, stays as it is.
 */
export function translatedRefusal(message: string, code = ''): string {
  for (const { pattern, sentence } of TRANSLATIONS[code] ?? []) {
    const match = pattern.exec(message);
    if (match) return sentence(...match.slice(1));
  }
  return message;
}
