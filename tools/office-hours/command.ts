import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';
import type { Action } from './run';

/** `start`: an environment outside its office hours. */
export function addStart(program: Command): Command {
  return add(program, 'start', 'Starts an environment outside its office hours.', {
    0: 'it runs, and is healthy',
    1: 'it did not become healthy',
    2: 'could not be started',
  });
}

/** `stop`: an environment within its office hours. */
export function addStop(program: Command): Command {
  return add(program, 'stop', 'Stops an environment within its office hours.', {
    0: 'it sleeps',
    1: 'it did not come to rest',
    2: 'could not be stopped',
  });
}

function add(program: Command, action: Action, summary: string, codes: Record<0 | 1 | 2, string>): Command {
  return newCommand(program, action, summary, codes, 'As its schedules do, in their order; waits until it is done.')
    .addArgument(environmentArgument('<environment>'))
    .action((environment: EnvironmentName) =>
      endWith(async () => (await import('./run')).runOfficeHours(environment, action)),
    );
}
