import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holds } from './holds';
import { type Job, jobsOf, ROOT, type Step, type Workflow } from './workflow';

const is = ({ uses }: Step, action: string) => uses?.startsWith(`${action}@`) === true;

/** Words for a value whose expression calls it otherwise. */
const CALLED: Readonly<Record<string, string>> = {
  commit: 'commit|sha',
  digest: 'digest|needs\\.look\\.outputs',
  tag: 'tag|commit',
  registry: 'dkr',
  seed: 'run_id',
};

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
    {
      title: 'swapped tags',
      file: 'deploy-stack.yml',
      from: 'inputs.app-image-tag',
      to: 'inputs.batch-image-tag',
      finding: 'APP_TAG is ${{',
    },
    {
      title: 'what is left out',
      file: 'deploy.yml',
      from: 'migration: ${{ needs',
      to: 'x: ${{ needs',
      finding: 'migration is not given',
    },
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
    {
      title: 'a variable that is lost',
      file: 'diff.yml',
      from: 'ENVIRONMENT: ${{',
      to: 'NAME: ${{',
      finding: 'deployed: $ENVIRONMENT is not set',
    },
    {
      title: 'one of a script',
      file: 'rehearsal.yml',
      from: 'USERS: ${{',
      to: 'USER: ${{',
      finding: 'rehearse: $USERS is not set',
    },
    {
      title: 'a token that is lost',
      file: 'drift.yml',
      from: 'GH_TOKEN: ${{',
      to: 'TOKEN: ${{',
      finding: 'issue: $GH_TOKEN is not set',
    },
  ],
);

const PROOFLINK = 'npm run --silent prooflink --';
const CHECK_ROLE = /^npm run --silent prooflink -- check-role (\w+) (\S+) "\$STACK" /;

/** Variable that names the account's role: `DRIFT_ROLE` of `${{ env.DRIFT_ROLE }}`. */
const roleOf = (step: Step) =>
  is(step, 'aws-actions/configure-aws-credentials')
    ? /^\$\{\{ (?:env|vars)\.(D\w+_ROLE)(?:_ARN)? \}\}$/.exec(String(step.with?.['role-to-assume']))?.[1]
    : undefined;

// A variable is rewritten by more people than may deploy: AWS is asked with no role of another account. Nor is a missing
// one skipped, which would be green.
holds(
  'rolesAreChecked',
  (workflow) =>
    jobsOf(workflow).flatMap(([name, { steps = [] }]) =>
      steps.flatMap((step, index) => {
        const role = roleOf(step);
        if (role === undefined) return [];
        const user = role.replace('_ROLE', '').toLowerCase();
        const check = steps[index - 1];
        const [, checkedBy, assembly] = CHECK_ROLE.exec(check?.run ?? '') ?? [];
        const isChecked = checkedBy === user && check?.run?.endsWith(` "$${role}"`) === true;
        const folder = assembly?.replace(/\/cdk\.out$/, '') ?? '';
        const compares = steps.slice(0, index).some(({ run }) => run?.startsWith(`${PROOFLINK} digest ${folder} `));
        return [
          ...(isChecked ? [] : [`${name} does not check ${role}`]),
          ...(assembly === undefined || compares ? [] : [`${name} believes ${assembly}`]),
          ...(step.if === undefined && check?.if === undefined ? [] : [`${name} goes on without ${role}`]),
        ];
      }),
    ),
  [
    {
      title: 'a role of any account',
      file: 'drift.yml',
      from: 'check-role drift',
      to: 'digest',
      finding: 'look does not check DRIFT_ROLE',
    },
    {
      title: 'the check of another role',
      file: 'deploy-stack.yml',
      from: 'check-role deploy',
      to: 'check-role drift',
      finding: 'deploy does not check DEPLOY_ROLE',
    },
    {
      title: 'an account that anybody may have written',
      file: 'diff.yml',
      from: 'check-role diff ../made/cdk.out',
      to: 'check-role diff ../head',
      finding: 'deployed believes ../head',
    },
    {
      title: 'a missing role that is skipped',
      file: 'deploy-stack.yml',
      from: '- uses: aws-actions/configure-aws-credentials',
      to: "- if: env.DEPLOY_ROLE != ''\n        uses: aws-actions/configure-aws-credentials",
      finding: 'deploy goes on without DEPLOY_ROLE',
    },
  ],
);

/** The artifacts that a job uploads or downloads. */
const artifactsOf = ({ steps = [] }: Job, kind: 'upload' | 'download') =>
  steps
    .filter((step) => is(step, `actions/${kind}-artifact`))
    .map(({ with: given = {}, if: condition }) => ({
      given,
      name: String(given['name']),
      path: String(given['path'] ?? ''),
      condition,
    }));

/** True if a command reads a folder. */
const reads = (path: string, { run, env }: Step) =>
  run !== undefined && new RegExp(path === '' ? '' : `[ "'/]${path}[ "'/\\\\]`).test(JSON.stringify([run, env]));

/** The jobs that a job waits for, and those that they do. */
const waitsFor = (jobs: Workflow['jobs'], name: string): string[] =>
  [jobs[name]?.needs ?? []].flat().flatMap((needed) => [needed, ...waitsFor(jobs, needed)]);

