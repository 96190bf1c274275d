import { appendFileSync } from 'node:fs';
import type { Outcome } from '@infra/common/outcome';
import { inlineCode, visible } from '@infra/common/untrusted-text';
import { delivery as configured, type DeliveryConfig } from '../../../lib/config/delivery';
import { githubAccess, GitHubApi, orMissing } from '../github';
import { type Protection, readProtection, reasonsAgainst } from './github-environment';
import { type DeployEvent, type Dispatch, readEvent, RefusedError } from './event';
import { MOST_COMMITS, newestCommit } from './newest';

export interface PlanOptions {
  /** File for the workflow's outputs. */
  readonly outputs?: string;
  /** Environment that is about to be deployed: fails unless the plan still has it. */
  readonly environment?: string;
  /** Its commit: fails unless it is still the newest. */
  readonly commit?: string;
}

interface Plan {
  readonly environments: readonly string[];
  /** Why others are left out, and who decides. */
  readonly notes: readonly string[];
}

const START = 'gh workflow run deploy.yml --ref main';
/** Environment that follows main without an approval and that an app may deploy, in the application's workflow, too. */
const FREE = 'dev';

/** Decides from the event which commit is deployed, where, with which tags, and whether it needs an approval. */
export async function runPlan(
  options: PlanOptions,
  env: NodeJS.ProcessEnv,
  delivery: DeliveryConfig = configured,
): Promise<Outcome> {
  try {
    const event = readEvent(env);
    const github = new GitHubApi(...githubAccess(env));
    const { environments, notes } = await planOf(event, delivery, github);
    const newest = environments.length > 0 ? await newestOrRefusal(github) : undefined;
    if (options.environment !== undefined) {
      assertStillPlanned(options.environment, options.commit, environments, notes, newest);
      return { exitCode: 0, stdout: '', stderr: '' };
    }
    const tags = tagsOf(event);
    const where = environments.join(', then ');
    const ahead = environments.map((name) => runsAhead(name, env['GITHUB_RUN_ID'], github));
    const lines = [
      ...(newest ? [`To be deployed to ${where}: ${newest.commit}, which passed [CI](${newest.run}).`] : []),
      ...notes,
      ...given(tags).map(([input, value]) => `${input}: ${value}`),
      ...(await Promise.all(ahead)).flat(),
    ];
    const outputs = { commit: newest?.commit ?? '', environments: JSON.stringify(environments), ...tags };
    if (options.outputs !== undefined) {
      const written = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
      appendFileSync(options.outputs, written.join(''));
    }
    return { exitCode: 0, stdout: visible(lines.map((line) => `${line}\n\n`).join(''), '\n'), stderr: '' };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { exitCode: 1, stdout: '', stderr: visible(`Nothing is deployed: ${error.message}\n`, '\n') };
  }
}

async function planOf(event: DeployEvent, delivery: DeliveryConfig, github: GitHubApi): Promise<Plan> {
  const delivered = Object.keys(delivery.environments).filter((name) => delivery.environments[name] === true);
  if (event.kind === 'nothing') return { environments: [], notes: [`Nothing is deployed: ${event.why}`] };
  if (delivery.repository === undefined) {
    return { environments: [], notes: ['Nothing is deployed: lib/config/delivery.ts names no repository.'] };
  }
  if (event.kind === 'dispatch') return dispatched(event, delivered, github);
  const protections = await Promise.all(delivered.map((name) => readProtection(name, github)));
  const deployed = protections.filter(({ name, asksReviewer }) => name === FREE || asksReviewer);
  assertMainAlone(deployed);
  const leftOut = protections.filter((protection) => !deployed.includes(protection));
  return {
    environments: deployed.map(({ name }) => name),
    notes: leftOut.map(
      ({ name }) =>
        `${name} is left out: its GitHub environment asks no reviewer. By hand: ${START} -f environment=${name}`,
    ),
  };
}

