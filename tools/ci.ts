import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import type { PlanOptions } from './deploy/plan';
import { addDeployed, addReview } from './review/command';
import { addComment } from './review/comment/command';
import { newCommand } from './shared/program';

/** Commands that workflows call. */
export function addCommandsForCi(program: Command): void {
  addReview(program, async () => (await import('./cost/change')).costChange);
  addDeployed(program);
  addComment(program);

  newCommand(
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
    .action((options: PlanOptions) =>
      endWith(async () => (await import('./deploy/plan')).runPlan(options, process.env)),
    );

  newCommand(program, 'check-role', "Checks that a role belongs to an environment's account.", {
    0: 'it does',
    1: 'it does not; says whose it is',
    2: 'not known',
  })
    .argument('<environment>', 'dev, say, whose config lib/config/dev.ts is')
    .argument('<role>', 'ARN of the role, from a variable of GitHub')
    .action((environment: string, role: string) =>
      endWith(async () => (await import('./deploy/check-role')).runCheckRole(environment, role)),
    );

  newCommand(program, 'digest', "Prints the digest of an assembly's files.", {
    0: 'printed, and it is the given one',
    1: 'it is another',
    2: 'not known',
  })
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .argument('[digest]', 'fails unless it is this one')
    .action((assembly: string, digest: string | undefined) =>
      endWith(async () => (await import('./deploy/digest')).runDigest(assembly, digest)),
    );

  newCommand(
    program,
    'rehearsal-check',
    'Checks that a rehearsal may deploy into the account of the credentials, and destroy there.',
    { 0: 'it may', 1: 'it may not; says why', 2: 'could not ask' },
  )
    .argument('<account>', 'the account that was made for rehearsals')
    .option('--empty', 'fails also if an environment exists there')
    .action((account: string, options: { empty?: boolean }) =>
      endWith(async () => (await import('./rehearsal/check')).runRehearsalCheck(account, options.empty === true)),
    );
}
