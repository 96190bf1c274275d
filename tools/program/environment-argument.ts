import { Argument, InvalidArgumentError } from 'commander';
import type * as config from '../../lib/config';

export type EnvironmentName = keyof typeof config;

/** Ways in which a command's usage names environments. */
type Usage = '<environment>' | '[environment]' | '[environments...]';

const DESCRIPTIONS: Readonly<Record<Usage, string>> = {
  '<environment>': 'an environment of lib/config',
  '[environment]': 'an environment of lib/config; the first one unless given',
  '[environments...]': 'environments of lib/config; all of them unless given',
};

/** An argument that names environments of `lib/config`, which is loaded only when there is a name to look up. */
export function environmentArgument(usage: Usage): Argument {
  const argument = new Argument(usage, DESCRIPTIONS[usage]);
  return usage === '[environments...]' ? argument.argParser(addName) : argument.argParser(checkName);
}

function checkName(name: string): string {
  const environments = require('../../lib/config') as typeof config;
  const names = Object.keys(environments);
  if (names.includes(name)) return name;
  throw new InvalidArgumentError(`There are: ${names.join(', ')}.`);
}

/** Commander passes what the parser returned for the argument before. */
function addName(name: string, previousNames: unknown): string[] {
  const names = Array.isArray(previousNames) ? (previousNames as string[]) : [];
  return [...names, checkName(name)];
}
