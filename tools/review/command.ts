import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';
import type { CostChanges, ReviewOptions } from '@infra/change-review';

/** `review`: reports what a change does to the environments, and to their cost if prices are known. */
export function addReview(program: Command, loadCosts?: () => Promise<CostChanges>): Command {
  return newCommand(program, 'review', 'Reports what a reviewer must know of a change.', {
    0: 'nothing at risk, or it was accepted',
    1: 'data at risk',
    2: 'not known',
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
      endWith(async () => {
        const { runDiffReview } = await import('@infra/change-review');
        const terminal = {
          // A file or a pipe has no width, and 80 columns are readable everywhere.
          columns: Math.max(60, Math.min(process.stdout.columns || 80, 160)),
          colour: process.stdout.isTTY && !process.env.NO_COLOR,
        };
        // Costs load lib/config, whose code must not run where it is judged; a deployment's costs were shown before.
        const costs = await (options.stack === undefined ? loadCosts?.() : undefined)?.catch(
          (error: unknown): CostChanges =>
            () => {
              throw error instanceof Error ? error : new Error(String(error));
            },
        );
        const { reviewLanguage } = await import('./language');
        const language = reviewLanguage();
        const page = levelsPage(language, process.env);
        return runDiffReview(base, head, { ...options, language, levelsPage: page }, terminal, costs);
      }),
    );
}

/** Page that explains the levels: on GitHub in a workflow, else in this repository. */
function levelsPage(language: 'en' | 'ja', env: NodeJS.ProcessEnv): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  const page = language === 'ja' ? 'docs/delivery.ja.md#レビューのレベル' : 'docs/delivery.md#the-levels-of-the-review';
  return server === undefined || repository === undefined
    ? page
    : encodeURI(`${server}/${repository}/blob/main/${page}`);
}

/** `deployed`: an assembly against what is deployed, without secrets. */
export function addDeployed(program: Command): Command {
  return newCommand(
    program,
    'deployed',
    "Fetches what is deployed of an assembly's stacks.",
    { 0: 'fetched, or not deployed yet', 2: 'not known' },
    'AWS is asked for DescribeStacks and GetTemplate of CloudFormation only. No secret is in the file. Stacks of another ' +
      'account are left out: that one has a file of its own.',
  )
    .argument('<assembly>', 'folder that "npx cdk synth -o" wrote with the change')
    .argument('<file>', 'where to write it, for "review --deployed"')
    .option('--stack <name>', 'only this stack')
    .action((assembly: string, file: string, { stack }: { stack?: string }) =>
      endWith(async () => {
        const { runDeployed } = await import('./deployed');
        return runDeployed(assembly, file, stack);
      }),
    );
}
