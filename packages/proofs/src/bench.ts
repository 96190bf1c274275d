import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { endWithOutcome, outcomeOf } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { addExitCodesHelp, newProgram, runAsProcess } from '@infra/commands/program';
import { makeCdkInitApp, makeLargerApp, appOfRepository, OWN_ENVIRONMENT_COUNT } from './bench-apps';
import { renderBenchTables } from './bench-tables';
import { SynthTimes } from './synth-times';

/** Numbers of environments with which this app is measured, besides its own number. */
const LARGER_ENVIRONMENT_COUNTS = [10, 50];

/** The program `npm run bench`. */
export function benchProgram(): Command {
  const program = newProgram(
    'npm run bench --',
    'Compares the time of "npx cdk synth" of this app with that of the app which "cdk init" generates plus one ' +
      'queue, and shows how it grows with the number of environments.',
  );
  return addExitCodesHelp(program, { 0: 'measured', 1: 'an app could not be made or run', 2: 'no such option' })
    .option('--runs <n>', 'how often each app is measured, 1 to 100', parseRuns, 5)
    .action(async ({ runs }: { runs: number }) => {
      const outcome = await outcomeOf(() => ({ exitCode: 0, stdout: bench(runs), stderr: '' }));
      // In this program, 2 is for a wrong option, or a wrong value of one, and a failure ends with 1.
      const exitCode = outcome.exitCode === 0 ? 0 : 1;
      await endWithOutcome(() => ({ ...outcome, exitCode }));
    });
}

function parseRuns(text: string): number {
  const isFrom1To100 = /^([1-9]\d?|100)$/.test(text);
  if (!isFrom1To100) throw new InvalidArgumentError('A whole number from 1 to 100 is needed.');
  return Number(text);
}

/** Measures the app of `cdk init`, this app, and this app with more environments. Returns two tables. */
function bench(runs: number): string {
  const folder = makeTemporaryFolder('prooflink-bench-');
  console.error('making the app of `cdk init` plus one queue');
  const cdkInitApp = makeCdkInitApp(folder);
  const ownApp = appOfRepository();
  const largerApps = LARGER_ENVIRONMENT_COUNTS.map((environmentCount) => ({
    environmentCount,
    app: makeLargerApp(environmentCount, folder),
  }));
  const times = new SynthTimes({
    apps: [cdkInitApp, ownApp, ...largerApps.map(({ app }) => app)],
    rounds: runs,
    outputFolder: join(folder, 'out'),
  });
  return renderBenchTables({
    cdkInitSeconds: times.medianOf(cdkInitApp),
    ownSeconds: times.medianOf(ownApp),
    ownEnvironmentCount: OWN_ENVIRONMENT_COUNT,
    largerApps: largerApps.map(({ environmentCount, app }) => ({ environmentCount, seconds: times.medianOf(app) })),
  });
}

if (require.main === module) void runAsProcess(benchProgram());
