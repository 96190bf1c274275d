import { parseWorkflow, type Rule, type Workflow, workflows } from './workflow';

const all = workflows();

/** A workflow's file, a text in it, what stands there instead, and what the rule then says. */
export type Mistake = readonly [says: string, file: string, from: string, to: string, finds: string];

/** What a rule finds in all workflows as they are. */
export function findings(rule: Rule): string[] {
  return all.flatMap((workflow) => rule(workflow, all).map((finding) => `${workflow.file}: ${finding}`));
}

/** What a rule finds once a text in one of them was replaced. */
export function findingsOf(rule: Rule, [, file, from, to]: Mistake): string[] {
  const withMistake = (workflow: Workflow): Workflow => {
    if (workflow.file !== file) return workflow;
    if (!workflow.text.includes(from)) throw new Error(`${file} does not say: ${from}`);
    return parseWorkflow(
      file,
      workflow.text.replaceAll(from, () => to),
    );
  };
  const changed = all.map(withMistake);
  return changed.flatMap((workflow) => rule(workflow, changed));
}
