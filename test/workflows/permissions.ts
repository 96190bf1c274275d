import { type Job, jobsOf, type Permissions, type Step, stepsOf, type Workflow, workflows } from './workflow';

/** Permissions that a step needs; any other permission of its job is a fault. */
const NEEDS: readonly (readonly [permission: string, access: string, needs: (step: Step) => boolean])[] = [
  ['contents', 'read', ({ uses }) => is(uses, 'actions/checkout')],
  // An artifact of the same run needs nothing.
  [
    'actions',
    'read',
    ({ uses, with: input }) => is(uses, 'actions/download-artifact') && input?.['run-id'] !== undefined,
  ],
  ['contents', 'read', ({ run }) => /\bgh api .*\/(?:compare|git\/ref)\//.test(run ?? '')],
  [
    'actions',
    'read',
    ({ run }) =>
      /\bgh api .*\/(?:environments|actions\/runs)\/|\bprooflink -- (?:comment|plan-deployment)\b/.test(run ?? ''),
  ],
  ['id-token', 'write', ({ uses }) => is(uses, 'aws-actions/configure-aws-credentials')],
  ['pull-requests', 'read', ({ run }) => /\bgh api .*\/pulls\?/.test(run ?? '')],
  [
    'pull-requests',
    'write',
    ({ run }) => /\bgh api -X DELETE .*\/labels\/|npm run .*\bprooflink -- comment\b/.test(run ?? ''),
  ],
  ['issues', 'write', ({ run }) => /tools\/drift\/issue\.sh/.test(run ?? '')],
];

const is = (uses: string | undefined, action: string): boolean => uses?.startsWith(`${action}@`) === true;

const needsOf = (steps: readonly Step[]): Permissions =>
  Object.fromEntries(
    NEEDS.filter(([, , needs]) => steps.some(needs)).map(([permission, access]) => [permission, access]),
  );

/** A job that calls a workflow needs what that one's jobs need. */
function stepsBehind({ uses, steps = [] }: Job): readonly Step[] {
  const called = workflows().find(({ file }) => uses === `./.github/workflows/${file}`);
  return called ? stepsOf(called) : steps;
}

/** A workflow may only read the code by default; each job has what its steps need, no more and no less. */
export function permissionsAreLeast(workflow: Workflow): string[] {
  const { permissions: general } = workflow;
  const isLeast = general && ['{}', '{"contents":"read"}'].includes(JSON.stringify(general));
  return [
    ...(isLeast ? [] : ['the workflow has permissions other than {} or contents: read']),
    ...jobsOf(workflow).flatMap(([name, job]) => {
      const has = Object.entries(job.permissions ?? general ?? {});
      const needs = needsOf(stepsBehind(job));
      const tooMuch = has.filter(([permission, access]) => needs[permission] !== access);
      const missing = Object.entries(needs).filter(([permission]) => !has.some(([each]) => each === permission));
      return [
        ...tooMuch.map(([permission, access]) => `${name} has ${permission}: ${access}, which no step needs`),
        ...missing.map(([permission, access]) => `${name} lacks ${permission}: ${access}`),
      ];
    }),
  ];
}

/** In a pull request's workflow its own code never runs where there are more rights than to read. */
export function foreignCodeHasNoRights(workflow: Workflow): string[] {
  if (!('pull_request' in workflow.on)) return [];
  return jobsOf(workflow).flatMap(([name, { permissions = workflow.permissions ?? {}, steps = [] }]) => {
    const isOfBase = steps.find(({ run }) => run !== undefined)?.run === 'git checkout --detach HEAD^1';
    const rights = Object.entries(permissions).filter(([, access]) => access === 'write');
    return isOfBase
      ? []
      : rights.map(([permission]) => `${name} runs the pull request's code with ${permission}: write`);
  });
}

/**
 * A job with a token runs only this repository's code and what deploying needs: no install script, no package of the
 * tests, nothing out of a cache that CI filled. The same, but all packages, where something is made that is trusted.
 */
export function tokensMeetNoStrangers(workflow: Workflow): string[] {
  return jobsOf(workflow).flatMap(([name, { permissions = workflow.permissions ?? {}, steps = [] }]) => {
    const isCi = workflow.file === 'ci.yml';
    const installs = steps.filter(({ run }) => /\bnpm (?:ci|install)\b/.test(run ?? ''));
    const holds =
      Object.values(permissions).includes('write') ||
      steps.some(({ run = '', env }) => /\bnp[mx] /.test(run) && JSON.stringify(env ?? {}).includes('github.token'));
    const isForeign = 'pull_request' in workflow.on && !steps.some(({ run }) => run === 'git checkout --detach HEAD^1');
    const builds = steps.some(({ run }) => /\bdocker (?:build|run)\b/.test(run ?? ''));
    const caches = steps
      .filter(({ uses }) => is(uses, 'actions/setup-node'))
      .some(({ with: input }) => input?.cache !== undefined || input?.['package-manager-cache'] !== false);
    return [
      ...(isCi || installs.every(({ run }) => run?.includes('--ignore-scripts'))
        ? []
        : [`${name} runs install scripts`]),
      ...(holds && !installs.every(({ run }) => run?.includes('--omit=dev'))
        ? [`${name} installs the tests' packages`]
        : []),
      ...(holds && builds ? [`${name} builds images, which runs everybody's code`] : []),
      ...(makesAssembly(steps) &&
      steps.some(({ run }) => run !== undefined && !/^(?:npm ci |env -i |digest=)/.test(run))
        ? [`${name} runs something beside the synth of what is deployed`]
        : []),
      ...(!isCi && !isForeign && caches ? [`${name} takes packages from a cache`] : []),
    ];
  });
}

const makesAssembly = (steps: readonly Step[]): boolean =>
  steps.some(({ uses, with: input }) => is(uses, 'actions/upload-artifact') && /assembly/.test(String(input?.name)));
