import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { type PlanOptions, runPlan } from '../../../tools/deploy/plan';
import { testDelivery } from '../../support/environments';
import { ciRun, FakeGitHub, mainWith } from './github';

const github = new FakeGitHub();
let folder = '';

/** Makes a test file's own GitHub and folder. */
export function usesGitHub(): FakeGitHub {
  folder = temporaryFolder('plan-');
  beforeAll(() => github.start());
  afterAll(() => github.stop());
  return github;
}

const REVIEWED = { protection_rules: [{ type: 'branch_policy' }, { type: 'required_reviewers' }] };
export const UNREVIEWED = { protection_rules: [{ type: 'branch_policy' }, { type: 'wait_timer' }] };
export const COMMAND = 'gh workflow run deploy.yml --ref main';

export interface Given {
  readonly event: string;
  readonly payload: object;
  readonly ref?: string;
  readonly actor?: string;
  readonly answers?: Record<string, unknown>;
  readonly delivery?: object;
}

/** CI has ended on main, well unless the changes say otherwise. */
export const merged = (changes: object = {}, given: Partial<Given> = {}): Given => ({
  event: 'workflow_run',
  payload: { workflow_run: { conclusion: 'success', ...ciRun('c3'), ...changes } },
  ...given,
});
/** Event of a deployment that a person started. */
export const dispatch = (inputs: object | null, given: Partial<Given> = {}, type = 'User'): Given => ({
  event: 'workflow_dispatch',
  payload: { inputs, sender: { type } },
  actor: 'octocat',
  ...given,
});

/** Text and outputs of the command. */
export async function plan(given: Given, options: PlanOptions = {}) {
  const [path, outputs] = [join(folder, 'event.json'), join(folder, 'outputs')];
  writeFileSync(path, JSON.stringify(given.payload));
  writeFileSync(outputs, '');
  github.answers = { ...mainWith(ciRun('c3')), 'environments/prod': REVIEWED, ...given.answers };
  const env = {
    ...github.env,
    GITHUB_EVENT_NAME: given.event,
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: given.ref ?? 'refs/heads/main',
    GITHUB_TRIGGERING_ACTOR: given.actor,
    GITHUB_RUN_ID: '7',
  };
  const outcome = await outcomeOf(() => runPlan({ outputs, ...options }, env, { ...testDelivery, ...given.delivery }));
  const lines = readFileSync(outputs, 'utf8').split('\n').filter(Boolean);
  return { ...outcome, outputs: Object.fromEntries(lines.map((line) => line.split('='))) as Record<string, string> };
}
