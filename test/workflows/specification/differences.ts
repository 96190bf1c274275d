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

/** Variables whose values decide between two things; others are judged by their names (wiring.test.ts). */
function decidingVariables(env: Values = {}): { env?: Record<string, unknown> } {
  const deciding = Object.entries(env).filter(([, value]) => /&&|\|\||[!=]=/.test(String(value)));
  return deciding.length === 0 ? {} : { env: Object.fromEntries(deciding) };
}

/** An event's keys; an input keeps all but its description. */
function keysOfEvent(event: string, content: unknown): Record<string, unknown> {
  const { inputs, ...others } = (content ?? {}) as { inputs?: Record<string, Values> };
  const inputsAlone = Object.entries(inputs ?? {}).map(([name, input]) => [name, without(input, ['description'])]);
  const keys = { ...others, ...(inputs && { inputs: Object.fromEntries(inputsAlone) as Values }) };
  const named = Object.entries(keys).map(([key, value]) => [`on.${event}.${key}`, value]);
  return { [`on.${event}`]: 'an event', ...(Object.fromEntries(named) as Values) };
}

/** Events with their keys, and what holds for all jobs. */
function startOf(workflow: Workflow | WorkflowSpecification): Values {
  const events = Object.entries(workflow.on).map(([event, content]) => keysOfEvent(event, content));
  return {
    ...(Object.assign({}, ...events) as Values),
    'run-name': workflow['run-name'],
    concurrency: workflow.concurrency,
    ...decidingVariables(workflow.env),
  };
}

/** A job without its steps, in the terms of a specification. */
function readJob(job: Job, workflow: Workflow): Values {
  const { needs, env, permissions, ...others } = without(job as Values, JUDGED_ELSEWHERE.job) as Job;
  return {
    ...others,
    ...(needs !== undefined && { needs: [needs].flat() }),
    ...decidingVariables(env),
    permissions: permissions ?? workflow.permissions,
  };
}

/** The same of its specification. */
function specifiedJob(job: JobSpecification): Values {
  const runsOn = job.uses === undefined ? { 'runs-on': 'ubuntu-24.04' } : {};
  return { ...runsOn, permissions: { contents: 'read' }, ...without(job as unknown as Values, ['otherwise', 'steps']) };
}

/** A step in the terms of a specification. */
function readStep(step: Step): StepSpecification {
  const { uses, run, with: inputs, env, ...others } = without(step as Values, JUDGED_ELSEWHERE.step) as Step;
  const action = uses?.replace(/@.*$/, '');
  const isInstaller = action !== undefined && INSTALLERS.includes(action);
  return {
    ...others,
    ...(action !== undefined && { uses: action }),
    ...(inputs && !isInstaller && { with: without(inputs, ['aws-region']) }),
    ...(run !== undefined && { run: commandsOf(run) }),
    ...decidingVariables(env),
  } as StepSpecification;
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
function stepInWords(step: StepSpecification): string {
  const keys = Object.entries(without({ ...step }, ['otherwise'])).sort(byName);
  return keys.map(([key, value]) => `${key} ${inWords(value)}`).join(', ');
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
  const actual = (workflow.jobs[name]?.steps ?? []).map((step) => stepInWords(readStep(step)));
  const specifiedSteps = specification.steps ?? [];
  const specified = specifiedSteps.map(stepInWords);
  const missing = notIn(specified, actual);
  const added = notIn(actual, specified);
  const isInOrder = missing.length > 0 || added.length > 0 || inWords(actual) === inWords(specified);
  const consequence = (text: string) =>
    specifiedSteps.find((step) => stepInWords(step) === text)?.otherwise ?? specification.otherwise;
  return [
    ...missing.map((text) => `without the step "${text}": ${consequence(text)}`),
    ...added.map((text) => `a step that is not specified: "${text}"`),
    ...(isInOrder ? [] : [`its steps are in another order than specified: ${specification.otherwise}`]),
  ];
}
