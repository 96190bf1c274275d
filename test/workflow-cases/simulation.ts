import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { bareEnvironment } from '../support/bare-environment';
import { asText, type Contexts, isTrue, resolve } from './expressions';
import type { Job, Step, Workflow } from '../workflows/workflow';
import { Artifacts, OWN_RUN } from './artifacts';
import type { Event, Result, Run } from './event';
import { writePrograms } from './programs';
import { inOrder, matrix, needed, starts } from './triggers';

interface JobState {
  readonly workspace: string;
  readonly id: string;
  readonly job: Job;
  tree: string;
  depth: string;
  role: string;
  failed: boolean;
  readonly steps: Record<string, { outcome: Result; outputs: Record<string, string> }>;
}

/** What steps of actions put out. */
const OUTPUTS = { 'aws-account-id': '123456789012', token: 'app' };

const OK = { failure: false, skipped: false };

/** Runs workflows as GitHub would: their own conditions and their own shell, with programs of the case's. */
export class Simulation {
  private readonly root = makeTemporaryFolder('workflow-');
  private readonly calls: Run['calls'][number][] = [];
  private readonly approvals: { environment: string; shown: string }[] = [];
  private readonly artifacts: Artifacts;
  private readonly taken: string[] = [];
  private summary = '';
  private log = '';

  constructor(
    private readonly all: readonly Workflow[],
    private readonly event: Event,
  ) {
    this.artifacts = new Artifacts(this.root, event.left);
  }

  /** The run of a workflow; nothing where the event does not start it. */
  run(file: string): Run | undefined {
    try {
      const workflow = this.workflow(file);
      if (!starts(workflow, this.event)) return undefined;
      const jobs = this.jobs(workflow, this.event.inputs ?? {}, '');
      const { calls, approvals, taken, summary, log } = this;
      return { jobs, calls, approvals, taken, summary, log, artifacts: this.artifacts.names() };
    } finally {
      removeMade(this.root);
    }
  }

  private workflow(file: string): Workflow {
    const found = this.all.find((one) => one.file === file);
    if (!found) throw new Error(`There is no workflow ${file}`);
    return found;
  }

  private jobs(workflow: Workflow, inputs: Readonly<Record<string, unknown>>, prefix: string): Record<string, Result> {
    const results: Record<string, Result> = {};
    const needs: Record<string, { result: Result; outputs: Record<string, unknown> }> = {};
    const contexts = this.contexts(inputs);
    for (const [id, job] of inOrder(workflow.jobs)) {
      const own = { ...contexts, needs: Object.fromEntries(needed(job).map((need) => [need, needs[need]])) };
      const before = needed(job).map((need) => needs[need]?.result);
      const status = { failure: before.includes('failure'), skipped: before.includes('skipped') };
      let outcome: { result: Result; outputs: Record<string, unknown> } = { result: 'skipped', outputs: {} };
      if (isTrue(job.if, own, status)) outcome = this.job(workflow, job, own, `${prefix}${id}`, results);
      needs[id] = outcome;
      results[`${prefix}${id}`] = outcome.result;
    }
    return results;
  }

  private job(
    workflow: Workflow,
    job: Job,
    contexts: Contexts,
    id: string,
    results: Record<string, Result>,
  ): { result: Result; outputs: Record<string, unknown> } {
    if (job.uses !== undefined) {
      const inputs = Object.fromEntries(
        Object.entries(job.with ?? {}).map(([key, value]) => [key, resolve(value, contexts)]),
      );
      const inner = this.jobs(this.workflow(basename(job.uses)), inputs, `${id}.`);
      Object.assign(results, inner);
      return { result: Object.values(inner).includes('failure') ? 'failure' : 'success', outputs: {} };
    }
    const environment = asText(resolve(job.environment, contexts));
    if (environment !== '') this.approvals.push({ environment, shown: this.summary });
    const runs = matrix(job).map((values) => this.steps(workflow, job, { ...contexts, matrix: values }, id));
    const failed = runs.some(({ failed }) => failed) && job['continue-on-error'] !== true;
    return { result: failed ? 'failure' : 'success', outputs: runs[0]?.outputs ?? {} };
  }

