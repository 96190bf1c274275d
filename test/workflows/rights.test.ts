import { holds } from './holds';
import { jobsOf, type Step, stepsOf } from './workflow';

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const CHECKOUT = `actions/checkout@${SHA} # v7.0.1`;
const READ = 'permissions:\n  contents: read';
const KEPT = 'persist-credentials: false';
const BASE = 'git checkout --detach HEAD^1';

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
    ['a tag', 'ci.yml', CHECKOUT, 'actions/checkout@v7 # v7.0.1', 'actions/checkout@v7'],
    ['an image', 'ci.yml', CHECKOUT, 'docker://alpine:3 # v1.0.0', 'docker://alpine:3'],
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
  [['two versions', 'ci.yml', CHECKOUT, `actions/checkout@${SHA} # v7.0.2`, `actions/checkout@${SHA} # v7.0.2`]],
);

const READS_AWS = 'contents: read, id-token: write';
const PLANS = 'actions: read, contents: read';
const DEPLOYS = `${PLANS}, id-token: write`;

/** Permissions of the jobs that have more than to read the code. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  'deploy.yml: plan': PLANS,
  'deploy.yml: dev': DEPLOYS,
  'deploy.yml: prod': DEPLOYS,
  'deploy-stack.yml: deployed': READS_AWS,
  'deploy-stack.yml: deploy': DEPLOYS,
  'diff.yml: deployed': READS_AWS,
  'diff.yml: review': 'contents: read, pull-requests: read',
  'diff-comment.yml: comment': `${PLANS}, pull-requests: write`,
  'diff-comment.yml: label': 'pull-requests: write',
  'drift.yml: look': READS_AWS,
  'drift.yml: issue': 'contents: read, issues: write',
  'rehearsal.yml: rehearse': READS_AWS,
  'release.yml: release': DEPLOYS,
};

holds(
  'permissionsAreLeast',
  ({ file, permissions: general = 'the default', jobs }) => {
    const named = [
      ['the workflow', general] as const,
      ...Object.entries(jobs).map(([name, job]) => [name, job.permissions ?? general] as const),
    ];
    return named.flatMap(([name, permissions]) => {
      const has = JSON.stringify(permissions).replace(/[{}"]/g, '').split(',').sort().join(', ').replaceAll(':', ': ');
      const wanted = PERMISSIONS[`${file}: ${name}`] ?? 'contents: read';
      return has === wanted || (name === 'the workflow' && has === '') ? [] : [`${name} has ${has}, not ${wanted}`];
    });
  },
  [
    ['a token that writes code', 'ci.yml', READ, `${READ.slice(0, -4)}write`, 'ci has contents: write'],
    ['no word on rights', 'deploy.yml', 'permissions: {}', '', 'the workflow has the default, not contents: read'],
    ['a caller with more', 'deploy.yml', 'contents: read', 'contents: write', 'dev has actions: read, contents: write'],
  ],
);

// In a pull request's workflow its own code never runs where there are more rights than to read.
holds(
  'foreignCodeHasNoRights',
  ({ on, permissions: general = {}, jobs }) =>
    Object.entries('pull_request' in on ? jobs : {}).flatMap(([name, { permissions = general, steps = [] }]) =>
      steps.find(({ run }) => run !== undefined)?.run !== BASE && Object.values(permissions).includes('write')
        ? [`${name} runs the pull request's code with a right to write`]
        : [],
    ),
  [['a token beside it', 'diff.yml', `- run: ${BASE}`, '', "deployed runs the pull request's code"]],
);

const makesAssembly = (steps: readonly Step[]): boolean =>
  steps.some(({ uses, with: input }) => is(uses, 'actions/upload-artifact') && /assembly/.test(String(input?.name)));

// A job with a token runs only this repository's code and what deploying needs: no install script, no package of the
// tests, nothing out of a cache that CI filled. The same, but all packages, where something is made that is trusted.
holds(
  'tokensMeetNoStrangers',
  (workflow) =>
    jobsOf(workflow).flatMap(([name, { permissions = workflow.permissions ?? {}, steps = [] }]) => {
      const runs = steps.flatMap(({ run }) => run ?? []);
      const installs = runs.filter((run) => /\bnpm (?:ci|install)\b/.test(run));
      const isCi = workflow.file === 'ci.yml';
      const isForeign = 'pull_request' in workflow.on && !runs.includes(BASE);
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
          makesAssembly(steps) && runs.some((run) => !/^(?:npm ci |env -i |digest=)/.test(run)),
        'takes packages from a cache': !isCi && !isForeign && caches,
      };
      return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [`${name} ${fault}`] : []));
    }),
  [
    ['install scripts', 'deploy-stack.yml', ' --ignore-scripts', '', 'deploy runs install scripts'],
    ['packages of tests', 'deploy-stack.yml', ' --omit=dev', '', "deploy installs the tests' packages"],
    ['an image that is built', 'release.yml', 'docker load', 'docker build', 'release builds images'],
    [
      'tests beside a synth',
      'deploy.yml',
      '- run: env -i',
      '- run: npm test\n      - run: env -i',
      'assembly runs some',
    ],
    ["CI's cache", 'deploy-stack.yml', 'package-manager-cache: false', 'cache: npm', 'takes packages from a cache'],
    ['a cache by default', 'deploy.yml', 'package-manager-cache: false', '', 'assembly takes packages from a cache'],
  ],
);

// These run foreign code, or on foreign words, with a token that can write.
holds(
  'noPrivilegedTrigger',
  ({ on }) =>
    Object.keys(on).filter((event) =>
      /^(?:pull_request_target|issue_comment|issues|fork|watch|discussion.*)$/.test(event),
    ),
  [["a fork's code with rights", 'diff.yml', 'pull_request:', 'pull_request_target:', 'pull_request_target']],
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
    ['a title', 'ci.yml', 'run: .ci/run', 'run: echo ${{ github.event.pull_request.title }}', 'echo ${{ github.event'],
    ['a script of JavaScript', 'ci.yml', 'python-version:', 'script: x\n          python-version:', 'script: x'],
  ],
);

/** A commit that CI of main passed. */
const CHECKOUT_OF = /^\$\{\{ (?:inputs|needs\.plan\.outputs)\.commit \}\}$/;

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
    ['a token in .git', 'ci.yml', KEPT, 'fetch-depth: 1', 'the checkout keeps its credentials'],
    ["a fork's commit", 'diff-comment.yml', KEPT, `${KEPT}\n          ref: \${{ github.event.x }}`, 'is of ${{'],
    ["a fork's code", 'diff-comment.yml', KEPT, `${KEPT}\n          repository: a/b`, 'the checkout is of a/b'],
  ],
);
