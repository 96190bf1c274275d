import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as environments from '../../lib/config';
import { delivery } from '../../lib/config/delivery';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { stackId } from '../../lib/config/names';
import { engines, scripts } from '../../package.json';
import { newProoflinkProgram } from '../../tools/prooflink';
import { holds } from './holds';
import { jobsOf, ROOT, stepsOf, regionOfWorkflows, type Workflow } from './workflow';

const usesOf = (workflow: Workflow, action: string) =>
  stepsOf(workflow).flatMap((step) => (step.uses?.startsWith(`${action}@`) ? [step.with ?? {}] : []));

const CREDENTIALS = 'aws-actions/configure-aws-credentials';

const prooflinkCommands = newProoflinkProgram().commands.map((command) => command.name());

function isExecutable(path: string): boolean {
  try {
    accessSync(join(ROOT, path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Calls in a step's script, the fault of each, and when it is none: a person can run whatever a workflow calls. */
const CALLS: readonly (readonly [call: RegExp, fault: string, isRight?: (name: string) => boolean])[] = [
  [/\bnpm run (?:--silent )?([\w:-]+)/g, 'package.json has no such script', (name) => name in scripts],
  [/\bprooflink -- ([\w-]+)/g, 'there is no such command', (name) => prooflinkCommands.includes(name)],
  [/\b(?:npm (?!run\b|ci\b)|npx (?!cdk ))([\w-]+)/g, 'make it an npm script'],
  [/(?<![\w./-])((?:\.ci|tools)\/\S+(?<!\.txt))(?!\S)/g, 'is no program of this repository', isExecutable],
  [/(?:^|[|;&]\s*)(curl|wget|bash|sh|node)\b/gm, 'make it an npm script'],
];

holds(
  'commandsExist',
  (workflow) =>
    stepsOf(workflow).flatMap(({ run = '' }) =>
      CALLS.flatMap(([call, fault, isRight]) =>
        [...run.matchAll(call)].flatMap(([, name = '']) => (isRight?.(name) ? [] : [`${name}: ${fault}`])),
      ),
    ),
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

holds(
  'jobsEnd',
  (workflow) =>
    jobsOf(workflow)
      .filter(
        ([, { uses, 'timeout-minutes': time }]) => uses === undefined && !(Number(time) > 0 && Number(time) <= 240),
      )
      .map(([name]) => `${name} has no timeout-minutes up to 240`),
  [
    {
      title: 'a job without an end',
      file: 'ci.yml',
      from: 'timeout-minutes: 30',
      to: '',
      finding: 'ci has no timeout-minutes',
    },
    {
      title: "GitHub's six hours",
      file: 'ci.yml',
      from: 'timeout-minutes: 30',
      to: 'timeout-minutes: 360',
      finding: 'ci has no timeout-minutes',
    },
  ],
);

/** Lines of a workflow's file with something in them, as `line 12: …` each. */
function linesWith({ text }: Workflow, piece: string): string[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.includes(piece))
    .map(({ line, number }) => `line ${number}: ${line.trim()}`);
}

const configs: Readonly<Record<string, EnvironmentConfig>> = environments;

const deliveredNames = Object.keys(configs).filter((name) => Reflect.get(delivery.environments, name) === true);

// An environment in another region is deployed by hand: docs/operating.md.
holds(
  'regionIsTheConfigs',
  (workflow) =>
    [...new Set(usesOf(workflow, CREDENTIALS).map((input) => String(input['aws-region'])))].flatMap((region) =>
      deliveredNames
        .filter((name) => configs[name]?.region !== region)
        .flatMap((name) =>
          linesWith(workflow, region).map(
            (line) =>
              `${line}: the region of ${name} is ${configs[name]?.region}; write it there, or ${name}: false ` +
              'into environments of lib/config/delivery.ts',
          ),
        ),
    ),
  deliveredNames.length === 0
    ? []
    : [{ title: 'another region', file: 'diff.yml', from: regionOfWorkflows(), to: 'us-west-1', finding: 'us-west-1' }],
);

/** Environments that workflows may name: until a repository is named, none of them runs, and those of the guide stay. */
const workflowNames = delivery.repository === undefined ? ['dev', 'prod'] : [];

const stacks = [...new Set([...Object.keys(configs), ...workflowNames, 'delivery'])].map(stackId);

holds(
  'stacksExist',
  (workflow) => {
    const named = [...workflow.text.matchAll(/\bProoflink[A-Z]\w+/g)].map(([stack]) => stack);
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
const BY_FILE = 'node-version-file: .nvmrc';

// Every job runs on the Node of .nvmrc, but the one of CI that tries the oldest LTS that is supported.
holds(
  'nodeIsNvmrcs',
  (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) => {
      const runsNode = job.steps?.some(({ run }) => /^(?:npm|npx|\.ci\/run)\b/.test(run ?? ''));
      const set = usesOf({ ...workflow, jobs: { [name]: job } }, 'actions/setup-node');
      if (set.length === 0) return runsNode ? [`${name} runs on the runner's Node`] : [];
      return set.flatMap(({ 'node-version': version, 'node-version-file': file }) => {
        const oldest = Number(version);
        const isOlderLts = oldest % 2 === 0 && oldest >= OLDEST_ADMITTED && oldest < NVMRC;
        if (name === 'oldest-node') return isOlderLts ? [] : [`${name} tries Node ${version}, not an older LTS`];
        const isNvmrcs = version === undefined && /^(?:base\/)?\.nvmrc$/.test(String(file));
        return isNvmrcs ? [] : [`${name} runs on ${version ?? file ?? "the runner's Node"}, not on .nvmrc's`];
      });
    }),
  [
    {
      title: 'another Node',
      file: 'diff.yml',
      from: BY_FILE,
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
      finding: 'oldest-node tries Node 18, not an',
    },
  ],
);

// Triggered by a name: who renames one workflow stops the other without a word.
holds(
  'triggersExist',
  ({ on }, all) => (on.workflow_run?.workflows ?? []).filter((wanted) => !all.some(({ name }) => name === wanted)),
  [{ title: 'a workflow that was renamed', file: 'ci.yml', from: 'name: CI', to: 'name: Checks', finding: 'CI' }],
);

const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/g;

// Without pipefail only a pipe's last program counts. GitHub sets it for a shell that is named.
holds(
  'pipesFail',
  (workflow) =>
    jobsOf(workflow)
      .filter(([, { steps = [] }]) => steps.some(({ run = '' }) => /[^|]\|[^|]/.test(run.replace(QUOTED, ''))))
      .filter(([, { defaults }]) => defaults?.run?.shell !== 'bash')
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

// The environment of a synth must not distinguish a deployment from a pull request.
holds(
  'synthsAreBare',
  (workflow) =>
    stepsOf(workflow)
      .flatMap(({ run = '' }) => run.split('\n'))
      .filter((line) => /cdk synth/.test(line) && !/^\s*env -i PATH="\$PATH" HOME="\$HOME" npx cdk synth /.test(line)),
  [
    {
      title: 'what GitHub says',
      file: 'deploy.yml',
      from: 'env -i PATH="$PATH" HOME="$HOME" ',
      to: '',
      finding: 'npx cdk synth --strict',
    },
  ],
);
