import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';
import type { CostChanges } from '@infra/change-review';
import type { ReviewOptions } from '@infra/change-review';

/** `review`: what a change does to the environments, for its reviewer, and to their cost, where somebody can tell. */
export function addReview(program: Command, loadCosts?: () => Promise<CostChanges>): Command {
  return newCommand(program, 'review', 'Tells what a reviewer must know of a change.', {
    0: 'nothing at risk, or it was accepted',
    1: 'data at risk',
    2: 'could not tell',
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
    .action((base: string, head: string, options: ReviewOptions) =>
      endWith(async () => {
        const { runDiffReview } = await import('@infra/change-review');
        const terminal = {
          // A file or a pipe has no width, and 80 columns are readable everywhere.
          columns: Math.max(60, Math.min(process.stdout.columns || 80, 160)),
          colour: process.stdout.isTTY && !process.env.NO_COLOR,
        };
        const costs = await loadCosts?.().catch((error: unknown): CostChanges => () => {
          throw error instanceof Error ? error : new Error(String(error));
        });
        return runDiffReview(base, head, options, terminal, costs);
      }),
    );
}

/** `deployed`: an assembly against what is deployed, without secrets. */
export function addDeployed(program: Command): Command {
  return newCommand(
    program,
    'deployed',
    "Fetches what is deployed of an assembly's stacks.",
    { 0: 'fetched, or not deployed yet', 2: 'could not be told' },
    'AWS is asked for DescribeStacks and GetTemplate of CloudFormation only. No secret is in the file. Stacks of another ' +
      'account are left out: that one has a file of its own.',
  )
    .argument('<assembly>', 'folder that "npx cdk synth -o" wrote with the change')
    .argument('<file>', 'where to write it, for "review --deployed"')
    .action((assembly: string, file: string) =>
      endWith(async () => {
        const { runDeployed } = await import('./deployed');
        return runDeployed(assembly, file);
      }),
    );
}
