import { parseWorkflow, type Workflow, workflows } from './workflow';

/** Faults of a workflow, in words. */
type Rule = (workflow: Workflow, all: readonly Workflow[]) => string[];

/** A change of a workflow's file that a rule has to find. */
interface Mistake {
  readonly title: string;
  readonly file: string;
  /** Text that is replaced wherever it occurs. */
  readonly from: string;
  readonly to: string;
  /** Part of what the rule reports. */
  readonly finding: string;
}

/** A test for a rule, and one for each mistake that it has to see. */
export function holds(name: string, rule: Rule, mistakes: readonly Mistake[]): void {
  const findings = (all: readonly Workflow[]) =>
    all.flatMap((workflow) => rule(workflow, all).map((finding) => `${workflow.file}: ${finding}`));

  test(`${name} holds in every workflow`, () => {
    expect(findings(workflows())).toEqual([]);
  });

  if (mistakes.length === 0) return;
  test.each(mistakes)(`${name} sees $title`, ({ file, from, to, finding }) => {
    const all = workflows().map((workflow) => {
      if (workflow.file !== file) return workflow;
      const changed = workflow.text.replaceAll(from, () => to);
      if (changed === workflow.text) throw new Error(`${file} has no "${from}"`);
      return parseWorkflow(file, changed);
    });
    expect(findings(all).join('\n')).toContain(finding);
  });
}
