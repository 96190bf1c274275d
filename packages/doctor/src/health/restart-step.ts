import { webImageTag } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { rolloutOf } from '@infra/operate/deployed/rollout';
import { readWebState } from '@infra/operate/deployed/web-state';

/** A line of a fix that is a command, without a value that a person fills in. */
const COMMAND = /^(aws|npx cdk|npm run prooflink --) [^<]+$/;
/** A command that starts new web tasks itself. */
const STARTS_WEB_TASKS = /^npm run prooflink -- (start|restart|release) /;

/**
 * A fix of commands, followed by a restart where ECS starts no web task any more: it has given up its deployment, or waits
 * longer and longer between its attempts.
 */
export async function withRestart(environment: Environment, fix: string): Promise<string> {
  const lines = fix.split('\n');
  const isComplete = lines.some((line) => !COMMAND.test(line)) || STARTS_WEB_TASKS.test(lines.at(-1) ?? '');
  if (isComplete || !(await needsRestart(environment))) return fix;
  return `${fix}\n${prooflinkCommand(environment.environmentName, 'restart')}`;
}

/** True if ECS has given up the web tasks, or none of them has become a target. */
async function needsRestart(environment: Environment): Promise<boolean> {
  // Another question reports a service that is gone, or that AWS refuses to describe.
  const state = await readWebState(environment).catch(() => undefined);
  if (!state || webImageTag(environment) === '') return false;
  const { service, targets } = state;
  const { desiredCount = 0, runningCount = 0 } = service;
  if (desiredCount === 0) return false;
  const hasNoTarget = targets.length === 0 && runningCount < desiredCount;
  return rolloutOf(service) === 'failed' || hasNoTarget;
}
