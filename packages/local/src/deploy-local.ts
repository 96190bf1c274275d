import { styleText } from 'node:util';
import { atExit } from '@infra/common/at-exit';
import { adviceOnFilesOfKilledRuns } from '@infra/local-aws';
import { environments } from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { runSteps, showCursor } from '@infra/commands/steps';
import { checkPrograms } from './check-programs';
import { failureText } from './failed-start';
import { words } from './words';
import { LocalEnvironment } from './local-environment';
import type { DeployLocalOptions } from './options';
import { runOwnApplication } from './session';
import { readLocalSettings } from './settings';
import { usageText } from './usage';
import { wrapToTerminal } from './wrap-to-terminal';
import { configOf } from '@infra/commands/environment-config';

/**
 * Deploys an environment to a local AWS, where the sample application or the user's own one runs. Returns the exit code: 0
 * if the application serves, otherwise 1.
 *
 * @param requestedName - `undefined`: the first environment of `lib/config`.
 * @throws CannotTellError if a folder, command or file of the options cannot be used.
 */
export async function deployLocal(
  requestedName: EnvironmentName | undefined,
  options: DeployLocalOptions,
): Promise<0 | 1> {
  const environmentName = requestedName ?? firstEnvironmentName();
  checkPrograms(environmentName, options, configOf(environmentName));
  const settings = readLocalSettings(environmentName, options);
  if (settings.notices.length > 0) {
    console.log(`${wrapToTerminal(settings.notices.join('\n')).join('\n')}\n`);
  }
  const local = new LocalEnvironment(environmentName, options, settings);
  // The progress of the steps hides the cursor, and a signal may end this process meanwhile.
  atExit(showCursor);
  const adviceOnOldFiles = adviceOnFilesOfKilledRuns();
  if (adviceOnOldFiles) console.error(adviceOnOldFiles);

  const isDeployed = await deployStack(local);
  if (!isDeployed) return 1;

  const isSample = options.app === undefined;
  const serves = isSample
    ? await startSampleApplication(local, options)
    : await runOwnApplication(local, options, process.stdin);
  if (options.keep) {
    leaveRunning(local, options, serves);
  } else {
    await local.stop();
    // The user's own application has served until a key ended it; the sample was only started.
    if (serves && isSample) explainKeep(environmentName);
  }
  return serves ? 0 : 1;
}

/** Says which resources are not really there, and which properties have no effect. */
function warnOfUnknown({ aws }: LocalEnvironment): void {
  const types = aws.standIns();
  if (types.length > 0) warn(words.standIns({ types }));
  const properties = aws.ignoredProperties();
  if (properties.length > 0) warn(words.ignoredProperties({ properties }));
}

function warn(text: string): void {
  const lines = wrapToTerminal(text);
  console.error(lines.map((line) => (process.stderr.isTTY ? styleText('yellow', line) : line)).join('\n'));
}

function firstEnvironmentName(): EnvironmentName {
  const [firstName] = Object.keys(environments) as [EnvironmentName];
  return firstName;
}

/**
 * Starts the local AWS and deploys the stack. The stack has no tag of an image yet, and thus no task: images can only be
 * pushed into registries that this deployment creates. If a step fails, stops the local AWS and returns false.
 */
async function deployStack(local: LocalEnvironment): Promise<boolean> {
  try {
    await runSteps(local.deploymentSteps());
    warnOfUnknown(local);
    return true;
  } catch (error) {
    explainFailure(error, local);
    await local.stop();
    return false;
  }
}

/** Starts the sample application, and waits until it serves. Returns true if it does. */
async function startSampleApplication(local: LocalEnvironment, options: DeployLocalOptions): Promise<boolean> {
  try {
    await runSteps([local.releaseStep()]);
    return true;
  } catch (error) {
    explainFailure(error, local, options.keep);
    return false;
  }
}

function explainFailure(error: unknown, local: LocalEnvironment, keepsFiles = false): void {
  console.error(`\n${failureText(error, keepsFiles ? local.aws.directory : undefined)}`);
  const errors = local.errors();
  if (errors) console.error(`\n${words.failure.errors({ errors })}`);
}

/**
 * Lets the local AWS run after the end of this program. Says how to use the environment, how to release what the last start
 * could not, and how to stop everything. "That shell" is one that has read the variables of the local AWS, which the text on
 * the usage describes.
 */
function leaveRunning(local: LocalEnvironment, options: DeployLocalOptions, serves: boolean): void {
  console.log(usageText(local, options, serves));
  const commands = local.commandsToStartAgain();
  if (commands.length > 0) console.log(wrapToTerminal(words.farewell.startAgain({ commands })).join('\n'));
  console.log(words.farewell.stopEverything({ command: `kill ${local.aws.pid}` }));
  local.aws.leaveRunningAfterExit();
}

function explainKeep(environmentName: EnvironmentName): void {
  const command = `npm run deploy:local -- ${environmentName} --keep`;
  console.log(words.farewell.stopped({ environmentName, command }));
}
