import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { newCommand } from '../shared/program';

export interface ReleaseOptions {
  /** The tags to release; one that is empty or missing stays as it is. */
  readonly app?: string;
  readonly batch?: string;
  /** True if the migration runs; `undefined`: unless the image is older than the running one. */
  readonly migration?: boolean;
  /** The cloud assembly to deploy; synthesized unless given. */
  readonly assembly?: string;
  readonly json?: boolean;
  /** Accept values of the config that are only examples. */
  readonly examples?: boolean;
}

/** `release`: from a tag, or a change of the infrastructure, to a healthy version. */
export function addRelease(program: Command): Command {
  return newCommand(
    program,
    'release',
    'Checks, migrates, deploys, and waits until it serves.',
    {
      0: 'it serves',
      1: 'it does not; says what serves instead',
      2: 'refused, and nothing was touched',
      3: 'begun, and the outcome is not known',
    },
    'Without a tag it deploys the infrastructure only. The summary goes to stdout, progress to stderr.',
  )
    .addArgument(environmentArgument('<environment>'))
    .option('--app <tag>', "tag of the web application's image")
    .option('--batch <tag>', "tag of the import's image")
    .option('--migration', 'migrate, although the image was pushed before the running one')
    .option('--no-migration', 'do not migrate')
    .option('--assembly <folder>', 'deploy this cloud assembly; it is synthesized unless given')
    .option('--json', 'the summary as JSON')
    .option('--examples', "accept the config's example values, for a local AWS")
    .action((environment: EnvironmentName, options: ReleaseOptions) =>
      endWith(async () => (await import('./run')).runRelease(environment, options)),
    );
}
