import { Argument, type Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '../shared/outcome';
import { newCommand } from '../shared/program';
import type { Tags } from './image-check';
import { type Result, RESULTS, runDeployReport } from './report';

/** Whether there is an image with a tag, before it is deployed. */
export function addImageCheck(program: Command): Command {
  return newCommand(program, 'image-check', "Asks an environment's registries whether they have images.", {
    0: 'they have',
    1: 'one has not',
    2: 'could not ask',
  })
    .addArgument(environmentArgument('<environment>'))
    .option('--app <tag>', "the web application's image; not asked for if empty")
    .option('--batch <tag>', "the import's image; not asked for if empty")
    .action((environment: EnvironmentName, tags: Tags, command: Command) => {
      if (!tags.app && !tags.batch) command.error('error: which tag? Give --app, --batch or both.');
      return endWith(() => {
        const { runImageCheck } = require('./image-check') as typeof import('./image-check');
        return runImageCheck(environment, tags);
      });
    });
}

/** How a deployment ended. */
export function addDeployReport(program: Command): Command {
  return newCommand(
    program,
    'deploy-report',
    'Tells in Markdown how a deployment ended.',
    { 0: 'told', 2: 'could not tell' },
    [
      'Its steps left in the folder, as far as they came:',
      '  images.txt    what "image-check" said',
      '  diff.txt      what "npx cdk diff" said',
      '  outputs.json  what "npx cdk deploy --outputs-file" wrote',
      '  failure.txt   what "npx cdk deploy" said on stderr',
    ].join('\n'),
  )
    .argument('<stack>', 'the stack, e.g. ProoflinkDev')
    .argument('<directory>', 'the folder')
    .addArgument(new Argument('<result>', 'how the step ended').choices(RESULTS))
    .action((stack: string, directory: string, result: Result) =>
      endWith(() => runDeployReport(stack, directory, result)),
    );
}
