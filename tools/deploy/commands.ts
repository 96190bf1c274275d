import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';
import type { PlanOptions } from './plan';

/** `plan-deployment`: what the workflow Deploy deploys, and where. */
export function addPlanDeployment(program: Command): Command {
  return newCommand(
    program,
    'plan-deployment',
    'Decides what a run of the workflow Deploy deploys.',
    { 0: 'decided; says what, and what waits before it', 1: 'refused; says what to do instead', 2: 'could not ask' },
    'It reads the event from the variables that GitHub sets in a step. GITHUB_TOKEN must be allowed to read actions ' +
      'and contents.',
  )
    .option('--outputs <file>', 'also write commit, environments and tags into the file')
    .option('--environment <name>', 'fails unless the plan has this one')
    .option('--commit <sha>', 'fails unless it is this one')
    .action((options: PlanOptions) => endWith(async () => (await import('./plan')).runPlan(options, process.env)));
}

/** `check-role`: whether a role is of the environment's account. */
export function addCheckRole(program: Command): Command {
  return newCommand(program, 'check-role', "Checks that a role belongs to an environment's account.", {
    0: 'it does',
    1: 'it does not; says whose it is',
    2: 'could not tell',
  })
    .argument('<environment>', 'dev, say, whose config lib/config/dev.ts is')
    .argument('<role>', 'ARN of the role, from a variable of GitHub')
    .action((environment: string, role: string) =>
      endWith(async () => (await import('./check-role')).runCheckRole(environment, role)),
    );
}

/** `digest`: whether an assembly is the one that was synthesized. */
export function addDigest(program: Command): Command {
  return newCommand(program, 'digest', "Prints the digest of an assembly's files.", {
    0: 'printed, and it is the given one',
    1: 'it is another',
    2: 'could not tell',
  })
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .argument('[digest]', 'fails unless it is this one')
    .action((assembly: string, digest: string | undefined) =>
      endWith(async () => (await import('./digest')).runDigest(assembly, digest)),
    );
}
