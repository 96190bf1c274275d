import { textOf } from './differences';

/** Parameters of an operation as options of the AWS CLI, such as `--vpc-id vpc-1`. A list without items is left out. */
export function optionsOf(parameters: object): string {
  const options: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const text = argumentOf(value);
    if (text !== '') options.push(`--${optionName(name)} ${text}`);
  }
  return options.join(' ');
}

/** `vpc-id` for `VpcId`, `web-acl-arn` for `WebACLArn`. */
function optionName(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2');
  return words.toLowerCase();
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
