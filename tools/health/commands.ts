import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { newCommand } from '../shared/program';

const CODES = { 0: 'it is well, or sleeps as it should', 1: 'something is wrong', 2: 'not everything could be asked' };

const COMMANDS = [
  ['status', 'Reports how an environment is.', 'Versions, health, hours, deployments, alarms, imports.'],
  [
    'doctor',
    'Names the first cause why an environment is not well.',
    `Walks from the outside in: domain, load balancer, web
tasks, database, user import, last deployment, costs; says
what fixes it, and what it could not ask. It only reads.`,
  ],
  [
    'first-contact',
    'Asks a deployed environment for what only AWS can prove.',
    `All of doctor's questions, and the rows of docs/proofs.md.
Nothing is changed; docs/read-only-policy.json has the
rights that it needs. What to do where AWS is otherwise:
docs/first-deploy.md.`,
  ],
] as const;

/** Adds `status`, `doctor` and `first-contact`. */
export function addHealth(program: Command): void {
  for (const [name, summary, details] of COMMANDS)
    newCommand(program, name, summary, CODES, details)
      .addArgument(environmentArgument('<environment>'))
      .option('--json', 'print it for a program')
      .action((environment: EnvironmentName, options: { json?: boolean }) =>
        endWith(async () => {
          const { runHealth } = await import('./run');
          return runHealth(environment, name, { ...options, columns: process.stdout.columns });
        }),
      );
}
