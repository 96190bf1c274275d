import { Argument, type Command, InvalidArgumentError } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';
import type { Tags } from './image-check';
import { type Result, RESULTS, runDeployReport } from './report';

/** `image-check`: whether an image exists, and can run, before it is deployed. */
export function addImageCheck(program: Command): Command {
  return newCommand(program, 'image-check', "Checks that an environment's registries have images that it can run.", {
    0: 'they do',
    1: 'one is missing, or was built for another processor',
    2: 'could not ask',
  })
    .addArgument(environmentArgument('<environment>'))
    .option('--app <tag>', "tag of the web application's image; empty for none")
    .option('--batch <tag>', "tag of the import's image; empty for none")
    .action((environment: EnvironmentName, tags: Tags, command: Command) => {
      if (!tags.app && !tags.batch) command.error('error: which tag? Give --app, --batch or both.');
      return endWith(async () => {
        const { runImageCheck } = await import('./image-check');
        return runImageCheck(environment, tags);
      });
    });
}

/** `deploy-report`: how a deployment ended. */
export function addDeployReport(program: Command): Command {
  return newCommand(
    program,
    'deploy-report',
    'Tells in Markdown how a deployment ended.',
    { 0: 'reported', 2: 'could not tell' },
    [
      'The folder has what its steps left behind:',
      '  images.txt    what "image-check" printed',
      '  release.txt   what "release-check" printed',
      '  diff.txt      what "npx cdk diff" printed',
      '  outputs.json  what "npx cdk deploy --outputs-file" wrote',
      '  failure.txt   what "npx cdk deploy" printed to stderr',
    ].join('\n'),
  )
    .argument('<stack>', 'the stack, e.g. ProoflinkDev')
    .argument('<directory>', 'the folder')
    .addArgument(new Argument('<result>', 'how the step ended').choices(RESULTS))
    .action((stack: string, directory: string, result: Result) =>
      endWith(() => runDeployReport(stack, directory, result)),
    );
}

/** `newest`: what may be deployed. */
export function addNewest(program: Command): Command {
  return newCommand(
    program,
    'newest',
    "Prints main's newest commit that passed CI, and CI's run.",
    { 0: 'there is one, and it is the given one', 1: 'there is none, or another', 2: 'could not ask' },
    'GITHUB_REPOSITORY is <owner>/<name>; GITHUB_TOKEN must be allowed to read actions and contents.',
  )
    .argument('[commit]', 'fails unless it is this one')
    .action((commit: string | undefined) =>
      endWith(async () => {
        const { runNewest } = await import('./newest');
        return runNewest(commit, process.env);
      }),
    );
}

/** `digest`: whether an assembly is the one that was synthesized. */
export function addDigest(program: Command): Command {
  return newCommand(program, 'digest', "Prints the digest of an assembly's files.", {
    0: 'printed, and it is the given one',
    1: 'it is another',
    2: 'could not tell',
  })
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .argument('[digest]', 'fails unless it is this one')
    .action((assembly: string, digest: string | undefined) =>
      endWith(async () => {
        const { runDigest } = await import('./digest');
        return runDigest(assembly, digest);
      }),
    );
}

/** `placeholder-check`: whether a config was filled in. */
export function addPlaceholderCheck(program: Command): Command {
  return newCommand(program, 'placeholder-check', "Checks that an environment's config has no example values.", {
    0: 'it has none',
    1: 'it has',
    2: 'could not tell',
  })
    .addArgument(environmentArgument('<environment>'))
    .action((environment: EnvironmentName) =>
      endWith(async () => {
        const { runPlaceholderCheck } = await import('./placeholder-check');
        return runPlaceholderCheck(environment);
      }),
    );
}

/** `release-check`: whether what was released runs. */
export function addReleaseCheck(program: Command): Command {
  return newCommand(program, 'release-check', 'Waits until the web service is stable with a healthy target.', {
    0: 'it is, or there is nothing to run yet',
    1: 'it is not, or its migration did not run; says why',
    2: 'could not ask',
  })
    .addArgument(environmentArgument('<environment>'))
    .option('--minutes <minutes>', 'how long to wait', minutes, 15)
    .action((environment: EnvironmentName, options: { minutes: number }) =>
      endWith(async () => {
        const { runReleaseCheck } = await import('./release-check');
        return runReleaseCheck(environment, options.minutes);
      }),
    );
}

function minutes(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('It is a whole number of minutes, at most 999.');
  return Number(text);
}
