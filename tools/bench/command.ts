import { type Command, InvalidArgumentError } from 'commander';
import { newProgram, start, withExitCodes } from '../shared/program';

/** `npm run bench` */
export function benchProgram(): Command {
  const program = newProgram(
    'npm run bench --',
    'Compares the time of "npx cdk synth" of this app with that of the app which "cdk init" generates plus one ' +
      'queue, and shows how it grows with the number of environments.',
  );
  return withExitCodes(program, { 0: 'measured', 1: 'an app could not be made or run', 2: 'no such option' })
    .option('--runs <n>', 'how often each app is measured, 1 to 100', runs, 5)
    .action(async (options: { runs: number }) => {
      const { bench } = await import('./bench');
      process.exitCode = await bench(options.runs);
    });
}

function runs(text: string): number {
  if (/^([1-9]\d?|100)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number from 1 to 100 is needed.');
}

if (require.main === module) void start(benchProgram());
