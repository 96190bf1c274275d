import { holds } from './holds';
import { type Job, jobsOf, type Step, stepsOf } from './workflow';

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const CHECKOUT = `actions/checkout@${SHA} # v7.0.1`;
const KEPT = 'persist-credentials: false';

const is = (uses: string | undefined, action: string): boolean => uses?.startsWith(`${action}@`) === true;

// A tag moves to whatever its owner wants; a commit is what was looked at.
holds(
  'actionsArePinned',
  ({ actions }) =>
    actions
      .filter(({ action }) => !action.startsWith('./'))
      .filter(({ action, comment }) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action) || !/^v\d+\.\d+\.\d+$/.test(comment))
      .map(({ action, comment }) => `${action} # ${comment}`),
  [
    {
      title: 'a tag',
      file: 'ci.yml',
      from: CHECKOUT,
      to: 'actions/checkout@v7 # v7.0.1',
      finding: 'actions/checkout@v7',
    },
    {
      title: 'an image',
      file: 'ci.yml',
      from: CHECKOUT,
      to: 'docker://alpine:3 # v1.0.0',
      finding: 'docker://alpine:3',
    },
  ],
);

// Two versions of one action are one that was not upgraded.
holds(
  'actionsHaveOnePin',
  ({ actions }, all) =>
    actions.flatMap(({ action, comment }) => {
      const others = all
        .flatMap((workflow) => workflow.actions)
        .filter((other) => other.action.split('@')[0] === action.split('@')[0]);
      const differs = others.some((other) => other.action !== action || other.comment !== comment);
      return differs ? [`${action} # ${comment}`] : [];
    }),
  [
    {
      title: 'two versions',
      file: 'ci.yml',
      from: CHECKOUT,
      to: `actions/checkout@${SHA} # v7.0.2`,
      finding: `actions/checkout@${SHA} # v7.0.2`,
    },
  ],
);

/** Commit of the base, as the job `base` of diff.yml finds it. */
const BASE_COMMIT = /^\$\{\{ (?:steps\.base|needs\.base)\.outputs\.commit \}\}$/;

/** A program that runs files of its folder, or such a file. */
const RUNS_FILES = /\b(?:npm|npx|node|bash|sh)\b|(?<!\.)\.\/|\.ci\/|tools\//;

/** True if a job of a pull request's workflow runs code of the base alone, in a folder of its own. */
function runsBase({ defaults, steps = [] }: Job): boolean {
  const folders = steps.map((step) => (step.run === undefined ? undefined : folderOf(step, defaults)));
  const isSafe = (step: Step, index: number) => {
    const folder = folders[index];
    if (folder === undefined || folder === 'base') return true;
    // git, gh and the shell's own commands read the merged commit, and run none of its files.
    return !RUNS_FILES.test(step.run ?? '');
  };
  const checkouts = steps.filter(({ uses }) => is(uses, 'actions/checkout'));
  const isOfBase = ({ with: { ref, path } = {} }: Step) => path === 'base' && BASE_COMMIT.test(String(ref));
  const isRead = ({ with: { path } = {} }: Step) => path === 'merged';
  return checkouts.some(isOfBase) && checkouts.every((step) => isOfBase(step) || isRead(step)) && steps.every(isSafe);
}

/** The folder in which a step's script runs. */
const folderOf = (step: Step, defaults: Job['defaults']) =>
  step['working-directory'] ?? defaults?.run?.['working-directory'] ?? '.';

// A pull request's own code never runs where there are more rights than to read, nor does it judge itself.
holds(
  'foreignCodeHasNoRights',
  ({ on, file, jobs }) =>
    Object.entries('pull_request' in on && file !== 'ci.yml' ? jobs : {})
      .filter(([name, job]) => name !== 'head' && !runsBase(job))
      .map(([name]) => `${name} runs the pull request's code`),
  [
    {
      title: 'the merged commit in the place of the base',
      file: 'diff.yml',
      from: 'ref: ${{ needs.base.outputs.commit }}',
      to: 'ref: ${{ github.sha }}',
      finding: "deployed runs the pull request's code",
    },
    {
      title: 'a program of the merged commit',
      file: 'diff.yml',
      from: 'run: git diff --text',
      to: 'run: .ci/run --text',
      finding: "base runs the pull request's code",
    },
    {
      title: 'another folder',
      file: 'diff.yml',
      from: 'working-directory: base',
      to: 'working-directory: merged',
      finding: "review runs the pull request's code",
    },
  ],
);

// One work tree that changes from one side to the other is neither: git applies the attributes of the side that it leaves.
holds(
  'workTreesStay',
  (workflow) =>
    stepsOf(workflow).flatMap(({ run = '' }) =>
      /\bgit (?:-C \S+ )?(?:checkout|switch|reset)\b/.test(run) ? [run] : [],
    ),
  [
    {
      title: 'a change of sides',
      file: 'diff.yml',
      from: 'run: git diff',
      to: 'run: git checkout --detach HEAD^1 && git diff',
      finding: 'git checkout --detach HEAD^1',
    },
  ],
);

const makesAssembly = (steps: readonly Step[]): boolean =>
  steps.some(
    ({ uses, with: input }) => is(uses, 'actions/upload-artifact') && /assembly|^base$/.test(String(input?.name)),
  );

