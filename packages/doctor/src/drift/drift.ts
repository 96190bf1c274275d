import { CannotTellError, failureOutcome, type Outcome } from '@infra/common/outcome';
import { environments, stackId } from '@infra/commands/app';
import { language } from '@infra/common/language';
import { findChangesByHand } from '../changed-by-hand/changed-by-hand';
import type { Findings } from '../changed-by-hand/findings';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import { addedEnvironments } from '@infra/commands/added-environments';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { renderDrift, renderFailure } from './render-drift-issue';
import { words } from './words';

/**
 * Reports in Markdown what was changed by hand in the stack of an environment. The workflow drift.yml runs this each night,
 * and writes the report into an issue.
 */
export async function runDrift(stackName: string, read = readFindings): Promise<Outcome> {
  try {
    const findings = await read(environmentNameOf(stackName));
    return { exitCode: exitCodeOf(findings), stdout: renderDrift(stackName, findings), stderr: '' };
  } catch (error) {
    return failureOutcome(error, { language, stdout: renderFailure });
  }
}

async function readFindings(environmentName: EnvironmentName): Promise<Findings> {
  const stack = await readStack(environmentName);
  return await findChangesByHand(environmentOf(stack));
}

/** Name of the environment that a stack is. */
function environmentNameOf(stackName: string): EnvironmentName {
  const environmentNames = Object.keys(environments);
  const environmentName = [...environmentNames, ...addedEnvironments.keys()].find(
    (name) => stackId(name) === stackName,
  );
  if (environmentName !== undefined) return environmentName;
  const stackNames = environmentNames.map(stackId);
  throw new CannotTellError(words.unknownStack({ stackName, stackNames }));
}

/**
 * 0: no drift, 1: drift, 2: AWS did not answer for some resource. Resources that can never be compared do not count: the
 * command would fail each night, and people would ignore it.
 */
function exitCodeOf({ changes, failures }: Findings): 0 | 1 | 2 {
  if (changes.length > 0) return 1;
  return failures.length > 0 ? 2 : 0;
}
