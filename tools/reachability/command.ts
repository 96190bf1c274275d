import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `reachability`: who reaches whom over the network. */
export function addReachability(program: Command): Command {
  return newCommand(program, 'reachability', 'Shows who reaches whom over the network.', {
    0: 'only what must be reached is reached',
    1: 'more is reached, or less',
    2: 'could not tell',
  })
    .argument('[assembly]', 'folder that "npx cdk synth" wrote', 'cdk.out')
    .action((assembly: string) => endWith(async () => (await import('./reachability')).runReachability(assembly)));
}
