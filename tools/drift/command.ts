import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `drift`: what somebody changed by hand. */
export function addDrift(program: Command): Command {
  return newCommand(program, 'drift', 'Reports in Markdown what somebody changed by hand.', {
    0: 'no drift',
    1: 'drift',
    2: 'could not tell',
  })
    .argument('<stack>', 'the stack, e.g. ProoflinkDev')
    .option('--app <assembly>', 'folder that "npx cdk synth -o" wrote; unless given, the app is synthesized')
    .action((stack: string, { app }: { app?: string }) =>
      endWith(async () => {
        const outcome = await (await import('./run')).runDrift(stack, app);
        // A terminal shows both streams, and the report says it all; in a log the CLI's own words explain it.
        return process.stdout.isTTY ? { ...outcome, stderr: '' } : outcome;
      }),
    );
}
