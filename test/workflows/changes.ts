import { RIGHTS } from './rights';
import { RUNS } from './runs';
import { parseWorkflow, type Rule, type Workflow, workflows } from './workflow';

/** A change: its harm, a text in the workflow, its replacement; the first one after another text. */
export type Change = readonly [says: string, from: string, to: string, behind?: string];

/** A mistake, its workflow, a text in it, what stands everywhere instead, and what the rule then says. */
export type Mistake = readonly [says: string, file: string, from: string, to: string, finds: string];

type Rules = Readonly<Record<string, Rule>>;

/** All workflows, with the text of one of them changed. */
function changed(file: string, change: (text: string) => string): readonly Workflow[] {
  return workflows().map((workflow) => {
    if (workflow.file !== file) return workflow;
    const text = change(workflow.text);
    if (text === workflow.text) throw new Error(`${file} does not say what the change is of`);
    return parseWorkflow(file, text);
  });
}

function findings(rules: Rules, all: readonly Workflow[], file?: string): string[] {
  const some = all.filter((one) => file === undefined || one.file === file);
  return Object.entries(rules).flatMap(([name, rule]) =>
    some.flatMap((workflow) => rule(workflow, all).map((finding) => `${name}: ${workflow.file}: ${finding}`)),
  );
}

/** A test for each rule, and one for each mistake that it has to see. */
export function holdsAndSees<Name extends string>(
  rules: Readonly<Record<Name, Rule>>,
  mistakes: Readonly<Record<Name, readonly Mistake[]>>,
): void {
  for (const name of Object.keys(rules) as Name[]) {
    test(`${name} holds in every workflow`, () => {
      expect(findings({ [name]: rules[name] }, workflows())).toEqual([]);
    });
    test.each(mistakes[name])(`${name} sees %s`, (_, file, from, to, finds) => {
      const all = changed(file, (text) => text.replaceAll(from, () => to));
      expect(findings({ [name]: rules[name] }, all).join('\n')).toContain(finds);
    });
  }
}

/** A test for each change of a workflow: a rule notices it. */
export function noticesEach(file: string, changes: readonly Change[]): void {
  test.each([...changes] as [string, string, string, string?][])(
    `${file}: %s is noticed`,
    (_, from, to, behind = '') => {
      const all = changed(file, (text) => {
        const at = text.indexOf(from, text.indexOf(behind));
        return at < 0 ? text : `${text.slice(0, at)}${to}${text.slice(at + from.length)}`;
      });
      expect(findings({ ...RIGHTS, ...RUNS }, all, file)).not.toEqual([]);
    },
  );
}
