import { appendFileSync } from 'node:fs';
import type { Outcome } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { delivery as configuredDelivery, type DeliveryConfig } from '../../../lib/config/delivery';
import { githubAccess, GitHubApi } from '../github';
import { deployInputsOf, nonEmptyInputs } from './deploy-inputs';
import { type DeployEvent, readEvent, START_COMMAND } from './event';
import { findNewestPassedCommit, MOST_COMMITS, type PassedCommit } from './newest-commit';
import { type Plan, planEnvironments } from './planned-environments';
import { RefusedError } from './refused-error';
import { describeRunsAhead } from './runs-ahead';

/** Options of the command `plan-deployment`, named as on the command line. */
export interface PlanOptions {
  /** File to which the outputs of the workflow's step are appended. */
  readonly outputs?: string;
  /** Environment that is about to be deployed: the command only checks that the plan still has it. */
  readonly environment?: string;
  /** Commit that is about to be deployed to the environment: the command checks that it is still the newest. */
  readonly commit?: string;
}

/** Environments of a plan, and the commit that is deployed to them. */
interface CommitPlan extends Plan {
  /** `undefined` if there is no environment to deploy to. */
  readonly commit: PassedCommit | undefined;
}

/**
 * Runs `plan-deployment`: decides from GitHub's event which commit is deployed, to which environments, and with which
 * inputs. A deployment that is not allowed ends with exit code 1.
 */
export async function runPlan(
  options: PlanOptions,
  env: NodeJS.ProcessEnv,
  delivery: DeliveryConfig = configuredDelivery,
): Promise<Outcome> {
  try {
    const report = await planOrCheck(options, env, delivery);
    return { exitCode: 0, stdout: escapeInvisible(report, '\n'), stderr: '' };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const refusal = `Nothing is deployed: ${error.message}\n`;
    return { exitCode: 1, stdout: '', stderr: escapeInvisible(refusal, '\n') };
  }
}

/** Plans a run, or checks before a deployment that the plan is still the same. Returns a report, empty after a check. */
async function planOrCheck(options: PlanOptions, env: NodeJS.ProcessEnv, delivery: DeliveryConfig): Promise<string> {
  const event = readEvent(env);
  const github = new GitHubApi(githubAccess(env));
  const plan = await makePlan(event, delivery, github);
  if (options.environment !== undefined) {
    assertStillPlanned(options.environment, plan);
    assertStillNewest(options.environment, options.commit, plan);
    return '';
  }
  const runsAhead = await describeRunsAhead(plan.environments, env['GITHUB_RUN_ID'], github);
  if (options.outputs !== undefined) writeOutputs(options.outputs, plan, event);
  return renderReport(plan, event, runsAhead);
}

async function makePlan(event: DeployEvent, delivery: DeliveryConfig, github: GitHubApi): Promise<CommitPlan> {
  const plan = await planEnvironments(event, delivery, github);
  const commit = plan.environments.length > 0 ? await requirePassedCommit(github) : undefined;
  return { ...plan, commit };
}

/** Markdown for the summary of the workflow's run. */
function renderReport(
  { environments, notes, commit }: CommitPlan,
  event: DeployEvent,
  runsAhead: readonly string[],
): string {
  const commitLines = commit ? [describeCommit(commit, environments)] : [];
  const inputLines = nonEmptyInputs(deployInputsOf(event)).map(([name, value]) => `${name}: ${value}`);
  const lines = [...commitLines, ...notes, ...inputLines, ...runsAhead];
  return lines.map((line) => `${line}\n\n`).join('');
}

function describeCommit({ sha, ciRunUrl }: PassedCommit, environmentNames: readonly string[]): string {
  return `To be deployed to ${environmentNames.join(', then ')}: ${sha}, which passed [CI](${ciRunUrl}).`;
}

/** Appends the outputs that the other jobs of the workflow read. */
function writeOutputs(file: string, { environments, commit }: CommitPlan, event: DeployEvent): void {
  const outputs = {
    commit: commit?.sha ?? '',
    environments: JSON.stringify(environments),
    ...deployInputsOf(event),
  };
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(file, lines.join(''));
}

async function requirePassedCommit(github: GitHubApi): Promise<PassedCommit> {
  const commit = await findNewestPassedCommit(github);
  if (commit) return commit;
  throw new RefusedError(
    `none of main's last ${MOST_COMMITS} commits has passed CI. Start it by hand: gh workflow run ci.yml --ref main`,
  );
}

function assertStillPlanned(environmentName: string, { environments, notes }: Plan): void {
  if (environments.includes(environmentName)) return;
  throw new RefusedError(`${environmentName} is no longer in the plan. ${notes.join(' ')}`);
}

/** @param sha - The commit that is about to be deployed. */
function assertStillNewest(environmentName: string, sha: string | undefined, { commit: newest }: CommitPlan): void {
  if (newest === undefined || newest.sha === sha) return;
  throw new RefusedError(
    `main's newest commit that passed CI is ${newest.sha} (${newest.ciRunUrl}), not ${sha}. ` +
      `Approve the run of that commit, or start a new one: ${START_COMMAND} -f environment=${environmentName}`,
  );
}