function assertMainAlone(protections: readonly Protection[]): void {
  const reasons = reasonsAgainst(protections);
  if (reasons.length > 0) throw new RefusedError(reasons.join('\n'));
}

async function dispatched(event: Dispatch, delivered: readonly string[], github: GitHubApi): Promise<Plan> {
  const { environment: name = '' } = event.inputs;
  if (!delivered.includes(name)) {
    throw new RefusedError(
      `environment "${name}" is not one that lib/config/delivery.ts delivers: ${delivered.join(', ')}.`,
    );
  }
  for (const [input, tag] of given(event.inputs).filter(([input]) => input.endsWith('-image-tag'))) {
    // Docker's rule for tags.
    if (!/^\w[\w.-]{0,127}$/.test(tag))
      throw new RefusedError(
        `${input} "${tag}" is no tag of an image; write 128 letters, digits, ".", "_" and "-" at most.`,
      );
  }
  const protection = await readProtection(name, github);
  assertMainAlone([protection]);
  if (name === FREE || protection.asksReviewer) return { environments: [name], notes: [] };
  if (!event.isPerson) {
    const inputs = given({ environment: name, ...tagsOf(event) });
    throw new RefusedError(
      `the GitHub environment ${name} asks no reviewer, and ${event.actor || 'an app'} is no person. A person starts it: ` +
        [START, ...inputs.map(([input, value]) => `-f ${input}=${value}`)].join(' '),
    );
  }
  return {
    environments: [name],
    notes: [`${name} asks no reviewer: ${event.actor} alone decides on this deployment.`],
  };
}

async function newestOrRefusal(github: GitHubApi): Promise<{ commit: string; run: string }> {
  const newest = await newestCommit(github);
  if (newest) return newest;
  throw new RefusedError(
    `none of main's last ${MOST_COMMITS} commits has passed CI. Start it by hand: gh workflow run ci.yml --ref main`,
  );
}

function assertStillPlanned(
  environmentName: string,
  commit: string | undefined,
  environments: readonly string[],
  notes: readonly string[],
  newest: { commit: string; run: string } | undefined,
): void {
  if (!environments.includes(environmentName)) {
    throw new RefusedError(`${environmentName} is no longer in the plan. ${notes.join(' ')}`);
  }
  if (newest === undefined || newest.commit === commit) return;
  throw new RefusedError(
    `main's newest commit that passed CI is ${newest.commit} (${newest.run}), not ${commit}. ` +
      `Approve the run of that commit, or start a new one: ${START} -f environment=${environmentName}`,
  );
}

/** Runs in the environment's concurrency group, which deploy-stack.yml names: this run waits until they have ended. */
async function runsAhead(name: string, ownRun: string | undefined, github: GitHubApi): Promise<string[]> {
  const { group_members: members } = await github
    .get<{ group_members: readonly { run_id: number; run_name: string; run_html_url: string | null }[] }>(
      `actions/concurrency_groups/deploy-${name}`,
    )
    .catch(orMissing({ group_members: [] }));
  const others = members.filter(({ run_id: id }) => String(id) !== ownRun);
  // The name of a run may be of anybody's choice.
  return others.map(
    ({ run_id: id, run_name: run, run_html_url: url }) =>
      `${name} waits behind [${inlineCode(run)}](${url}). If that one waits for an approval that nobody gives: gh run cancel ${id}`,
  );
}

/** Tags and the word on migrations, as the workflow's jobs take them; empty where nothing was said. */
function tagsOf(event: DeployEvent): Record<string, string> {
  const inputs = event.kind === 'dispatch' ? event.inputs : {};
  const migration = inputs['migration'] ?? '';
  return {
    'app-image-tag': inputs['app-image-tag'] ?? '',
    'batch-image-tag': inputs['batch-image-tag'] ?? '',
    migration: ['migration', 'no-migration'].includes(migration) ? migration : '',
  };
}

const given = (inputs: Readonly<Record<string, string>>) => Object.entries(inputs).filter(([, value]) => value !== '');
