import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { type ExitCodes, newCommand } from '../shared/program';

const CODES = { 0: 'it is well, or sleeps as it should', 1: 'something is wrong', 2: 'not everything could be asked' };

/** `status`: how an environment is. */
export const addStatus = (program: Command) =>
  add(program, 'status', 'Tells how an environment is.', CODES, [
    'Versions, health, hours, deployments, alarms, imports.',
  ]);

/** `doctor`: why an environment is not well. */
export const addDoctor = (program: Command) =>
  add(program, 'doctor', 'Names the first cause why an environment is not well.', CODES, [
    'Walks from the outside in: domain, load balancer, web',
    'tasks, database, user import, last deployment, costs; says',
    'what fixes it, and what it could not ask. It only reads.',
  ]);

/** `first-contact`: all questions, also those that only AWS answers. */
export const addFirstContact = (program: Command) =>
  add(program, 'first-contact', 'Asks a deployed environment for what only AWS can prove.', CODES, [
    "All of doctor's questions, and the rows of docs/proofs.md.",
    'Nothing is changed; docs/read-only-policy.json has the',
    'rights that it needs. What to do where AWS is otherwise:',
    'docs/first-deploy.md.',
  ]);

function add(
  program: Command,
  name: 'status' | 'doctor' | 'first-contact',
  summary: string,
  codes: ExitCodes,
  details: readonly string[],
): Command {
  return newCommand(program, name, summary, codes, details.join('\n'))
    .addArgument(environmentArgument('<environment>'))
    .option('--json', 'print it for a program')
    .action((environment: EnvironmentName, options: { json?: boolean }) =>
      endWith(async () => {
        const { runHealth } = await import('./run');
        return runHealth(environment, name, { ...options, columns: process.stdout.columns });
      }),
    );
}
