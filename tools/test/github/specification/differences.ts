import type { Job, Step, Workflow } from '../workflow';
import { commandsOf } from './commands';
import type { JobSpecification, StepSpecification, WorkflowSpecification } from './specification';

type Values = Readonly<Record<string, unknown>>;

/** Keys that other tests judge, or that only name something. */
const JUDGED_ELSEWHERE = {
  job: ['name', 'defaults', 'outputs', 'steps', 'timeout-minutes', 'with'],
  step: ['id', 'name', 'working-directory'],
};

/** Actions that only install a program, whose version other tests judge. */
const INSTALLERS = ['actions/setup-node', 'actions/setup-python'];

function without(values: Values, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

/** Operators of GitHub's expressions: a value with one decides between two things. */
const DECIDES = /&&|\|\||[!=]=/;

/** Variables whose values decide between two things; others are judged by their names (wiring.test.ts). */
function decidingVariables(env: Values = {}): Values | undefined {
  const deciding = Object.entries(env).filter(([, value]) => DECIDES.test(String(value)));
  return deciding.length === 0 ? undefined : Object.fromEntries(deciding);
}

/** Inputs without their descriptions. */
function inputsAlone(inputs: Readonly<Record<string, Values>>): Values {
  const withoutProse = Object.entries(inputs).map(([name, input]) => [name, without(input, ['description'])]);
  return Object.fromEntries(withoutProse) as Values;
}

/** An event and each of its keys, by their paths in the file: `on.push`, `on.push.branches`. */
function pathsOfEvent(event: string, content: unknown): Values {
  const paths: Record<string, unknown> = { [`on.${event}`]: 'an event' };
  for (const [key, value] of Object.entries(content ?? {})) {
    const isInputs = key === 'inputs';
    paths[`on.${event}.${key}`] = isInputs ? inputsAlone(value as Readonly<Record<string, Values>>) : value;
  }
  return paths;
}

/** Events with their keys, and what holds for all jobs. */
function startOf(workflow: Workflow | WorkflowSpecification): Values {
  const start: Record<string, unknown> = {
    'run-name': workflow['run-name'],
    concurrency: workflow.concurrency,
    env: decidingVariables(workflow.env),
  };
  for (const [event, content] of Object.entries(workflow.on)) Object.assign(start, pathsOfEvent(event, content));
  return start;
}

/** A job without its steps, in the terms of a specification. */
function readJob(job: Job, workflow: Workflow): Values {
  return {
    ...without(job as Values, JUDGED_ELSEWHERE.job),
    needs: job.needs === undefined ? undefined : [job.needs].flat(),
    permissions: job.permissions ?? workflow.permissions,
    env: decidingVariables(job.env),
  };
}

/** A job as it is specified, with what a specification leaves out. */
function specifiedJob(job: JobSpecification): Values {
  const specified = without({ ...job }, ['otherwise', 'steps']);
  return {
    'runs-on': job.uses !== undefined ? undefined : 'ubuntu-24.04',
    permissions: { contents: 'read' },
    ...specified,
  };
}

/** Inputs of an action that decide on what a step does; the region is judged elsewhere. */
function inputsOf(action: string | undefined, inputs: Values | undefined): Values | undefined {
  if (inputs === undefined || (action !== undefined && INSTALLERS.includes(action))) return undefined;
  return without(inputs, ['aws-region']);
}

/** A step in the terms of a specification. */
function readStep(step: Step): Values {
  const action = step.uses?.replace(/@.*$/, '');
  return {
    ...without(step as Values, JUDGED_ELSEWHERE.step),
    uses: action,
    with: inputsOf(action, step.with),
    run: step.run === undefined ? undefined : commandsOf(step.run),
    env: decidingVariables(step.env),
  };
}

/** Two sets of keys, as a sentence for each key that differs. */
function differingKeys(actual: Values, specified: Values, otherwise: string): string[] {
  const keys = [...new Set([...Object.keys(actual), ...Object.keys(specified)])];
  return keys
    .filter((key) => inWords(actual[key]) !== inWords(specified[key]))
    .map((key) => `${key} is ${inWords(actual[key])}, and specified as ${inWords(specified[key])}: ${otherwise}`);
}

/** A value as a sentence names it; equal values have equal words. */
function inWords(value: unknown): string {
  if (value === undefined) return 'missing';
  return typeof value === 'string' ? value : JSON.stringify(value, sortKeys);
}

/** Lets JSON write the keys of each object in the order of their names. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(byName));
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** The text of a step, by which two of them are compared: its keys in the order of their names. */
function stepInWords(step: Values | StepSpecification): string {
  return Object.entries(step)
    .filter(([key, value]) => key !== 'otherwise' && value !== undefined)
    .sort(byName)
    .map(([key, value]) => `${key} ${inWords(value)}`)
    .join(', ');
}

/** Elements of a list that another one has fewer times. */
function notIn(texts: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return texts.filter((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** A sentence for each event, key of an event and key of the whole workflow that differs from the specification. */
export function differencesInStart(workflow: Workflow, specification: WorkflowSpecification): string[] {
  return differingKeys(startOf(workflow), startOf(specification), specification.otherwise);
}

/** A sentence for each key of a job that differs from the specification: needs, conditions, rights. */
export function differencesInJob(workflow: Workflow, name: string, specification: JobSpecification): string[] {
  const job = workflow.jobs[name];
  if (!job) return [`the job is missing: ${specification.otherwise}`];
  return differingKeys(readJob(job, workflow), specifiedJob(specification), specification.otherwise);
}

/** Steps of a job that differ from its specification: left out, skipped, added or in another order. */
export function differencesInSteps(workflow: Workflow, name: string, specification: JobSpecification): string[] {
  const steps = workflow.jobs[name]?.steps ?? [];
  const actual = steps.map((step) => stepInWords(readStep(step)));
  const specified = (specification.steps ?? []).map((step) => ({
    text: stepInWords(step),
    otherwise: step.otherwise ?? specification.otherwise,
  }));
  const specifiedTexts = specified.map(({ text }) => text);

  const missing = notIn(specifiedTexts, actual);
  const added = notIn(actual, specifiedTexts);
  if (missing.length === 0 && added.length === 0) {
    const isInOrder = inWords(actual) === inWords(specifiedTexts);
    return isInOrder ? [] : [`its steps are in another order than specified: ${specification.otherwise}`];
  }
  const consequenceOf = (text: string) => specified.find((step) => step.text === text)?.otherwise ?? '';
  return [
    ...missing.map((text) => `without the step "${text}": ${consequenceOf(text)}`),
    ...added.map((text) => `a step that is not specified: "${text}"`),
  ];
}
