import { Argument, type Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import type { RoleUser } from './deploy/check-role';
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

  newCommand(
    program,
    'check-role',
    "Checks that a role belongs to a stack's account.",
    { 0: 'it does', 1: 'it does not; says whose it is, and how to set it', 2: 'not known' },
    'The account is the one for which the assembly was synthesized.',
  )
    .addArgument(new Argument('<user>', 'job that assumes the role').choices(['deploy', 'diff', 'drift']))
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .argument('<stack>', 'ProoflinkDev, say')
    .argument('<role>', 'ARN of the role, from a variable of GitHub; it may be empty')
    .action((user: RoleUser, assembly: string, stack: string, role: string) =>
      endWith(async () => (await import('./deploy/check-role')).runCheckRole(user, assembly, stack, role)),
    );

  newCommand(program, 'digest', "Prints the digest of a folder's files.", {
    0: 'printed, and it is the given one',
    1: 'it is another',
    2: 'not known',
  })
    .argument('<folder>', 'what one job left for another')
    .argument('[digest]', 'fails unless it is this one')
    .action((folder: string, digest: string | undefined) =>
      endWith(async () => (await import('./deploy/digest')).runDigest(folder, digest)),
    );

  newCommand(
    program,
    'check-assembly',
    'Checks that an assembly deploys its templates, and nothing else.',
    { 0: 'it does', 2: 'not known; says what is odd' },
    'Reviews compare templates. What else the CDK CLI would upload, run or deploy, or where to, is refused.',
  )
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .option('--renew', 'take the keys of its files for known: they have been reviewed')
    .action((assembly: string, options: { renew?: boolean }) =>
      endWith(async () => (await import('./deploy/check-assembly')).runCheckAssembly(assembly, options.renew === true)),
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
