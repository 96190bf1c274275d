import type { Run } from './event';
import { Simulation } from './simulation';
import type { Workflow } from '../workflows/workflow';
import type { Case } from './case';
import { APPLICATION } from './application';
import { CI } from './ci';
import { DEPLOY } from './deploy';
import { DEPLOY_STOPS } from './deploy-stops';
import { DIFF } from './diff';
import { DIFF_COMMENT } from './diff-comment';
import { DRIFT } from './drift';
import { REHEARSAL } from './rehearsal';

export const CASES: readonly Case[] = [
  ...CI,
  ...DIFF,
  ...DIFF_COMMENT,
  ...DEPLOY,
  ...DEPLOY_STOPS,
  ...DRIFT,
  ...REHEARSAL,
  ...APPLICATION,
];

const NOTHING: Run = { jobs: {}, calls: [], approvals: [], artifacts: [], taken: [], summary: '', log: '' };

/** Runs a case with workflows; throws where something else comes of it than has to. */
export function check({ file, event, expects }: Case, workflows: readonly Workflow[]): void {
  expects(new Simulation(workflows, event).run(file) ?? NOTHING);
}