  private steps(workflow: Workflow, job: Job, contexts: Contexts, id: string) {
    const workspace = mkdtempSync(join(this.root, 'job-'));
    const state: JobState = { workspace, id, job, tree: '', depth: '0', role: '', failed: false, steps: {} };
    const env = Object.fromEntries(
      Object.entries({ ...workflow.env, ...job.env }).map(([key, value]) => [key, asText(resolve(value, contexts))]),
    );
    for (const step of job.steps ?? []) {
      const own = { ...contexts, env, steps: state.steps };
      const result = isTrue(step.if, own, { ...OK, failure: state.failed })
        ? this.step(step, own, env, state)
        : 'skipped';
      if (step.id !== undefined) {
        const own = step.uses === undefined ? outputsIn(workspace, step.id) : OUTPUTS;
        state.steps[step.id] = { outcome: result, outputs: result === 'success' ? own : {} };
      }
      if (result === 'failure' && step['continue-on-error'] !== true) state.failed = true;
    }
    const summary = read(join(workspace, 'summary'));
    this.summary += summary;
    const after = { ...contexts, steps: state.steps };
    const outputs = Object.entries(job.outputs ?? {}).map(([key, value]) => [key, resolve(value, after)]);
    return { failed: state.failed, outputs: Object.fromEntries(outputs) as Record<string, unknown> };
  }

  private step(step: Step, contexts: Contexts, env: Readonly<Record<string, unknown>>, state: JobState): Result {
    if (step.uses !== undefined) return this.action(step, contexts, state) ? 'success' : 'failure';
    const { workspace } = state;
    const bin = writePrograms(workspace, this.event.programs);
    const variables = Object.entries({ ...env, ...step.env }).map(([key, value]) => [
      key,
      asText(resolve(value, contexts)),
    ]);
    const shell = step.shell ?? state.job.defaults?.run?.shell;
    const options = ['--noprofile', '--norc', '-e', ...(shell === 'bash' ? ['-o', 'pipefail'] : [])];
    const { status, stdout, stderr } = spawnSync('bash', [...options, '-c', step.run ?? ''], {
      cwd: workspace,
      encoding: 'utf8',
      env: {
        ...bareEnvironment(),
        ...(Object.fromEntries(variables) as Record<string, string>),
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
        CALLS: join(workspace, 'calls'),
        JOB: state.id,
        DEPTH: state.depth,
        GITHUB_SHA: this.event.sha ?? 'head',
        GITHUB_OUTPUT: join(workspace, `output-${step.id ?? ''}`),
        GITHUB_STEP_SUMMARY: join(workspace, 'summary'),
      },
    });
    for (const command of read(join(workspace, 'calls')).split('\n').filter(Boolean)) {
      this.calls.push({ job: state.id, command, tree: state.tree, role: state.role });
      if (/^git checkout --detach HEAD\^1$/.test(command)) state.tree = 'base';
    }
    writeFileSync(join(workspace, 'calls'), '');
    this.log += `${stdout}${stderr}`;
    return status === 0 ? 'success' : 'failure';
  }

  private action(step: Step, contexts: Contexts, state: JobState): boolean {
    const input = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([key, value]) => [key, asText(resolve(value, contexts))]),
    );
    const [action = ''] = (step.uses ?? '').split('@');
    switch (action) {
      case 'actions/checkout':
        state.depth = input['fetch-depth'] ?? '1';
        state.tree = input['ref'] ?? (this.event.name === 'pull_request' ? 'merge' : 'main');
        return true;
      case 'actions/upload-artifact':
        return this.artifacts.upload(input, state.workspace);
      case 'actions/download-artifact':
        return this.artifacts.download(input, state.workspace);
      case 'aws-actions/configure-aws-credentials':
        state.role = input['role-to-assume'] ?? '';
        this.taken.push(state.role);
        return state.role !== '' && !state.role.includes('iam:::');
      default:
        return true;
    }
  }

  private contexts(inputs: Readonly<Record<string, unknown>>): Contexts {
    const { name, payload = {}, ref = 'refs/heads/main', sha = 'head', vars = {} } = this.event;
    const github = {
      event_name: name,
      event: payload,
      ref,
      sha,
      repository: 'prooflink/infrastructure',
      token: 'token',
      run_id: OWN_RUN,
      repository_owner: 'prooflink',
    };
    const secrets = { RELEASE_APP_PRIVATE_KEY: 'key' };
    return { github, inputs, vars, secrets, needs: {}, steps: {}, matrix: {}, env: {} };
  }
}

function outputsIn(workspace: string, id: string): Record<string, string> {
  const lines = read(join(workspace, `output-${id}`))
    .split('\n')
    .filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
