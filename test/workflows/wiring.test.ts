import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holds } from './holds';
import { type Job, jobsOf, ROOT, type Step, type Workflow } from './workflow';

const is = ({ uses }: Step, action: string) => uses?.startsWith(`${action}@`) === true;

/** Words for a value whose expression calls it otherwise. */
const CALLED: Readonly<Record<string, string>> = { commit: 'commit|sha', tag: 'tag|commit', registry: 'dkr' };

/** The values that a workflow hands on, by the names under which they arrive. */
const handedOn = ({ env, jobs }: Workflow) =>
  Object.values(jobs)
    .flatMap((job) => [job.env, job.outputs, job.with, ...(job.steps ?? []).map((step) => step.env)])
    .concat(env)
    .flatMap((values) => Object.entries(values ?? {}))
    .map(([name, value]) => ({ name, value: String(value) }))
    .filter(({ value }) => value.includes('${{'));

// Swapped ones would release one image in the place of another, and every job would pass.
holds(
  'valuesAreWhatTheirNamesSay',
  (workflow, all) => {
    const words = (name: string) =>
      name
        .toLowerCase()
        .split(/[_-]/)
        .filter((word) => !/^(gh|github)$/.test(word));
    const isNamed = (value: string, word: string) => new RegExp(CALLED[word] ?? word).test(value.toLowerCase());
    const called = Object.values(workflow.jobs).flatMap(({ uses, with: given = {} }) => {
      const inputs = all.find(({ file }) => uses?.endsWith(`/${file}`))?.on['workflow_call']?.inputs ?? {};
      return Object.keys(inputs).filter((name) => !(name in given));
    });
    return [
      ...handedOn(workflow)
        .filter(({ name, value }) => !words(name).every((word) => isNamed(value, word)))
        .map(({ name, value }) => `${name} is ${value}`),
      ...called.map((name) => `${name} is not given`),
    ];
  },
  [
    ['swapped tags', 'deploy-stack.yml', 'inputs.app-image-tag', 'inputs.batch-image-tag', 'APP_TAG is ${{'],
    ['what is left out', 'deploy.yml', 'migration: ${{ needs', 'x: ${{ needs', 'migration is not given'],
  ],
);

/** The text of a step's script, with those of this repository's scripts that it calls. */
const scriptOf = ({ run = '' }: Step) =>
  [run, ...[...run.matchAll(/\btools\/\S+\.sh\b/g)].map(([file]) => readFileSync(join(ROOT, file), 'utf8'))].join('\n');

