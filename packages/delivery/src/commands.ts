import { type Command, Option } from 'commander';
import type { CostChanges, ReviewOptions } from '@infra/change-review';
import { endWithOutcome } from '@infra/common/outcome';
import { addCommand } from '@infra/commands/program';

/** Audience of the commands: the overview has a list for each. */
export const audience = 'ci';

/** Adds the commands that GitHub's workflows call. Each one imports its code when it runs, so that the program starts fast. */
export function addCommands(program: Command): void {
  addReview(program, async () => (await import('@infra/cost/cost-change')).costChange);
  addComment(program);
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
      0: 'none of these, or accepted',
      1: 'data lost or less protected',
      2: 'not known, or the accepted findings are out of date',
      3: 'the deployment would fail',
      4: 'something would be left behind',
    },
  })
    .argument('<base>', 'folder that "npx cdk synth -o" wrote without the change')
    .argument('<head>', 'folder that it wrote with the change')
    .option('--markdown', 'a comment for a pull request instead of tables')
    .option('--json', 'for programs')
    .option('--config-diff <file>', 'also show what "git diff <base>...<head> -- lib/config" wrote into the file')
    .addOption(
      new Option('--accept <verdicts...>', 'accept them: say so, and succeed').choices(['lost', 'fails', 'left']),
    )
    .option('--accepted-findings <files...>', 'lists of accepted findings: what all of them have is accepted')
    .option('--stack <name>', 'only this stack, before its deployment')
    .option('--lose <names>', 'accept all verdicts if they are about exactly these')
    .action((base: string, head: string, options: ReviewOptions) =>
      endWithOutcome(async () => {
        const { runReview } = await import('./review/review');
        return runReview(base, head, options, loadCosts);
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
    exitCodes: {
      0: 'written, or nothing to comment on any more',
      1: 'written, but not with every changed pipeline file',
      2: 'could not be written',
    },
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
