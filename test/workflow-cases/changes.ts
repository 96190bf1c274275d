import { RIGHTS } from '../workflows/rights';
import { RUNS } from '../workflows/runs';
import { parseWorkflow, type Workflow, workflows } from '../workflows/workflow';
import type { Case } from './case';
import { CASES, check } from './cases';

/** What a change does to whom, the workflow, a text in it, what stands there instead; the first behind another text. */
export type Change = readonly [says: string, file: string, from: string, to: string, behind?: string];

/** What is called by another workflow is run by that one's cases. */
const CALLED: Readonly<Record<string, string>> = { 'deploy-stack.yml': 'deploy.yml' };

/** Those that noticed something last come first: what is like it is mostly noticed by the same. */
const cases = [...CASES];

/** A rule or case that a change of a workflow breaks. */
function noticedBy(file: string, changed: readonly Workflow[]): string | undefined {
  for (const [name, rule] of [...Object.entries(RIGHTS), ...Object.entries(RUNS)]) {
    const [finding] = changed.filter((one) => one.file === file).flatMap((workflow) => rule(workflow, changed));
    if (finding !== undefined) return `${name}: ${finding}`;
  }
  const breaks = (one: Case): boolean => {
    try {
      check(one, changed);
      return false;
    } catch {
      return true;
    }
  };
  const broken = cases.find((one) => one.file === (CALLED[file] ?? file) && breaks(one));
  if (broken) cases.unshift(...cases.splice(cases.indexOf(broken), 1));
  return broken?.says;
}

/** A test for each change: a rule on workflows or a case notices it. */
export function noticesEach(changes: readonly Change[]): void {
  const named = changes.map((change) => ({ says: change[0], change }));
  test.each(named)('$says is noticed', ({ change: [, file, from, to, behind = ''] }) => {
    const changed = workflows().map((workflow) => {
      if (workflow.file !== file) return workflow;
      const start = workflow.text.indexOf(behind);
      const at = workflow.text.indexOf(from, start);
      if (start < 0 || at < 0) throw new Error(`${file} does not say: ${from}`);
      return parseWorkflow(file, `${workflow.text.slice(0, at)}${to}${workflow.text.slice(at + from.length)}`);
    });
    expect(noticedBy(file, changed)).toBeDefined();
  });
}
