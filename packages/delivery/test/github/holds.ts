import { changedWorkflow, type Workflow, workflows } from '@infra/testing/workflow';

/** Findings of a rule in a workflow, in words; `all` are the workflows among which it is. */
type Rule = (workflow: Workflow, all: readonly Workflow[]) => string[];

/** A change of a workflow's file that a rule has to find. */
interface Mistake {
  readonly title: string;
  readonly file: string;
  /** Text that is replaced wherever it occurs. */
  readonly from: string;
  readonly to: string;
  /** Part of the finding. */
  readonly finding: string;
}

/** A test for a rule, named after it, and one for each mistake that it has to find. */
export function holds(name: string, rule: Rule, mistakes: readonly Mistake[]): void {
  const findingsIn = (all: readonly Workflow[]) =>
    all.flatMap((workflow) => rule(workflow, all).map((finding) => `${workflow.file}: ${finding}`));

  test(name, () => {
    expect(findingsIn(workflows())).toEqual([]);
  });

  if (mistakes.length === 0) return;
  test.each(mistakes)(`$title is refused: ${name}`, ({ file, from, to, finding }) => {
    const changed = changedWorkflow(file, from, to);
    const all = workflows().map((workflow) => (workflow.file === file ? changed : workflow));
    expect(findingsIn(all).join('\n')).toContain(finding);
  });
}
