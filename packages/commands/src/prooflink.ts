import type { Command } from 'commander';
import { addCommandsForCi } from '@infra/delivery/commands';
import { addCost } from '@infra/cost/commands';
import { addCommandsForPeople } from '@infra/operate/commands';
import { addRehearse } from '@infra/rehearse/commands';
import { words } from './words';
import { newProgram, runAsProcess } from './program';

/** Program with all commands of `npm run prooflink`. The code behind a command is loaded only when it is called. */
export function newProoflinkProgram(): Command {
  const program = newProgram('npm run prooflink --', words.overview.summary);
  program.usage('<command> [arguments]');
  program.commandsGroup(words.overview.forPeople);
  addRehearse(program);
  addCommandsForPeople(program);
  addCost(program);
  program.commandsGroup(words.overview.forCi);
  addCommandsForCi(program);
  return program;
}

// Tests import this file without running the program.
if (require.main === module) void runAsProcess(newProoflinkProgram());
