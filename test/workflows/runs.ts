import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import { commandsExist } from './commands';
import { jobsOf, ROOT, type Rule, stepsOf, type Workflow } from './workflow';

const jobsEnd: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(
      ([, { uses, 'timeout-minutes': minutes }]) =>
        uses === undefined && !(Number(minutes) > 0 && Number(minutes) <= 240),
    )
    .map(([name]) => `${name} has no timeout-minutes up to 240`);

const OLDER_RUN_OF_PULL_REQUEST = "${{ github.event_name == 'pull_request' && github.ref || github.run_id }}";

/** An older run of a pull request is ended; one on main, a deployment or a comment never is. */
const onlyPullRequestsAreCancelled: Rule = (workflow) => {
  const { on, concurrency } = workflow;
  const cancels = concurrency?.['cancel-in-progress'] ?? false;
  const onlyPullRequests = Object.keys(on).every((event) => event === 'pull_request');
  const safeGroup = concurrency?.group?.includes(onlyPullRequests ? '${{ github.ref }}' : OLDER_RUN_OF_PULL_REQUEST);
  return [
    ...('pull_request' in on && (cancels !== true || !safeGroup)
      ? ['an older run of a pull request is not ended']
      : []),
    ...(cancels !== false && !safeGroup ? ['a run that is not of a pull request can be ended'] : []),
    ...jobsOf(workflow)
      .filter(([, job]) => (job.concurrency?.['cancel-in-progress'] ?? false) !== false)
      .map(([name]) => `${name} can be ended`),
  ];
};

/** What fails in one environment says nothing about another one. */
const environmentsAreApart: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(([, { strategy }]) => strategy !== undefined && strategy['fail-fast'] !== false)
    .map(([name]) => `${name} ends in all environments where it fails in one`);

const schedulesAreNightly: Rule = ({ on }) =>
  'schedule' in on
    ? ((on['schedule'] as unknown as readonly { cron: string }[] | null) ?? [{ cron: 'never' }])
        .map(({ cron }) => cron)
        .filter((cron) => !/^\d+ \d+ \* \* \*$/.test(cron))
    : [];

/** Only what says by being absent that something failed may be absent itself. */
const nothingMayFail: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([name, job]) => [
    ...('continue-on-error' in job ? [`${name} may fail`] : []),
    ...(job.steps ?? [])
      .filter((step) => 'continue-on-error' in step && !step.uses?.startsWith('actions/download-artifact@'))
      .map((step) => `${name}: ${step.name ?? step.uses ?? step.run ?? ''} may fail`),
  ]);

const deploymentsWait: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(([, { steps = [] }]) =>
      steps.some(({ run }) => /npx cdk (?:deploy|destroy)|prooflink -- release/.test(run ?? '')),
    )
    .filter(([, job]) => !(job.concurrency ?? workflow.concurrency)?.group)
    .map(([name]) => `${name} deploys and has no concurrency group`);

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
  const isMissing = workflow.file === 'ci.yml' && !('oldest-node' in workflow.jobs);
  return [...without, ...findings, ...(isMissing ? ['no job oldest-node tries the oldest supported Node'] : [])];
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

/** What makes a workflow run, end, and mean what this repository means. */
export const RUNS = {
  commandsExist,
  jobsEnd,
  onlyPullRequestsAreCancelled,
  environmentsAreApart,
  schedulesAreNightly,
  nothingMayFail,
  deploymentsWait,
  regionIsTheConfigs,
  stacksExist,
  nodeIsNvmrcs,
  triggersExist,
  artifactsExist,
} satisfies Record<string, Rule>;
