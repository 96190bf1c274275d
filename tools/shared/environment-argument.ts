import { Argument, InvalidArgumentError } from 'commander';
import type * as config from '../../lib/config';

export type EnvironmentName = keyof typeof config;

/** An argument that names an environment of `lib/config`, which is loaded only when there is a name to look up. */
export function environmentArgument(usage: '<environment>' | '[environment]'): Argument {
  const unlessGiven = usage.startsWith('[') ? '; the first one unless given' : '';
  return new Argument(usage, `an environment of lib/config${unlessGiven}`).argParser((name) => {
    const environments = Object.keys(require('../../lib/config') as typeof config);
    if (environments.includes(name)) return name;
    throw new InvalidArgumentError(`There are: ${environments.join(', ')}.`);
  });
}
