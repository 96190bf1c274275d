import { holds } from './holds';
import { type Job, jobsOf, runsAction, type Step, stepsOf, type Workflow } from './workflow';

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const CHECKOUT = `actions/checkout@${SHA} # v7.0.1`;
const NOT_KEPT = 'persist-credentials: false';

const PINNED = /^[\w./-]+@[0-9a-f]{40}$/;
const VERSION = /^v\d+\.\d+\.\d+$/;

holds(
  'every action is pinned to a commit, with its version behind it: a tag moves to whatever its owner wants',
  ({ actions }) =>
    actions
      .filter(({ action }) => !action.startsWith('./'))
      .filter(({ action, comment }) => !PINNED.test(action) || !VERSION.test(comment))
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

holds(
  'an action has one version in all workflows: the other one was not upgraded',
  ({ actions }, all) => {
    const everywhere = all.flatMap((workflow) => workflow.actions);
    const nameOf = (action: string) => action.replace(/@.*$/, '');
    return actions
      .filter(({ action, comment }) =>
        everywhere.some(
          (other) => nameOf(other.action) === nameOf(action) && (other.action !== action || other.comment !== comment),
        ),
      )
      .map(({ action, comment }) => `${action} # ${comment}`);
  },
  [
    {
      title: 'a second version',
      file: 'ci.yml',
      from: CHECKOUT,
      to: `actions/checkout@${SHA} # v7.0.2`,
      finding: `actions/checkout@${SHA} # v7.0.2`,
    },
  ],
);

/** Commit of the base, as the job `base` of diff.yml finds it. */
const BASE_COMMIT = /^\$\{\{ (?:steps\.base|needs\.base)\.outputs\.commit \}\}$/;

/** A program that runs files of its folder, or such a file. git, gh and the shell's own commands only read them. */
const RUNS_FILES = /\b(?:npm|npx|node|bash|sh)\b|(?<!\.)\.\/|\.ci\/|tools\//;

/** The folder in which the script of a step runs. */
function folderOf(step: Step, { defaults }: Job): string {
  return step['working-directory'] ?? defaults?.run?.['working-directory'] ?? '.';
}

/** True if a job checks the base out into a folder of its own, and runs no file but the base's. */
function runsBaseAlone(job: Job): boolean {
  const steps = job.steps ?? [];
  const checkouts = steps
    .filter((step) => runsAction(step, 'actions/checkout'))
    .map(({ with: { ref, path } = {} }) => ({
      isBase: path === 'base' && BASE_COMMIT.test(String(ref)),
      isOnlyRead: path === 'merged',
    }));
  const scripts = steps.filter(({ run }) => run !== undefined);
  return (
    checkouts.some(({ isBase }) => isBase) &&
    checkouts.every(({ isBase, isOnlyRead }) => isBase || isOnlyRead) &&
    scripts.every((step) => folderOf(step, job) === 'base' || !RUNS_FILES.test(step.run ?? ''))
  );
}

/** True if a workflow runs for pull requests, and is not CI, which has no rights. */
function judgesPullRequests({ on, file }: Workflow): boolean {
  return 'pull_request' in on && file !== 'ci.yml';
}

holds(
  'the code of a pull request runs in the job head alone, which has no rights: it does not judge itself',
  (workflow) =>
    jobsOf(workflow)
      .filter(([name]) => judgesPullRequests(workflow) && name !== 'head')
      .filter(([, job]) => !runsBaseAlone(job))
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

const CHANGES_WORK_TREE = /\bgit (?:-C \S+ )?(?:checkout|switch|reset)\b/;

holds(
  'a work tree stays at one commit: git would apply the attributes of the commit that it leaves',
  (workflow) => stepsOf(workflow).flatMap(({ run = '' }) => (CHANGES_WORK_TREE.test(run) ? [run] : [])),
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

/** A job with what the rules on packages ask of it. */
interface InstallingJob {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly scripts: readonly string[];
  readonly installs: readonly string[];
  /** True if it has a token that can write, or AWS takes. */
  readonly hasToken: boolean;
}

function installingJobs(workflow: Workflow): InstallingJob[] {
  return jobsOf(workflow).map(([name, { permissions = workflow.permissions ?? {}, steps = [] }]) => {
    const scripts = steps.flatMap(({ run }) => run ?? []);
    const startsNpmWithToken = steps.some(
      ({ run = '', env = {} }) => /\bnp[mx] /.test(run) && JSON.stringify(env).includes('github.token'),
    );
    return {
      name,
      steps,
      scripts,
      installs: scripts.filter((script) => /\bnpm (?:ci|install)\b/.test(script)),
      hasToken: startsNpmWithToken || Object.values(permissions).includes('write'),
    };
  });
}

/** True if a job belongs to CI, or runs a pull request's own code: it has no rights, and its results are not trusted. */
function isUntrusted(workflow: Workflow, { name }: InstallingJob): boolean {
  return workflow.file === 'ci.yml' || ('pull_request' in workflow.on && name === 'head');
}

holds(
  'outside of CI no package runs a script when it is installed: it would run beside a token, or beside a trusted synth',
  (workflow) =>
    installingJobs(workflow)
      .filter(() => workflow.file !== 'ci.yml')
      .filter(({ installs }) => installs.some((script) => !script.includes('--ignore-scripts')))
      .map(({ name }) => `${name} runs install scripts`),
  [
    {
      title: 'an install with scripts',
      file: 'deploy-stack.yml',
      from: ' --ignore-scripts',
      to: '',
      finding: 'deploy runs install scripts',
    },
  ],
);

holds(
  'a job with a token installs what deploying needs alone',
  (workflow) =>
    installingJobs(workflow)
      .filter(({ hasToken, installs }) => hasToken && installs.some((script) => !script.includes('--omit=dev')))
      .map(({ name }) => `${name} installs the tests' packages`),
  [
    {
      title: 'an install of everything',
      file: 'deploy-stack.yml',
      from: ' --omit=dev',
      to: '',
      finding: "deploy installs the tests' packages",
    },
  ],
);

holds(
  'a job with a token builds no image: the code of all its packages would run beside the token',
  (workflow) =>
    installingJobs(workflow)
      .filter(({ hasToken, scripts }) => hasToken && scripts.some((script) => /\bdocker (?:build|run)\b/.test(script)))
      .map(({ name }) => `${name} builds images`),
  [
    {
      title: 'an image that is built',
      file: 'application/release.yml',
      from: 'docker load',
      to: 'docker build',
      finding: 'release builds images',
    },
  ],
);

/** Beginnings of the scripts of a job that makes an assembly: it checks, installs, synthesizes and takes the digest. */
const SYNTH = ['.ci/check-packages.js', 'npm ci ', 'env -i ', 'digest=', 'git diff ', 'echo "commit='];

function isOfSynth(script: string): boolean {
  return SYNTH.some((beginning) => script.startsWith(beginning));
}

function makesAssembly({ steps }: InstallingJob): boolean {
  const uploads = steps.filter((step) => runsAction(step, 'actions/upload-artifact'));
  return uploads.some(({ with: inputs }) => /assembly|^base$/.test(String(inputs?.['name'])));
}

holds(
  'nothing runs beside the synth of what is deployed: a test could change the assembly',
  (workflow) =>
    installingJobs(workflow)
      .filter((job) => makesAssembly(job) && !job.scripts.every(isOfSynth))
      .map(({ name }) => `${name} runs something beside the synth`),
  [
    {
      title: 'a test beside it',
      file: 'deploy.yml',
      from: '- run: env -i',
      to: '- run: npm test\n      - run: env -i',
      finding: 'assembly runs something beside the synth',
    },
  ],
);

/** True if the packages are checked right before they are installed. */
function installsUnchecked({ scripts, installs }: InstallingJob): boolean {
  return scripts.some((script, index) => installs.includes(script) && scripts[index - 1] !== '.ci/check-packages.js');
}

holds(
  'packages are checked before they are installed: a merge may have written any address into the lock file',
  (workflow) =>
    installingJobs(workflow)
      .filter((job) => !isUntrusted(workflow, job) && installsUnchecked(job))
      .map(({ name }) => `${name} installs packages that nobody has checked`),
  [
    {
      title: 'an install without the check',
      file: 'deploy-stack.yml',
      from: '- run: .ci/check-packages.js',
      to: '- run: ls',
      finding: 'deploy installs packages that nobody has checked',
    },
  ],
);

/** True if a step takes npm's cache along, which setup-node does by default. */
function takesCache(step: Step): boolean {
  if (!runsAction(step, 'actions/setup-node')) return false;
  return step.with?.['cache'] !== undefined || step.with?.['package-manager-cache'] !== false;
}

holds(
  'nothing comes out of a cache where it is trusted: CI filled it, and runs everybody’s code',
  (workflow) =>
    installingJobs(workflow)
      .filter((job) => !isUntrusted(workflow, job) && job.steps.some(takesCache))
      .map(({ name }) => `${name} takes packages from a cache`),
  [
    {
      title: "CI's cache",
      file: 'deploy-stack.yml',
      from: 'package-manager-cache: false',
      to: 'cache: npm',
      finding: 'deploy takes packages from a cache',
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

const PRIVILEGED_EVENT = /^(?:pull_request_target|issue_comment|issues|fork|watch|discussion.*)$/;

holds(
  'no event runs foreign code, or on foreign words, with a token that can write',
  ({ on }) => Object.keys(on).filter((event) => PRIVILEGED_EVENT.test(event)),
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

holds(
  'no script has an expression in its text: the shell would run a title, or the name of a branch',
  (workflow) =>
    stepsOf(workflow).flatMap(({ run = '', with: { script } = {} }) => [
      ...(run.includes('${{') ? [run] : []),
      ...(script === undefined ? [] : [`script: ${String(script)}`]),
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

function checkoutsOf(workflow: Workflow): NonNullable<Step['with']>[] {
  return stepsOf(workflow)
    .filter((step) => runsAction(step, 'actions/checkout'))
    .map((step) => step.with ?? {});
}

holds(
  'no checkout leaves its token in .git, where it waits for whatever runs next',
  (workflow) =>
    checkoutsOf(workflow)
      .filter((inputs) => inputs['persist-credentials'] !== false)
      .map(() => 'the checkout keeps its credentials'),
  [
    {
      title: 'a token in .git',
      file: 'ci.yml',
      from: NOT_KEPT,
      to: 'fetch-depth: 1',
      finding: 'the checkout keeps its credentials',
    },
  ],
);

/** A commit that CI of main passed, or the base of a pull request. */
const TRUSTED_COMMIT = /^\$\{\{ (?:inputs|(?:needs|steps)\.(?:plan|base)\.outputs)\.commit \}\}$/;

holds(
  'every checkout is of this repository, at a commit that main has',
  (workflow) =>
    checkoutsOf(workflow).flatMap(({ ref, repository }) => [
      ...(ref === undefined || TRUSTED_COMMIT.test(String(ref)) ? [] : [`the checkout is of ${String(ref)}`]),
      ...(repository === undefined ? [] : [`the checkout is of ${String(repository)}`]),
    ]),
  [
    {
      title: "a fork's commit",
      file: 'diff-comment.yml',
      from: NOT_KEPT,
      to: `${NOT_KEPT}\n          ref: \${{ github.event.x }}`,
      finding: 'is of ${{',
    },
    {
      title: "a fork's code",
      file: 'diff-comment.yml',
      from: NOT_KEPT,
      to: `${NOT_KEPT}\n          repository: a/b`,
      finding: 'the checkout is of a/b',
    },
  ],
);
