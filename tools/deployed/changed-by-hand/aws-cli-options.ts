import { textOf, UNRESOLVED } from './differences';
import { splitWords } from './property-name';

/** Text in a command for a value that only AWS knows. */
export const UNRESOLVED_TEXT = JSON.stringify(UNRESOLVED);

/** Parameters of an operation as options of the AWS CLI, `--vpc-id vpc-1`; lists without items are left out. */
export function optionsOf(parameters: object): string {
  const options: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const text = argumentOf(value);
    if (text !== '') options.push(`--${optionName(name)} ${text}`);
  }
  return options.join(' ');
}

function optionName(name: string): string {
  return splitWords(name).toLowerCase().replaceAll(' ', '-');
}

/** Plain texts as they are, anything else in the single quotes of a shell. */
function argumentOf(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.map(argumentOf).join(' ');
  }
  const text = textOf(value);
  const isPlain = /^[\w@%+=:,./-]+$/.test(text);
  return isPlain ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