/** True if a job uploads an artifact of a name, of which a part may be its environment. */
function makes(job: Job, wanted: string): boolean {
  return artifactsOf(job, 'upload').some(({ name }) => {
    const [start = '', ...rest] = name.split(/\$\{\{.*?\}\}/);
    return rest.length === 0 ? name === wanted : wanted === name || wanted.startsWith(start);
  });
}

// By their names artifacts go from job to job; only what a failed job leaves may be missing.
holds(
  'artifactsExist',
  (workflow, all) => {
    const makers = (one: Workflow, wanted: string) => jobsOf(one).filter(([, job]) => makes(job, wanted));
    return jobsOf(workflow).flatMap(([job, { steps = [] }]) => [
      ...artifactsOf({ steps }, 'download').flatMap(({ name, path, given }) => [
        ...(all.some((one) => makers(one, name).length > 0) ? [] : [`nothing makes ${name}`]),
        ...('run-id' in given ? [] : makers(workflow, name))
          .filter(([maker]) => !waitsFor(workflow.jobs, job).includes(maker))
          .map(([maker]) => `${job} does not wait for ${maker}`),
        ...(steps.some((step) => reads(path, step)) ? [] : [`${job} does not read ${path}`]),
      ]),
      ...artifactsOf({ steps }, 'upload')
        .filter(({ given, condition }) => given['if-no-files-found'] !== 'error' && condition !== 'always()')
        .map(({ name }) => `${name} may be missing`),
    ]);
  },
  [
    {
      title: 'one that was renamed',
      file: 'diff.yml',
      from: 'name: diff-comment',
      to: 'name: comment',
      finding: 'nothing makes diff-comment',
    },
    {
      title: 'one without files',
      file: 'deploy.yml',
      from: 'if-no-files-found: error',
      to: '',
      finding: 'cloud-assembly may be missing',
    },
    {
      title: 'a job that does not wait',
      file: 'diff.yml',
      from: 'needs: [base, head]',
      to: 'needs: [base]',
      finding: 'deployed does not wait for head',
    },
    {
      title: 'another folder',
      file: 'deploy-stack.yml',
      from: 'path: deployed\n',
      to: 'path: deploy\n',
      finding: 'review does not read deploy',
    },
  ],
);

/** Beginnings of the scripts that compare a folder with a digest. */
const comparisonsOf = (path: string) => [
  `${PROOFLINK} digest ${path} "$`,
  `${PROOFLINK} digest ../${path} "$`,
  `tools/workflows/drift-issue.sh "$ENVIRONMENT" ${path} "$`,
];

/** Artifacts that no digest could vouch for: what they hold is foreign anyway, and is read as that. */
const FOREIGN = ['head-assembly', 'diff-comment', 'images'];

// Each job of a run may upload under any name, and in the place of another's artifact.
holds(
  'artifactsAreTheirMakers',
  (workflow) =>
    jobsOf(workflow).flatMap(([job, { steps = [] }]) =>
      steps.flatMap((step, index) => {
        if (!is(step, 'actions/download-artifact')) return [];
        const { name, path, pattern } = step.with ?? {};
        if (pattern !== undefined || name === undefined)
          return [`${job} downloads whatever is called ${String(pattern)}`];
        if (FOREIGN.includes(String(name))) return [];
        const { run = '', if: condition } = steps[index + 1] ?? {};
        const isCompared =
          run.endsWith('DIGEST"') && comparisonsOf(String(path)).some((start) => run.startsWith(start));
        const isAlways = condition === undefined || condition === step.if;
        return isCompared && isAlways ? [] : [`${job} does not compare ${String(name)}`];
      }),
    ),
  [
    {
      title: 'whatever begins with a name',
      file: 'deploy-stack.yml',
      from: 'name: deployed-${{ inputs.environment }}\n          path: deployed\n      -',
      to: 'pattern: deployed-*\n          path: deployed\n      -',
      finding: 'review downloads whatever is called deployed-*',
    },
    {
      title: 'an assembly that is believed',
      file: 'drift.yml',
      from: 'digest cdk.out "$DIGEST"',
      to: 'digest cdk.out',
      finding: 'look does not compare cloud-assembly',
    },
    {
      title: 'a report that is believed',
      file: 'drift.yml',
      from: ' drift "$DIGEST"',
      to: ' drift',
      finding: 'issue does not compare drift-${{ matrix.environment }}',
    },
    {
      title: 'a comparison that may be skipped',
      file: 'deploy-stack.yml',
      from: '- run: npm run --silent prooflink -- digest deployed',
      to: '- if: env.X\n        run: npm run --silent prooflink -- digest deployed',
      finding: 'review does not compare deployed-${{ inputs.environment }}',
    },
  ],
);

// An assembly is checked before it is reviewed, and before it is deployed.
holds(
  'assembliesAreChecked',
  (workflow) =>
    jobsOf(workflow).flatMap(([job, { steps = [] }]) =>
      steps.flatMap(({ run = '' }, index) => {
        if (!/prooflink -- (?:deployed|review|release) .*\bcdk\.out\b/.test(run) || /\.\.\/made/.test(run)) return [];
        const isChecked = steps.slice(0, index).some((step) => step.run === `${PROOFLINK} check-assembly cdk.out`);
        return isChecked ? [] : [`${job} uses an assembly of any shape`];
      }),
    ),
  [
    {
      title: 'an assembly of any shape',
      file: 'deploy-stack.yml',
      from: 'check-assembly cdk.out',
      to: 'digest cdk.out',
      finding: 'deploy uses an assembly of any shape',
    },
  ],
);