/** Scripts that make an assembly. */
const SYNTH = /^(?:\.ci\/check-packages\.js$|npm ci |env -i |digest=|git diff |echo "commit=)/;

// A job with a token runs only this repository's code and what deploying needs: no install script, no package of the
// tests, nothing out of a cache that CI filled. The same, but all packages, where something is made that is trusted.
holds(
  'tokensMeetNoStrangers',
  (workflow) =>
    jobsOf(workflow).flatMap(([name, { permissions = workflow.permissions ?? {}, steps = [] }]) => {
      const runs = steps.flatMap(({ run }) => run ?? []);
      const installs = runs.filter((run) => /\bnpm (?:ci|install)\b/.test(run));
      const isCi = workflow.file === 'ci.yml';
      const isForeign = 'pull_request' in workflow.on && name === 'head';
      const isChecked = (index: number) => runs[index - 1] === '.ci/check-packages.js';
      const holds =
        Object.values(permissions).includes('write') ||
        steps.some(({ run = '', env }) => /\bnp[mx] /.test(run) && JSON.stringify(env ?? {}).includes('github.token'));
      const caches = steps.some(
        ({ uses, with: input }) =>
          is(uses, 'actions/setup-node') && (input?.cache !== undefined || input?.['package-manager-cache'] !== false),
      );
      const faults = {
        'runs install scripts': !isCi && installs.some((run) => !run.includes('--ignore-scripts')),
        "installs the tests' packages": holds && installs.some((run) => !run.includes('--omit=dev')),
        "builds images, which runs everybody's code": holds && runs.some((run) => /\bdocker (?:build|run)\b/.test(run)),
        'runs something beside the synth of what is deployed':
          makesAssembly(steps) && runs.some((run) => !SYNTH.test(run)),
        'installs packages that nobody has checked':
          !isCi && !isForeign && runs.some((run, index) => installs.includes(run) && !isChecked(index)),
        'takes packages from a cache': !isCi && !isForeign && caches,
      };
      return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [`${name} ${fault}`] : []));
    }),
  [
    {
      title: 'install scripts',
      file: 'deploy-stack.yml',
      from: ' --ignore-scripts',
      to: '',
      finding: 'deploy runs install scripts',
    },
    {
      title: 'packages of tests',
      file: 'deploy-stack.yml',
      from: ' --omit=dev',
      to: '',
      finding: "deploy installs the tests' packages",
    },
    {
      title: 'an image that is built',
      file: 'release.yml',
      from: 'docker load',
      to: 'docker build',
      finding: 'release builds images',
    },
    {
      title: 'tests beside a synth',
      file: 'deploy.yml',
      from: '- run: env -i',
      to: '- run: npm test\n      - run: env -i',
      finding: 'assembly runs some',
    },
    {
      title: 'packages that are installed unread',
      file: 'deploy-stack.yml',
      from: '- run: .ci/check-packages.js',
      to: '- run: ls',
      finding: 'deploy installs packages that nobody has checked',
    },
    {
      title: "CI's cache",
      file: 'deploy-stack.yml',
      from: 'package-manager-cache: false',
      to: 'cache: npm',
      finding: 'takes packages from a cache',
    },
    {
      title: 'a cache by default',
      file: 'deploy.yml',
      from: 'package-manager-cache: false',
      to: '',
      finding: 'assembly takes packages from a cache',
    },
  ],
);

// These run foreign code, or on foreign words, with a token that can write.
holds(
  'noPrivilegedTrigger',
  ({ on }) =>
    Object.keys(on).filter((event) =>
      /^(?:pull_request_target|issue_comment|issues|fork|watch|discussion.*)$/.test(event),
    ),
  [
    {
      title: "a fork's code with rights",
      file: 'diff.yml',
      from: 'pull_request:',
      to: 'pull_request_target:',
      finding: 'pull_request_target',
    },
  ],
);

// A title or a branch in the text of a script is run by the shell; as a variable it is only read.
holds(
  'scriptsAreFixed',
  (workflow) =>
    stepsOf(workflow).flatMap(({ run, with: input }) => [
      ...(run?.includes('${{') ? [run] : []),
      ...(input?.script === undefined ? [] : [`script: ${String(input.script)}`]),
    ]),
  [
    {
      title: 'a title',
      file: 'ci.yml',
      from: 'run: .ci/run',
      to: 'run: echo ${{ github.event.pull_request.title }}',
      finding: 'echo ${{ github.event',
    },
    {
      title: 'a script of JavaScript',
      file: 'ci.yml',
      from: 'python-version:',
      to: 'script: x\n          python-version:',
      finding: 'script: x',
    },
  ],
);

/** A commit that CI of main passed, or the base of a pull request. */
const CHECKOUT_OF = /^\$\{\{ (?:inputs|needs\.plan\.outputs|needs\.base\.outputs|steps\.base\.outputs)\.commit \}\}$/;

// No token is left in .git for whatever runs next, and a foreign commit is never checked out beside rights.
holds(
  'checkoutsAreSafe',
  (workflow) =>
    stepsOf(workflow)
      .filter(({ uses }) => is(uses, 'actions/checkout'))
      .flatMap(({ with: { 'persist-credentials': persist, ref, repository } = {} }) => [
        ...(persist === false ? [] : ['the checkout keeps its credentials']),
        ...(ref === undefined || CHECKOUT_OF.test(String(ref)) ? [] : [`the checkout is of ${String(ref)}`]),
        ...(repository === undefined ? [] : [`the checkout is of ${String(repository)}`]),
      ]),
  [
    {
      title: 'a token in .git',
      file: 'ci.yml',
      from: KEPT,
      to: 'fetch-depth: 1',
      finding: 'the checkout keeps its credentials',
    },
    {
      title: "a fork's commit",
      file: 'diff-comment.yml',
      from: KEPT,
      to: `${KEPT}\n          ref: \${{ github.event.x }}`,
      finding: 'is of ${{',
    },
    {
      title: "a fork's code",
      file: 'diff-comment.yml',
      from: KEPT,
      to: `${KEPT}\n          repository: a/b`,
      finding: 'the checkout is of a/b',
    },
  ],
);
