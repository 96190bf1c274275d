import { Argument, type Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '../shared/outcome';
import { newCommand } from '../shared/program';
import type { Tags } from './image-check';
import { type Result, RESULTS, runDeployReport } from './report';

/** `image-check`: whether an image exists before it is deployed. */
export function addImageCheck(program: Command): Command {
  return newCommand(program, 'image-check', "Checks that an environment's registries have images.", {
    0: 'they do',
    1: 'one of them does not',
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
