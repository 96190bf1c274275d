import { type Command, Option } from 'commander';
import { environmentArgument } from '../shared/environment-argument';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';
import type { CostOptions } from './run';

/** `cost`: what the environments cost in a month. */
export function addCost(program: Command): Command {
  return newCommand(
    program,
    'cost',
    'Tells what environments cost in a month.',
    { 0: 'told, or renewed', 1: 'some prices could not be renewed', 2: 'could not tell' },
    'Computed from the templates, from the dated prices in tools/cost/prices.json and from the usage that ' +
      'lib/config/usage.ts assumes. What has no price is listed. No network but for --renew.',
  )
    .addArgument(environmentArgument('[environments...]'))
    .option('--assembly <folder>', 'what "npx cdk synth -o" wrote; synthesized now unless given')
    .addOption(new Option('--json', 'everything, for programs').conflicts(['docs', 'renew']))
    .addOption(new Option('--docs', "writes the READMEs' table and the plots").conflicts('renew'))
    .option('--renew', "renews the prices from AWS's public price list, and adds what is missing")
    .action((environments: string[], options: CostOptions) =>
      endWith(async () => (await import('./run')).runCost(environments, options)),
    );
}
