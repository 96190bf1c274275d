import { textOf, UNRESOLVED } from './differences';
import { splitWords } from './property-name';

/** Text by which a command shows that only AWS knows a value: the command cannot run. */
export const UNRESOLVED_TEXT = JSON.stringify(UNRESOLVED);

/** Parameters of an operation as options of the AWS CLI, such as `--vpc-id vpc-1`. A list without items is left out. */
export function optionsOf(parameters: object): string {
  const options: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const text = argumentOf(value);
    if (text !== '') options.push(`--${optionName(name)} ${text}`);
  }
  return options.join(' ');
}

/** `vpc-id` for `VpcId`. */
function optionName(name: string): string {
  return splitWords(name).toLowerCase().replaceAll(' ', '-');
}

/** Text of a value for a shell: quoted unless it is plain. The items of a list of texts are separate arguments. */
function argumentOf(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.map(argumentOf).join(' ');
  }
  const text = textOf(value);
  const isPlain = /^[\w@%+=:,./-]+$/.test(text);
  return isPlain ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
