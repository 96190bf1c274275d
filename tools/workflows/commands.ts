import { Argument, type Command } from 'commander';
import type { CostChanges, ReviewOptions } from '@infra/change-review';
import { endWithOutcome } from '@infra/common/outcome';
import { addCommand } from '../program/program';
import type { RoleUser } from './deploy/check-role';
import type { PlanOptions } from './deploy/plan';

/** Adds the commands that GitHub's workflows call. Each one imports its code when it runs, so that the program starts fast. */
export function addCommandsForCi(program: Command): void {
  addReview(program, async () => (await import('../cost/cost-change')).costChange);
  addDeployed(program);
  addComment(program);
  addPlanDeployment(program);
  addCheckRole(program);
  addDigest(program);
  addCheckAssembly(program);
}

/**
 * Adds the command `review`.
 *
 * @param loadCosts - Loads the function that computes the cost of a change; without it, the review shows no costs.
 */
export function addReview(program: Command, loadCosts?: () => Promise<CostChanges>): Command {
  return addCommand(program, {
    name: 'review',
    summary: 'Reports what a reviewer must know of a change.',
    exitCodes: {
      0: 'nothing at risk, or it was accepted',
      1: 'data at risk',
      2: 'not known',
    },
  })
    .argument('<base>', 'folder that "npx cdk synth -o" wrote without the change')
    .argument('<head>', 'folder that it wrote with the change')
    .option('--markdown', 'a comment for a pull request instead of tables')
    .option('--config-diff <file>', 'also show what "git diff <base>...<head> -- lib/config" wrote into the file')
    .option(
      '--deployed <path>',
      'also compare with what is deployed, which "deployed" wrote into the file, or into those of the folder',
    )
    .option('--allow-destructive', 'data at risk is accepted: say so, and succeed')
    .option('--stack <name>', 'only this stack, before its deployment: data at risk is for whoever approves it')
    .action((base: string, head: string, options: ReviewOptions) =>
      endWithOutcome(async () => {
        const { runReview } = await import('./review/review');
        return runReview(base, head, options, loadCosts);
      }),
    );
}

function addDeployed(program: Command): void {
  addCommand(program, {
    name: 'deployed',
    summary: "Fetches what is deployed of an assembly's stacks.",
    details:
      'AWS is asked for DescribeStacks and GetTemplate of CloudFormation only. No secret is in the file. Stacks of another ' +
      'account are left out: that one has a file of its own.',
    exitCodes: { 0: 'fetched, or not deployed yet', 2: 'not known' },
  })
    .argument('<assembly>', 'folder that "npx cdk synth -o" wrote with the change')
    .argument('<file>', 'where to write it, for "review --deployed"')
    .option('--stack <name>', 'only this stack')
    .action((assemblyFolder: string, file: string, { stack }: { stack?: string }) =>
      endWithOutcome(async () => {
        const { runDeployed } = await import('./review/deployed');
        return runDeployed(assemblyFolder, file, stack);
      }),
    );
}

function addComment(program: Command): void {
  addCommand(program, {
    name: 'comment',
    summary: 'Writes a review as the one comment of a pull request.',
    details:
      'If the file is missing, the comment says that the review could not be made. ' +
      'GITHUB_REPOSITORY is <owner>/<name>; GITHUB_TOKEN must be allowed to read actions and to write pull requests.',
    exitCodes: { 0: 'written, or nothing to comment on any more', 2: 'could not be written' },
  })
    .argument('<run>', "number in the address of the workflow's run")
    .argument('<file>', 'what "review --markdown" wrote')
    .action((runId: string, file: string) =>
      endWithOutcome(async () => {
        const { runDiffComment } = await import('./comment/comment');
        return runDiffComment(runId, file, process.env);
      }),
    );
}

function addPlanDeployment(program: Command): void {
  addCommand(program, {
    name: 'plan-deployment',
    summary: 'Decides what a run of the workflow Deploy deploys.',
    details:
      'It reads the event from the variables that GitHub sets in a step. GITHUB_TOKEN must be allowed to read actions ' +
      'and contents.',
    exitCodes: {
      0: 'decided; says what, and what waits before it',
      1: 'refused; says what to do instead',
      2: 'could not ask',
    },
  })
    .option('--outputs <file>', 'also write commit, environments and tags into the file')
    .option('--environment <name>', 'fails unless the plan has this one')
    .option('--commit <sha>', 'fails unless it is this one')
    .action((options: PlanOptions) =>
      endWithOutcome(async () => {
        const { runPlan } = await import('./deploy/plan');
        return runPlan(options, process.env);
      }),
    );
}

function addCheckRole(program: Command): void {
  addCommand(program, {
    name: 'check-role',
    summary: "Checks that a role belongs to a stack's account.",
    details: 'The account is the one for which the assembly was synthesized.',
    exitCodes: { 0: 'it does', 1: 'it does not; says whose it is, and how to set it', 2: 'not known' },
  })
    .addArgument(new Argument('<user>', 'job that assumes the role').choices(['deploy', 'diff', 'drift']))
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .argument('<stack>', 'ProoflinkDev, say')
    .argument('<role>', 'ARN of the role, from a variable of GitHub; it may be empty')
    .action((user: RoleUser, assemblyFolder: string, stackName: string, role: string) =>
      endWithOutcome(async () => {
        const { runCheckRole } = await import('./deploy/check-role');
        return runCheckRole({ user, assemblyFolder, stackName, role });
      }),
    );
}

function addDigest(program: Command): void {
  addCommand(program, {
    name: 'digest',
    summary: "Prints the digest of a folder's files.",
    exitCodes: {
      0: 'printed, and it is the given one',
      1: 'it is another',
      2: 'not known',
    },
  })
    .argument('<folder>', 'what one job left for another')
    .argument('[digest]', 'fails unless it is this one')
    .action((folder: string, expectedDigest: string | undefined) =>
      endWithOutcome(async () => {
        const { runDigest } = await import('./deploy/digest');
        return runDigest(folder, expectedDigest);
      }),
    );
}

function addCheckAssembly(program: Command): void {
  addCommand(program, {
    name: 'check-assembly',
    summary: 'Checks that an assembly deploys its templates, and nothing else.',
    details: 'Reviews compare templates. What else the CDK CLI would upload, run or deploy, or where to, is refused.',
    exitCodes: { 0: 'it does', 2: 'not known; says what is odd' },
  })
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .option('--renew', 'take the keys of its files for known: they have been reviewed')
    .action((assemblyFolder: string, options: { renew?: boolean }) =>
      endWithOutcome(async () => {
        const { runCheckAssembly } = await import('./deploy/check-assembly');
        return runCheckAssembly(assemblyFolder, options);
      }),
    );
}
