import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { failure } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `import`: the users of a CSV file. */
export function addImport(program: Command): Command {
  return newCommand(
    program,
    'import',
    'Imports the users of a CSV file, and waits for the end.',
    { 0: 'imported', 1: "not imported; the code is the job's own", 2: 'not begun, or not followed; says why' },
    [
      'Checks the file, uploads it under a key of its own, submits',
      'the job, and shows its states and its log. Ctrl-C leaves the',
      'job to itself, and says how to follow it on, or that none',
      'has begun.',
    ].join('\n'),
  )
    .addArgument(environmentArgument('<environment>'))
    .argument('[file]', 'a CSV file (*.csv) in UTF-8; its first line names the columns')
    .option('--job <id>', 'follow this job on, instead of beginning one')
    .action(async (environment: EnvironmentName, file: string | undefined, { job }: { job?: string }, it: Command) => {
      if ((file === undefined) === (job === undefined)) it.error('error: which file? Give one, or --job.');
      const { runImport } = await import('./run');
      try {
        process.exitCode = await runImport(environment, job === undefined ? { file: file ?? '' } : { job });
      } catch (error) {
        const { exitCode, stderr } = failure(error);
        process.stderr.write(stderr);
        process.exitCode = exitCode;
      }
    });
}