holds(
  'variablesAreSet',
  (workflow) =>
    jobsOf(workflow).flatMap(([name, { env, steps = [] }]) =>
      steps.flatMap((step) => {
        const script = scriptOf(step);
        const isSet = (variable: string) =>
          variable in { ...workflow.env, ...env, ...step.env } ||
          new RegExp(`^ *(local )?${variable}=|\\bfor ${variable} in\\b`, 'm').test(script);
        const used = [...script.matchAll(/\$\{?([A-Za-z]\w+)(?!\w*:-)/g)].map(([, variable = '']) => variable);
        const asksGitHub = /\bgh (api|issue|label|workflow)\b/.test(script) ? ['GH_TOKEN', 'GH_REPO'] : [];
        return [...new Set([...used, ...asksGitHub])]
          .filter((variable) => !/^(GITHUB_\w+|PATH|HOME)$/.test(variable) && !isSet(variable))
          .map((variable) => `${name}: $${variable} is not set`);
      }),
    ),
  [
    ['a variable that is lost', 'diff.yml', 'ENVIRONMENT: ${{', 'NAME: ${{', 'deployed: $ENVIRONMENT is not set'],
    ['one of a script', 'rehearsal.yml', 'USERS: ${{', 'USER: ${{', 'rehearse: $USERS is not set'],
    ['a token that is lost', 'drift.yml', 'GH_TOKEN: ${{', 'TOKEN: ${{', 'issue: $GH_TOKEN is not set'],
  ],
);

/** Variable that names the account's role: `DRIFT_ROLE` of `${{ env.DRIFT_ROLE }}`. */
const roleOf = (step: Step) =>
  is(step, 'aws-actions/configure-aws-credentials')
    ? /^\$\{\{ (?:env|vars)\.(D\w+_ROLE)(?:_ARN)? \}\}$/.exec(String(step.with?.['role-to-assume']))?.[1]
    : undefined;

// A variable is rewritten by more people than may deploy: no role of another account is asked. Nor is AWS without a role.
holds(
  'rolesAreChecked',
  (workflow) =>
    jobsOf(workflow).flatMap(([name, { steps = [] }]) =>
      steps.flatMap((step, index) => {
        const role = roleOf(step);
        if (role === undefined) return [];
        const check = steps[index - 1];
        const isChecked =
          check?.run === `npm run --silent prooflink -- check-role "$ENVIRONMENT" "$${role}"` && check.if === step.if;
        const others = steps.slice(index).filter(({ if: condition }) => step.if !== undefined && condition !== step.if);
        return [
          ...(isChecked ? [] : [`${name} does not check ${role}`]),
          ...others.map(({ run, uses }) => `${name} goes on without ${role}: ${run ?? uses ?? ''}`),
        ];
      }),
    ),
  [
    ['a role of any account', 'drift.yml', 'check-role', 'digest', 'look does not check DRIFT_ROLE'],
    [
      'a lost condition',
      'deploy-stack.yml',
      "Release\n        if: vars.DEPLOY_ROLE_ARN != ''",
      'Release',
      'goes on without',
    ],
  ],
);

/** The artifacts that a job uploads or downloads. */
const artifactsOf = ({ steps = [] }: Job, kind: 'upload' | 'download') =>
  steps
    .filter((step) => is(step, `actions/${kind}-artifact`))
    .map(({ with: given = {}, if: condition }) => ({
      given,
      name: String(given['name'] ?? given['pattern']),
      path: String(given['path'] ?? ''),
      condition,
    }));

/** A folder as a word of a command. */
const reads = (path: string) => new RegExp(path === '' ? '' : `[ "']${path}[ "'/\\\\]`);

/** The jobs that a job waits for, and those that they do. */
const waitsFor = (jobs: Workflow['jobs'], name: string): string[] =>
  [jobs[name]?.needs ?? []].flat().flatMap((needed) => [needed, ...waitsFor(jobs, needed)]);

// By their names artifacts go from job to job; only what a failed job leaves may be missing.
holds(
  'artifactsExist',
  (workflow, all) => {
    const fits = (made: string, wanted: string) =>
      wanted.endsWith('*') ? made.startsWith(wanted.slice(0, -1)) : made === wanted;
    const makers = (one: Workflow, wanted: string) =>
      jobsOf(one).filter(([, job]) => artifactsOf(job, 'upload').some(({ name }) => fits(name, wanted)));
    return jobsOf(workflow).flatMap(([job, { steps = [] }]) => [
      ...artifactsOf({ steps }, 'download').flatMap(({ name, path, given }) => [
        ...(all.some((one) => makers(one, name).length > 0) ? [] : [`nothing makes ${name}`]),
        ...('run-id' in given ? [] : makers(workflow, name))
          .filter(([maker]) => !waitsFor(workflow.jobs, job).includes(maker))
          .map(([maker]) => `${job} does not wait for ${maker}`),
        ...('pattern' in given && given['merge-multiple'] !== true ? [`${name} is in several folders`] : []),
        ...(steps.some((step) => step.run && reads(path).test(JSON.stringify([step.run, step.env])))
          ? []
          : [`${job} does not read ${path}`]),
      ]),
      ...artifactsOf({ steps }, 'upload')
        .filter(({ given, condition }) => given['if-no-files-found'] !== 'error' && condition !== 'always()')
        .map(({ name }) => `${name} may be missing`),
    ]);
  },
  [
    ['one that was renamed', 'diff.yml', 'name: diff-comment', 'name: comment', 'nothing makes diff-comment'],
    ['one without files', 'deploy.yml', 'if-no-files-found: error', '', 'cloud-assembly may be missing'],
    ['a job that does not wait', 'diff.yml', 'needs: head', 'needs: []', 'deployed does not wait for head'],
    ['another folder', 'deploy-stack.yml', 'path: deployed\n', 'path: deploy\n', 'review does not read deploy'],
    ['folders', 'diff.yml', 'merge-multiple: true', 'merge-multiple: false', 'deployed-* is in several folders'],
  ],
);
