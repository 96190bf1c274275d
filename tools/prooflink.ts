import type { Command } from 'commander';
import { addCommandsForCi } from './workflows/commands';
import { addCommandsForPeople } from './operate/commands';
import { newProgram, runAsProcess } from './program/program';

/** Program with all commands of `npm run prooflink`. The code behind a command is loaded only when it is called. */
export function newProoflinkProgram(): Command {
  const program = newProgram('npm run prooflink --', 'Commands for operating the environments, and for CI.');
  program.usage('<command> [arguments]');
  program.commandsGroup('For people, in the order of use:');
  addCommandsForPeople(program);
  program.commandsGroup('For CI:');
  addCommandsForCi(program);
  return program;
}

// Tests import this file without running the program.
if (require.main === module) void runAsProcess(newProoflinkProgram());
