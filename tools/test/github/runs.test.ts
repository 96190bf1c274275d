import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as environments from '../../../lib/config';
import { delivery } from '../../../lib/config/delivery';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { engines, scripts } from '../../../package.json';
import { newProoflinkProgram } from '../../prooflink';
import { holds } from './holds';
import { type Job, jobsOf, regionOfWorkflows, ROOT, runsAction, stepsOf, type Workflow } from './workflow';

const prooflinkCommands = newProoflinkProgram().commands.map((command) => command.name());

function isExecutable(path: string): boolean {
  try {
    accessSync(join(ROOT, path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A form of calls in scripts, whose first group is the name of the program. */
interface CallForm {
  readonly pattern: RegExp;
  /** Fault of a name that does not exist. */
  readonly fault: string;
  /** @default - no name does: a person cannot run it */
  readonly exists?: (name: string) => boolean;
}

const CALL_FORMS: readonly CallForm[] = [
  {
    pattern: /\bnpm run (?:--silent )?([\w:-]+)/g,
    fault: 'package.json has no such script',
    exists: (name) => name in scripts,
  },
  {
    pattern: /\bprooflink -- ([\w-]+)/g,
    fault: 'there is no such command',
    exists: (name) => prooflinkCommands.includes(name),
  },
  {
    pattern: /\b(?:npm (?!run\b|ci\b)|npx (?!cdk ))([\w-]+)/g,
    fault: 'make it an npm script',
  },
  {
    pattern: /(?<![\w./-])((?:\.ci|tools)\/\S+(?<!\.txt))(?!\S)/g,
    fault: 'is no program of this repository',
    exists: isExecutable,
  },
  {
    pattern: /(?:^|[|;&]\s*)(curl|wget|bash|sh|node)\b/gm,
    fault: 'make it an npm script',
  },
];

/** Faults of the calls of one form in a script. */
function faultsOfCalls(script: string, { pattern, fault, exists = () => false }: CallForm): string[] {
  const names = Array.from(script.matchAll(pattern), ([, name = '']) => name);
  return names.filter((name) => !exists(name)).map((name) => `${name}: ${fault}`);
}

holds(
  'a workflow calls programs that exist, and that a person can run, too',
  (workflow) => stepsOf(workflow).flatMap(({ run = '' }) => CALL_FORMS.flatMap((form) => faultsOfCalls(run, form))),
  [
    {
      title: 'a script that is gone',
      file: 'ci.yml',
      from: '.ci/run',
      to: 'npm run dead',
      finding: 'dead: package.json has no such script',
    },
    {
      title: 'no command',
      file: 'diff.yml',
      from: '-- review',
      to: '-- reveiw',
      finding: 'reveiw: there is no such command',
    },
    {
      title: "anybody's package",
      file: 'diff.yml',
      from: 'npx cdk synth',
      to: 'npx cdk-synth x',
      finding: 'cdk-synth: make it an npm script',
    },
    {
      title: 'a file that is gone',
      file: 'ci.yml',
      from: '.ci/run',
      to: '.ci/ran',
      finding: '.ci/ran: is no program of this repository',
    },
    {
      title: 'another program',
      file: 'diff.yml',
      from: 'tee ../comment.md',
      to: 'curl -d @- http://x',
      finding: 'curl: make it an npm script',
    },
  ],
);

/** The longest job is the one that deploys (test/delivery/time-limits.test.ts). */
const LONGEST_JOB_MINUTES = 240;

function ends({ uses, 'timeout-minutes': minutes }: Job): boolean {
  return uses !== undefined || (Number(minutes) > 0 && Number(minutes) <= LONGEST_JOB_MINUTES);
}

holds(
  'every job ends: one that hangs would hold its concurrency group for six hours',
  (workflow) =>
    jobsOf(workflow)
      .filter(([, job]) => !ends(job))
      .map(([name]) => `${name} has no timeout-minutes up to ${LONGEST_JOB_MINUTES}`),
  [
    {
      title: 'a job without an end',
      file: 'ci.yml',
      from: 'timeout-minutes: 30',
      to: '',
      finding: 'ci has no timeout-minutes',
    },
    {
      title: 'a job of six hours',
      file: 'ci.yml',
      from: 'timeout-minutes: 30',
      to: 'timeout-minutes: 360',
      finding: 'ci has no timeout-minutes',
    },
  ],
);

/** Lines of a workflow's file with a text in them, as `line 12: …` each. */
function linesWith({ text }: Workflow, wanted: string): string[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.includes(wanted))
    .map(({ line, number }) => `line ${number}: ${line.trim()}`);
}

const configs: Readonly<Record<string, EnvironmentConfig>> = environments;

const deliveredConfigs = Object.entries(configs).filter(([name]) => Reflect.get(delivery.environments, name) === true);

function regionsOf(workflow: Workflow): string[] {
  const signIns = stepsOf(workflow).filter((step) => runsAction(step, 'aws-actions/configure-aws-credentials'));
  return [...new Set(signIns.map((step) => String(step.with?.['aws-region'])))];
}

/** A line for each place where a workflow names a region that is not an environment's. */
function otherRegion(workflow: Workflow, region: string, name: string, config: EnvironmentConfig): string[] {
  if (config.region === region) return [];
  const fix = `write it there, or ${name}: false into environments of lib/config/delivery.ts`;
  return linesWith(workflow, region).map((line) => `${line}: the region of ${name} is ${config.region}; ${fix}`);
}

holds(
  'the region of the workflows is the config’s; an environment in another one is deployed by hand (docs/operating.md)',
  (workflow) =>
    regionsOf(workflow).flatMap((region) =>
      deliveredConfigs.flatMap(([name, config]) => otherRegion(workflow, region, name, config)),
    ),
  deliveredConfigs.length === 0
    ? []
    : [
        {
          title: 'another region',
          file: 'diff.yml',
          from: regionOfWorkflows(),
          to: 'us-west-1',
          finding: 'us-west-1',
        },
      ],
);

/** Environments that workflows may name: until a repository is named, none of them runs, and those of the guide stay. */
const namesInWorkflows = delivery.repository === undefined ? ['dev', 'prod'] : [];

const stacks = [...new Set([...Object.keys(configs), ...namesInWorkflows, 'delivery'])].map(stackId);

holds(
  'every stack that a workflow names is one of lib/config',
  (workflow) => {
    const named = Array.from(workflow.text.matchAll(/\bProoflink[A-Z]\w+/g), ([stack]) => stack);
    const unknown = [...new Set(named)].filter((stack) => !stacks.includes(stack));
    return unknown.flatMap((stack) =>
      linesWith(workflow, stack).map(
        (line) => `${line}: ${stack} is no stack of lib/config; there are ${stacks.join(', ')}`,
      ),
    );
  },
  [
    {
      title: 'a stack that is gone',
      file: 'drift.yml',
      from: 'ProoflinkProd',
      to: 'ProoflinkProduction',
      finding: 'ProoflinkProduction',
    },
  ],
);

const OLDEST_ADMITTED = Number(/^>=(\d+)\./.exec(engines.node)?.[1]);
const NVMRC = Number(readFileSync(join(ROOT, '.nvmrc'), 'utf8'));

/** Inputs of the steps of a job that install Node. */
function nodeSetups({ steps = [] }: Job) {
  return steps.filter((step) => runsAction(step, 'actions/setup-node')).map((step) => step.with ?? {});
}

function startsNode({ steps = [] }: Job): boolean {
  return steps.some(({ run = '' }) => /^(?:npm|npx|\.ci\/run)\b/.test(run));
}

holds(
  'every job but oldest-node runs on the Node of .nvmrc, as people do',
  (workflow) =>
    jobsOf(workflow)
      .filter(([name]) => name !== 'oldest-node')
      .flatMap(([name, job]) => {
        const setups = nodeSetups(job);
        if (setups.length === 0) return startsNode(job) ? [`${name} runs on the runner's Node`] : [];
        return setups
          .map((inputs) => inputs['node-version'] ?? inputs['node-version-file'] ?? "the runner's Node")
          .filter((version) => !/^(?:base\/)?\.nvmrc$/.test(String(version)))
          .map((version) => `${name} runs on ${version}, not on .nvmrc's`);
      }),
  [
    {
      title: 'another Node',
      file: 'diff.yml',
      from: 'node-version-file: .nvmrc',
      to: 'node-version: 22',
      finding: "head runs on 22, not on .nvmrc's",
    },
    {
      title: 'no Node at all',
      file: 'diff.yml',
      from: 'actions/setup-node@',
      to: 'actions/other@',
      finding: "head runs on the runner's Node",
    },
  ],
);

function isOlderLts(version: number): boolean {
  return version % 2 === 0 && version >= OLDEST_ADMITTED && version < NVMRC;
}

holds(
  'oldest-node tries an older LTS that package.json admits',
  ({ jobs }) =>
    nodeSetups(jobs['oldest-node'] ?? {})
      .map((inputs) => Number(inputs['node-version']))
      .filter((version) => !isOlderLts(version))
      .map((version) => `oldest-node tries Node ${version}, not an older LTS`),
  [
    {
      title: 'nothing older',
      file: 'ci.yml',
      from: 'node-version: 22',
      to: 'node-version: 24',
      finding: 'oldest-node tries Node 24, not an older LTS',
    },
    {
      title: 'what engines refuses',
      file: 'ci.yml',
      from: 'node-version: 22',
      to: 'node-version: 18',
      finding: 'oldest-node tries Node 18, not an older LTS',
    },
  ],
);

holds(
  'a workflow that starts another one has its name: GitHub says nothing of a name that no workflow has',
  ({ on }, all) => (on['workflow_run']?.workflows ?? []).filter((name) => !all.some((other) => other.name === name)),
  [
    {
      title: 'a workflow that was renamed',
      file: 'ci.yml',
      from: 'name: CI',
      to: 'name: Checks',
      finding: 'CI',
    },
  ],
);

const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/g;

function hasPipe({ steps = [] }: Job): boolean {
  return steps.some(({ run = '' }) => /[^|]\|[^|]/.test(run.replace(QUOTED, '')));
}

holds(
  'a job with a pipe names its shell: without, GitHub sets no pipefail, and only the last program can fail',
  (workflow) =>
    jobsOf(workflow)
      .filter(([, job]) => hasPipe(job) && job.defaults?.run?.shell !== 'bash')
      .map(([name]) => `${name} has a pipe and no shell: bash`),
  [
    {
      title: 'another shell',
      file: 'diff.yml',
      from: 'shell: bash',
      to: 'shell: sh',
      finding: 'review has a pipe and no shell: bash',
    },
  ],
);

const BARE_SYNTH = /^\s*env -i PATH="\$PATH" HOME="\$HOME" npx cdk synth /;

holds(
  'no variable of GitHub reaches a synth: a deployment would be made of another assembly than its review',
  (workflow) =>
    stepsOf(workflow)
      .flatMap(({ run = '' }) => run.split('\n'))
      .filter((line) => line.includes('cdk synth') && !BARE_SYNTH.test(line)),
  [
    {
      title: 'a synth with all variables',
      file: 'deploy.yml',
      from: 'env -i PATH="$PATH" HOME="$HOME" ',
      to: '',
      finding: 'npx cdk synth --strict',
    },
  ],
);
