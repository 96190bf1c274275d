import { parseWorkflow, type Workflow, workflows } from './workflow';

/** Faults of a workflow, in words. */
type Rule = (workflow: Workflow, all: readonly Workflow[]) => string[];

/** A mistake, its workflow, a text in it, the text that replaces it everywhere, and what the rule then says. */
type Mistake = readonly [says: string, file: string, from: string, to: string, finds: string];

/** A test for a rule, and one for each mistake that it has to see. */
export function holds(name: string, rule: Rule, mistakes: readonly Mistake[]): void {
  const findings = (all: readonly Workflow[]) =>
    all.flatMap((workflow) => rule(workflow, all).map((finding) => `${workflow.file}: ${finding}`));

  test(`${name} holds in every workflow`, () => {
    expect(findings(workflows())).toEqual([]);
  });

  test.each(mistakes)(`${name} sees %s`, (_, file, from, to, finds) => {
    const all = workflows().map((workflow) =>
      workflow.file === file
        ? parseWorkflow(
            file,
            workflow.text.replaceAll(from, () => to),
          )
        : workflow,
    );
    expect(findings(all).join('\n')).toContain(finds);
  });
}
