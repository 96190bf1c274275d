import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { commandsExist } from './commands';
import { jobsSay } from './says';
import { jobsOf, ROOT, type Rule, stepsOf, type Workflow } from './workflow';

const jobsEnd: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(
      ([, { uses, 'timeout-minutes': minutes }]) =>
        uses === undefined && !(Number(minutes) > 0 && Number(minutes) <= 240),
    )
    .map(([name]) => `${name} has no timeout-minutes up to 240`);

/** Only what says by being absent that something failed may be absent itself. */
const nothingMayFail: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([name, job]) => [
    ...('continue-on-error' in job ? [`${name} may fail`] : []),
    ...(job.steps ?? [])
      .filter((step) => 'continue-on-error' in step && !step.uses?.startsWith('actions/download-artifact@'))
      .map((step) => `${name}: ${step.name ?? step.uses ?? step.run ?? ''} may fail`),
  ]);

const regionIsTheConfigs: Rule = (workflow) =>
  stepsOf(workflow)
    .filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))
    .map(({ with: input }) => String(input?.['aws-region']))
    .filter((region) => Object.values(environments).some((environment) => environment.region !== region));

const stacksExist: Rule = ({ text }) => {
  const stacks = Object.keys(environments).map(stackId);
  return [...text.matchAll(/\bProoflink[A-Z]\w+/g)].map(([stack]) => stack).filter((stack) => !stacks.includes(stack));
};

const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
const OLDEST_ADMITTED = Number(/^>=(\d+)\./.exec(engines.node)?.[1]);
const NVMRC = Number(readFileSync(join(ROOT, '.nvmrc'), 'utf8'));

/** Every job runs on the Node of .nvmrc, but the one of CI that tries the oldest that is supported. */
const nodeIsNvmrcs: Rule = (workflow) => {
  const without = jobsOf(workflow)
    .filter(([, { steps = [] }]) => steps.some(({ run }) => /^(?:npm|npx|\.ci\/run)\b/.test(run ?? '')))
    .filter(([, { steps = [] }]) => !steps.some(({ uses }) => uses?.startsWith('actions/setup-node@')))
    .map(([name]) => `${name} runs on the runner's Node`);
  const findings = jobsOf(workflow).flatMap(([name, { steps = [] }]) =>
    steps
      .filter(({ uses }) => uses?.startsWith('actions/setup-node@'))
      .flatMap(({ with: { 'node-version': version, 'node-version-file': file } = {} }) => {
        if (name === 'oldest-node') {
          const oldest = Number(version);
          const isOlderLts = oldest % 2 === 0 && oldest >= OLDEST_ADMITTED && oldest < NVMRC;
          return isOlderLts ? [] : [`${name} tries Node ${version}, not an LTS release between engines' and .nvmrc's`];
        }
        return version === undefined && file === '.nvmrc'
          ? []
          : [`${name} runs on ${version ?? file ?? "the runner's Node"}, not on .nvmrc's`];
      }),
  );
  return [...without, ...findings];
};

/** Triggered by a name: who renames one workflow stops the other without a word. */
const triggersExist: Rule = ({ on }, all) =>
  (on.workflow_run?.workflows ?? []).filter((wanted) => !all.some(({ name }) => name === wanted));

/** By their names, too, artifacts go from job to job. */
const artifactsExist: Rule = (workflow, all) => {
  const named = (workflow: Workflow, action: string) =>
    stepsOf(workflow)
      .filter(({ uses }) => uses?.startsWith(`actions/${action}@`))
      .map(({ with: input }) => String(input?.name ?? input?.pattern));
  const made = all.flatMap((each) => named(each, 'upload-artifact'));
  const isMade = (name: string) =>
    made.some((one) => (name.endsWith('*') ? one.startsWith(name.slice(0, -1)) : one === name));
  return named(workflow, 'download-artifact').filter((name) => !isMade(name));
};

const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/g;

/** Without pipefail only a pipe's last program counts. GitHub sets it for a shell that is named. */
const pipesFail: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(([, { steps = [] }]) => steps.some(({ run = '' }) => /[^|]\|[^|]/.test(run.replace(QUOTED, ''))))
    .filter(([, { defaults }]) => defaults?.run?.shell !== 'bash')
    .map(([name]) => `${name} has a pipe and no shell: bash`);

/** Environment of a synth: it must not distinguish a deployment from a pull request. */
const synthsAreBare: Rule = (workflow) =>
  stepsOf(workflow)
    .flatMap(({ run = '' }) => run.split('\n'))
    .filter(
      (line) => /cdk synth/.test(line) && !line.trim().startsWith('env -i PATH="$PATH" HOME="$HOME" npx cdk synth '),
    );

/** Rules by which a workflow runs, ends, and does what this repository means. */
export const RUNS = {
  commandsExist,
  jobsEnd,
  nothingMayFail,
  regionIsTheConfigs,
  stacksExist,
  nodeIsNvmrcs,
  triggersExist,
  artifactsExist,
  pipesFail,
  synthsAreBare,
  jobsSay,
} satisfies Record<string, Rule>;
