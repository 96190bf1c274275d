import type { Command } from 'commander';
import { endWithOutcome } from '@infra/common/outcome';
import { environmentArgument, type EnvironmentName } from '@infra/commands/environment-argument';
import { addCommand } from '@infra/commands/program';
import { words } from './help/words';

/** Audience of the commands: the overview has a list for each. */
export const audience = 'people';

/** Adds the commands that read how a deployed environment is, and `revert-drift`. */
export function addCommands(program: Command): void {
  addHealth(program);
  addDrift(program);
  addRevertDrift(program);
}

/** Commands that report how an environment is. Each one also asks the questions of the command above it. */
const HEALTH_COMMANDS = [
  { name: 'status', ...words.status },
  { name: 'doctor', ...words.doctor },
] as const;

/** Adds `status` and `doctor`. */
function addHealth(program: Command): void {
  for (const { name, summary, details } of HEALTH_COMMANDS) {
    addCommand(program, {
      name,
      summary,
      details,
      exitCodes: words.health.exitCodes,
    })
      .addArgument(environmentArgument('<environment>'))
      .option('--json', words.forPrograms)
      .action(async (environmentName: EnvironmentName, options: { json?: boolean }) => {
        await endWithOutcome(async () => {
          const { runHealth } = await import('./health/health');
          const onCompared = process.stderr.isTTY ? showComparison : undefined;
          return await runHealth(environmentName, name, { ...options, columns: process.stdout.columns, onCompared });
        });
      });
  }
}

/** Writes the progress over the line before it, and removes it after the last comparison. */
function showComparison(comparedCount: number, resourceCount: number): void {
  const line = comparedCount < resourceCount ? words.health.comparing({ comparedCount, resourceCount }) : '';
  process.stderr.write(`\r${line}\u001b[K`);
}

function addDrift(program: Command): void {
  addCommand(program, { name: 'drift', ...words.drift })
    .argument('<stack>', words.drift.stack)
    .action(async (stackName: string) => {
      await endWithOutcome(async () => {
        const { runDrift } = await import('./drift/drift');
        const outcome = await runDrift(stackName);
        // The report on stdout has the errors, too. A terminal, which shows both streams, would show them twice.
        return process.stdout.isTTY ? { ...outcome, stderr: '' } : outcome;
      });
    });
}

function addRevertDrift(program: Command): void {
  addCommand(program, { name: 'revert-drift', ...words.revertDrift })
    .addArgument(environmentArgument('<environment>'))
    .option('--only <path...>', words.revertDrift.only)
    .option('--yes', words.revertDrift.yes)
    .action(async (environmentName: EnvironmentName, options: { only?: string[]; yes?: boolean }) => {
      await endWithOutcome(async () => {
        const { runRevertDrift } = await import('./revert-drift/revert-drift');
        return await runRevertDrift(environmentName, options);
      });
    });
}
