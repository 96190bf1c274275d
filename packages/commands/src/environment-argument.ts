import { Argument, InvalidArgumentError } from 'commander';
import type * as app from './app';
import { addedEnvironments } from './added-environments';
import { words } from './words';

/** Name of an environment of `lib/config`, or of one that a command added: `environmentArgument` refuses other ones. */
export type EnvironmentName = string;

/** Ways in which a command's usage names environments, in Commander's notation: required, optional, any number. */
type Usage = '<environment>' | '[environment]' | '[environments...]';

const DESCRIPTIONS: Readonly<Record<Usage, string>> = {
  '<environment>': words.environments.one,
  '[environment]': words.environments.oneOrFirst,
  '[environments...]': words.environments.several,
};

/** An argument of a command that names environments. Names of no environment are refused. */
export function environmentArgument(usage: Usage): Argument {
  const argument = new Argument(usage, DESCRIPTIONS[usage]);
  const takesSeveral = usage === '[environments...]';
  return takesSeveral ? argument.argParser(appendName) : argument.argParser(checkName);
}

function checkName(name: string): string {
  if (addedEnvironments.has(name)) return name;
  // Loaded only here, so that a call without a name, such as --help, does not wait for the config.
  const { environments } = require('./app') as typeof app;
  const names = Object.keys(environments);
  if (names.includes(name)) return name;
  throw new InvalidArgumentError(words.environments.known({ names }));
}

/**
 * Parser of an argument that takes several names. Commander calls it once for each name.
 * @param previousNames - Result of the previous call; anything but an array at the first one.
 */
function appendName(name: string, previousNames: unknown): string[] {
  const names = Array.isArray(previousNames) ? (previousNames as string[]) : [];
  return [...names, checkName(name)];
}
