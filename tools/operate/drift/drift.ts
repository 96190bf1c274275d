import * as environments from '../../../lib/config';
import { stackId } from '../../../lib/config/names';
import { CannotTellError, failure, type Outcome } from '@infra/common/outcome';
import { changedByHand } from '../../deployed/changed-by-hand/changed-by-hand';
import type { Findings } from '../../deployed/changed-by-hand/findings';
import { readStack } from '../../deployed/deployed-stack';
import { environmentOf } from '../../deployed/environment';
import type { EnvironmentName } from '../../program/environment-argument';
import { renderDrift, renderFailure } from './render';

async function readFindings(environmentName: EnvironmentName): Promise<Findings> {
  return await changedByHand(environmentOf(await readStack(environmentName)));
}

/** Reports in Markdown what was changed by hand in the stack of an environment. */
export async function runDrift(stackName: string, read = readFindings): Promise<Outcome> {
  try {
    const findings = await read(environmentOfStack(stackName));
    return { exitCode: exitCodeOf(findings), stdout: renderDrift(stackName, findings), stderr: '' };
  } catch (error) {
    return failure(error, renderFailure);
  }
}

function environmentOfStack(stackName: string): EnvironmentName {
  const names = Object.keys(environments) as EnvironmentName[];
  const environmentName = names.find((name) => stackId(name) === stackName);
  if (environmentName !== undefined) return environmentName;
  throw new CannotTellError(`lib/config has no stack ${stackName}, but: ${names.map(stackId).join(', ')}.`);
}

/** Whatever can never be compared is no reason to fail: a night that fails each time would be ignored. */
function exitCodeOf({ changes, notCompared }: Findings): 0 | 1 | 2 {
  if (changes.length > 0) return 1;
  return notCompared.some(({ cause }) => cause === 'failed') ? 2 : 0;
}
