import { appendFileSync } from 'node:fs';
import type { Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { delivery as configured, type DeliveryConfig } from '../../../lib/config/delivery';
import { githubAccess, GitHubApi } from '../github';
import { deployInputsOf, nonEmptyInputs } from './deploy-inputs';
import { readEvent } from './event';
import { MOST_COMMITS, newestCommit, type PassedCommit } from './newest-commit';
import { type Plan, planOf, START_COMMAND } from './planned-environments';
import { RefusedError } from './refused-error';
import { linesOnRunsAhead } from './runs-ahead';

export interface PlanOptions {
  /** File for the workflow's outputs. */
  readonly outputs?: string;
  /** Environment that is about to be deployed: fails unless the plan still has it. */
  readonly environment?: string;
  /** Its commit: fails unless it is still the newest. */
  readonly commit?: string;
}

/** Decides from the event which commit is deployed, where, with which tags, and whether it needs an approval. */
export async function runPlan(
  options: PlanOptions,
  env: NodeJS.ProcessEnv,
  delivery: DeliveryConfig = configured,
): Promise<Outcome> {
  try {
    const report = await plan(options, env, delivery);
    return { exitCode: 0, stdout: visible(report, '\n'), stderr: '' };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const refusal = `Nothing is deployed: ${error.message}\n`;
    return { exitCode: 1, stdout: '', stderr: visible(refusal, '\n') };
  }
}

/** Decides, and writes the outputs. Returns the report for the run's summary. */
async function plan(options: PlanOptions, env: NodeJS.ProcessEnv, delivery: DeliveryConfig): Promise<string> {
  const event = readEvent(env);
  const github = new GitHubApi(githubAccess(env));
  const { environments, notes } = await planOf(event, delivery, github);
  const newest = environments.length > 0 ? await requireNewestCommit(github) : undefined;
  if (options.environment !== undefined) {
    assertPlanned(options.environment, { environments, notes });
    assertNewest(options.environment, options.commit, newest);
    return '';
  }
  const inputs = deployInputsOf(event);
  const commitLines = newest ? [lineOnCommit(newest, environments)] : [];
  const inputLines = nonEmptyInputs(inputs).map(([name, value]) => `${name}: ${value}`);
  const linesOnRuns = await linesOnRunsAhead(environments, env['GITHUB_RUN_ID'], github);
  if (options.outputs !== undefined) {
    writeOutputs(options.outputs, {
      commit: newest?.commit ?? '',
      environments: JSON.stringify(environments),
      ...inputs,
    });
  }
  const lines = [...commitLines, ...notes, ...inputLines, ...linesOnRuns];
  return lines.map((line) => `${line}\n\n`).join('');
}

function lineOnCommit({ commit, run }: PassedCommit, environments: readonly string[]): string {
  return `To be deployed to ${environments.join(', then ')}: ${commit}, which passed [CI](${run}).`;
}

function writeOutputs(file: string, outputs: Readonly<Record<string, string>>): void {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(file, lines.join(''));
}

async function requireNewestCommit(github: GitHubApi): Promise<PassedCommit> {
  const newest = await newestCommit(github);
  if (newest) return newest;
  throw new RefusedError(
    `none of main's last ${MOST_COMMITS} commits has passed CI. Start it by hand: gh workflow run ci.yml --ref main`,
  );
}

function assertPlanned(environmentName: string, { environments, notes }: Plan): void {
  if (environments.includes(environmentName)) return;
  throw new RefusedError(`${environmentName} is no longer in the plan. ${notes.join(' ')}`);
}

function assertNewest(environmentName: string, commit: string | undefined, newest: PassedCommit | undefined): void {
  if (newest === undefined || newest.commit === commit) return;
  throw new RefusedError(
    `main's newest commit that passed CI is ${newest.commit} (${newest.run}), not ${commit}. ` +
      `Approve the run of that commit, or start a new one: ${START_COMMAND} -f environment=${environmentName}`,
  );
}
