import { Argument, InvalidArgumentError } from 'commander';
import type * as config from '../../lib/config';

export type EnvironmentName = keyof typeof config;

const UNLESS_GIVEN = {
  '<environment>': '',
  '[environment]': '; the first one unless given',
  '[environments...]': '; all of them unless given',
};

/** An argument that names environments of `lib/config`, which is loaded only when there is a name to look up. */
export function environmentArgument(usage: keyof typeof UNLESS_GIVEN): Argument {
  const [kind, several] = usage === '[environments...]' ? ['environments', true] : ['an environment', false];
  return new Argument(usage, `${kind} of lib/config${UNLESS_GIVEN[usage]}`).argParser<string | readonly string[]>(
    (name, before: unknown) => {
      const environments = Object.keys(require('../../lib/config') as typeof config);
      if (environments.includes(name))
        return several ? [...(Array.isArray(before) ? (before as string[]) : []), name] : name;
      throw new InvalidArgumentError(`There are: ${environments.join(', ')}.`);
    },
  );
}
