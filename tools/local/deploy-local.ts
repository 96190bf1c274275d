import { atExit } from '@infra/common/at-exit';
import { filesOfKilled } from '@infra/local-aws';
import * as environments from '../../lib/config';
import type { EnvironmentName } from '../program/environment-argument';
import { runSteps, showCursor } from '../program/steps';
import { checkPrograms } from './check';
import type { DeployLocalOptions } from './options';
import { details, leaveRunning } from './ending';
import { LocalEnvironment } from './local-environment';
import { stayWith } from './session';
import { localSettings } from './settings';

/**
 * Deploys an environment, the first one of `lib/config` unless given; returns the exit code.
 * @throws CannotTellError where folders, commands or files cannot be as they are given.
 */
export async function deployLocal(given: EnvironmentName | undefined, options: DeployLocalOptions): Promise<0 | 1> {
  const [first] = Object.keys(environments) as [EnvironmentName];
  const name = given ?? first;
  checkPrograms(name, options, environments[name]);
  const settings = localSettings(name, options.settings);
  if (settings.says.length > 0) console.log(`${settings.says.join('\n')}\n`);
  const local = new LocalEnvironment(name, options, settings);
  atExit(showCursor);
  const left = filesOfKilled();
  if (left) console.error(left);
  try {
    await runSteps(local.deployment());
  } catch (error) {
    explain(error, local);
    await local.stop();
    return 1;
  }
  const serves =
    options.app === undefined ? await startSample(local, options) : await stayWith(local, options, process.stdin);
  if (options.keep) await leaveRunning(local, options, serves);
  else await local.stop();
  if (serves && !options.keep && options.app === undefined) {
    const open = `npm run deploy:local -- ${name} --keep`;
    console.log(`\n${name} ran, and is stopped again. To leave it running, and open it:\n\n  ${open}`);
  }
  return serves ? 0 : 1;
}

async function startSample(local: LocalEnvironment, options: DeployLocalOptions): Promise<boolean> {
  try {
    await runSteps([local.release()]);
    if (options.details) console.log(await details(local));
    return true;
  } catch (error) {
    explain(error, local);
    return false;
  }
}

function explain(error: unknown, local: LocalEnvironment): void {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  const errors = local.errors();
  if (errors) console.error(`\nThe last errors of the local AWS:\n\n${errors}`);
}
