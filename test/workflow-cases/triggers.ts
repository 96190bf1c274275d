import type { Job, Workflow } from '../workflows/workflow';
import type { Event } from './event';

/** Whether an event starts a workflow, by its filters. */
export function starts({ on }: Workflow, { name, payload = {}, ref = 'refs/heads/main' }: Event): boolean {
  if (!(name in on)) return false;
  const filters = on[name] ?? {};
  const { action, workflow_run, pull_request } = payload as {
    action?: string;
    workflow_run?: { name: string; head_branch: string };
    pull_request?: { base: { ref: string } };
  };
  const branch = workflow_run?.head_branch ?? pull_request?.base.ref ?? /^refs\/heads\/(.*)/.exec(ref)?.[1];
  const types = filters.types ?? (name === 'pull_request' ? ['opened', 'synchronize', 'reopened'] : undefined);
  return (
    (filters.branches === undefined || (branch !== undefined && filters.branches.includes(branch))) &&
    (types === undefined || action === undefined || types.includes(action)) &&
    (filters.workflows === undefined || filters.workflows.includes(workflow_run?.name ?? ''))
  );
}

/** The jobs that a job waits for. */
export function needed({ needs = [] }: Job): readonly string[] {
  return [needs].flat();
}

/** Each job after those that it needs, and of others the last one first: nothing may lean on how a file is written. */
export function inOrder(jobs: Readonly<Record<string, Job>>): [string, Job][] {
  const left = Object.entries(jobs);
  const ordered: [string, Job][] = [];
  while (left.length > 0) {
    const next = left.findLastIndex(([, job]) => needed(job).every((need) => ordered.some(([id]) => id === need)));
    ordered.push(...left.splice(Math.max(next, 0), 1));
  }
  return ordered;
}

/** The values of each of a job's runs. */
export function matrix({ strategy }: Job): Record<string, unknown>[] {
  const { include, ...lists } = strategy?.matrix ?? {};
  if (include) return [...include];
  return Object.entries(lists).reduce<Record<string, unknown>[]>(
    (rows, [key, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [key]: value }))),
    [{}],
  );
}
