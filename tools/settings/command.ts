import { Argument, type Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `settings`: which secret settings an environment wants, which are missing, and how to set one. */
export function addSettings(program: Command): Command {
  return newCommand(
    program,
    'settings',
    'Tells which secret settings are missing, or sets one.',
    { 0: 'none is missing; it is set', 1: 'some are missing', 2: 'could not tell, or not set' },
    [
      'Which there are stands in lib/config. Values are never shown.',
      '  settings dev',
      '      what is set, and what is missing',
      '  settings dev set SMTP_PASSWORD',
      '      asks for its value, without echo, or reads a pipe',
    ].join('\n'),
  )
    .addArgument(environmentArgument('<environment>'))
    .addArgument(new Argument('[action]', 'set: sets one').choices(['set']))
    .argument('[key]', 'which one to set')
    .action(
      (
        environment: EnvironmentName,
        action: string | undefined,
        key: string | undefined,
        _: object,
        command: Command,
      ) => {
        if (action && !key) command.error('error: which one? Give its name, never its value.');
        return endWith(async () => {
          const { listSettings, setSetting } = await import('./run');
          if (!key) return listSettings(environment);
          const { askValue } = await import('./ask');
          return setSetting(environment, key, () => askValue(key));
        });
      },
    );
}
