import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holds } from './holds';
import { type Job, jobsOf, ROOT, runsAction, type Step, type Workflow } from './workflow';

/** Words of a name that the value has in another form. */
const SYNONYMS: Readonly<Record<string, RegExp>> = {
  commit: /commit|sha/,
  digest: /digest|needs\.look\.outputs/,
  tag: /tag|commit/,
  registry: /dkr/,
  seed: /run_id/,
};

/** Words without a meaning of their own: `GH_REPO` is the repository. */
const PREFIXES = ['gh', 'github'];

/** The values that a workflow hands on, by the names under which they arrive. */
function handedOnBy({ env, jobs }: Workflow): { name: string; value: string }[] {
  const ofJobs = Object.values(jobs).flatMap((job) => [job.env, job.outputs, job.with]);
  const ofSteps = Object.values(jobs).flatMap(({ steps = [] }) => steps.map((step) => step.env));
  return [env, ...ofJobs, ...ofSteps]
    .flatMap((values) => Object.entries(values ?? {}))
    .map(([name, value]) => ({ name, value: String(value) }))
    .filter(({ value }) => value.includes('${{'));
}

/** True if a value has every word of its name. */
function isNamedAfter(value: string, name: string): boolean {
  const words = name
    .toLowerCase()
    .split(/[_-]/)
    .filter((word) => !PREFIXES.includes(word));
  return words.every((word) => SYNONYMS[word]?.test(value.toLowerCase()) ?? value.toLowerCase().includes(word));
}

holds(
  'a value has the words of its name: with swapped tags one image is released in the place of another, and all is green',
  (workflow) =>
    handedOnBy(workflow)
      .filter(({ name, value }) => !isNamedAfter(value, name))
      .map(({ name, value }) => `${name} is ${value}`),
  [
    {
      title: 'a pair of swapped tags',
      file: 'release.yml',
      from: 'inputs.app-image-tag',
      to: 'inputs.batch-image-tag',
      finding: 'APP_TAG is ${{',
    },
  ],
);

/** Inputs that the workflow that a job calls has. */
function inputsOfCalled({ uses }: Job, all: readonly Workflow[]): string[] {
  const called = all.find(({ file }) => uses?.endsWith(`/${file}`));
  return Object.keys(called?.on['workflow_call']?.inputs ?? {});
}

holds(
  'a called workflow is given every input, an optional one, too',
  (workflow, all) =>
    Object.values(workflow.jobs).flatMap((job) =>
      inputsOfCalled(job, all)
        .filter((input) => !(input in (job.with ?? {})))
        .map((input) => `${input} is not given`),
    ),
  [
    {
      title: 'a digest that is left out',
      file: 'deploy.yml',
      from: 'digest: ${{ needs',
      to: 'x: ${{ needs',
      finding: 'digest is not given',
    },
  ],
);

const SCRIPT_OF_TOOLS = /\btools\/\S+\.sh\b/g;
const VARIABLE = /\$\{?([A-Za-z]\w+)(?!\w*:-)/g;
/** Variables that every runner has. */
const RUNNERS_OWN = /^(GITHUB_\w+|PATH|HOME)$/;
const ASKS_GITHUB = /\bgh (api|issue|label|workflow)\b/;

/** The text of a step's script, with those of this repository's scripts that it calls. */
function scriptOf({ run = '' }: Step): string {
  const called = run.match(SCRIPT_OF_TOOLS) ?? [];
  return [run, ...called.map((file) => readFileSync(join(ROOT, file), 'utf8'))].join('\n');
}

/** Variables that a script reads; GitHub's CLI reads two by itself. */
function variablesOf(script: string): string[] {
  const named = Array.from(script.matchAll(VARIABLE), ([, variable = '']) => variable);
  const ofGitHub = ASKS_GITHUB.test(script) ? ['GH_TOKEN', 'GH_REPO'] : [];
  return [...new Set([...named, ...ofGitHub])].filter((variable) => !RUNNERS_OWN.test(variable));
}

/** True if a script sets a variable by itself. */
function sets(script: string, variable: string): boolean {
  return new RegExp(`^ *(local )?${variable}=|\\bfor ${variable} in\\b`, 'm').test(script);
}

holds(
  'every variable of a script is set: an empty one is another command',
  (workflow) =>
    jobsOf(workflow).flatMap(([name, { env, steps = [] }]) =>
      steps.flatMap((step) => {
        const script = scriptOf(step);
        const given = { ...workflow.env, ...env, ...step.env };
        return variablesOf(script)
          .filter((variable) => !(variable in given) && !sets(script, variable))
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
      title: 'a lost variable of a script of tools',
      file: 'drift.yml',
      from: 'GH_REPO: ${{',
      to: 'REPO: ${{',
      finding: 'issue: $GH_REPO is not set',
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
const ROLE_OF_ACCOUNT = /^\$\{\{ (?:env|vars)\.(D\w+_ROLE)(?:_ARN)? \}\}$/;

/** A step that assumes a role which a variable names, and the steps before it. */
interface SignIn {
  readonly job: string;
  /** `DRIFT_ROLE` of `${{ env.DRIFT_ROLE }}`. */
  readonly role: string;
  readonly step: Step;
  readonly before: readonly Step[];
}

function signInsOf(workflow: Workflow): SignIn[] {
  return jobsOf(workflow).flatMap(([job, { steps = [] }]) =>
    steps.flatMap((step, index) => {
      if (!runsAction(step, 'aws-actions/configure-aws-credentials')) return [];
      const [, role] = ROLE_OF_ACCOUNT.exec(String(step.with?.['role-to-assume'])) ?? [];
      return role === undefined ? [] : [{ job, role, step, before: steps.slice(0, index) }];
    }),
  );
}

/** The step right before a sign-in. */
const checkBefore = ({ before }: SignIn) => before.at(-1);

holds(
  'a role is checked before it is assumed: more people write a variable than may deploy, and it may name another account',
  (workflow) =>
    signInsOf(workflow)
      .filter((signIn) => {
        const script = checkBefore(signIn)?.run ?? '';
        const [, user] = CHECK_ROLE.exec(script) ?? [];
        const isOfRole = user === signIn.role.replace('_ROLE', '').toLowerCase();
        return !isOfRole || !script.endsWith(` "$${signIn.role}"`);
      })
      .map(({ job, role }) => `${job} does not check ${role}`),
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
  ],
);

holds(
  'the account of a role is read from an assembly whose digest was compared: another job may have written a different one',
  (workflow) =>
    signInsOf(workflow).flatMap((signIn) => {
      const [, , assembly] = CHECK_ROLE.exec(checkBefore(signIn)?.run ?? '') ?? [];
      if (assembly === undefined) return [];
      const digest = `${PROOFLINK} digest ${assembly.replace(/\/cdk\.out$/, '')} `;
      const isCompared = signIn.before.some(({ run }) => run?.startsWith(digest));
      return isCompared ? [] : [`${signIn.job} believes ${assembly}`];
    }),
  [
    {
      title: 'an account that anybody may have written',
      file: 'diff.yml',
      from: 'check-role diff ../made/cdk.out',
      to: 'check-role diff ../head',
      finding: 'deployed believes ../head',
    },
  ],
);

holds(
  'a missing role is no reason to skip its step: the job would be green, and have done nothing',
  (workflow) =>
    signInsOf(workflow)
      .filter((signIn) => signIn.step.if !== undefined || checkBefore(signIn)?.if !== undefined)
      .map(({ job, role }) => `${job} goes on without ${role}`),
  [
    {
      title: 'a missing role that is skipped',
      file: 'deploy-stack.yml',
      from: '- uses: aws-actions/configure-aws-credentials',
      to: "- if: env.DEPLOY_ROLE != ''\n        uses: aws-actions/configure-aws-credentials",
      finding: 'deploy goes on without DEPLOY_ROLE',
    },
  ],
);

/** An artifact that a step uploads or downloads. */
interface Artifact {
  readonly name: string;
  readonly path: string;
  readonly inputs: NonNullable<Step['with']>;
  readonly condition: string | undefined;
}

function artifactsOf({ steps = [] }: Job, kind: 'upload' | 'download'): Artifact[] {
  return steps
    .filter((step) => runsAction(step, `actions/${kind}-artifact`))
    .map(({ with: inputs = {}, if: condition }) => ({
      name: String(inputs['name']),
      path: String(inputs['path'] ?? ''),
      inputs,
      condition,
    }));
}

/** Artifacts of the jobs of a workflow, each with its job. */
function artifactsWithJobs(workflow: Workflow, kind: 'upload' | 'download') {
  return jobsOf(workflow).flatMap(([name, job]) => artifactsOf(job, kind).map((artifact) => ({ name, job, artifact })));
}

/** True if a job uploads an artifact of a name, of which a part may be its environment. */
function makes(job: Job, wanted: string): boolean {
  return artifactsOf(job, 'upload').some(({ name }) => {
    const [beginning = '', ...afterExpressions] = name.split(/\$\{\{.*?\}\}/);
    return name === wanted || (afterExpressions.length > 0 && wanted.startsWith(beginning));
  });
}

/** Names of the jobs of a workflow that make an artifact. */
function makersOf(workflow: Workflow, wanted: string): string[] {
  return jobsOf(workflow)
    .filter(([, job]) => makes(job, wanted))
    .map(([name]) => name);
}

/** The jobs that a job waits for, and those that they do. */
function waitsFor(jobs: Workflow['jobs'], name: string): string[] {
  const needs = [jobs[name]?.needs ?? []].flat();
  return needs.flatMap((needed) => [needed, ...waitsFor(jobs, needed)]);
}

holds(
  'a downloaded artifact is one that some job uploads under that name',
  (workflow, all) =>
    artifactsWithJobs(workflow, 'download')
      .filter(({ artifact }) => all.every((maker) => makersOf(maker, artifact.name).length === 0))
      .map(({ artifact }) => `nothing makes ${artifact.name}`),
  [
    {
      title: 'an artifact that was renamed',
      file: 'diff.yml',
      from: 'name: diff-comment',
      to: 'name: comment',
      finding: 'nothing makes diff-comment',
    },
  ],
);

holds(
  'a job waits for the job whose artifact it downloads',
  (workflow) =>
    artifactsWithJobs(workflow, 'download')
      .filter(({ artifact }) => !('run-id' in artifact.inputs))
      .flatMap(({ name, artifact }) =>
        makersOf(workflow, artifact.name)
          .filter((maker) => !waitsFor(workflow.jobs, name).includes(maker))
          .map((maker) => `${name} does not wait for ${maker}`),
      ),
  [
    {
      title: 'a job that does not wait',
      file: 'diff.yml',
      from: 'needs: [base, head]',
      to: 'needs: [base]',
      finding: 'deployed does not wait for head',
    },
  ],
);

/** True if the script of a step, or one of its variables, names a folder. */
function reads(path: string, { run, env }: Step): boolean {
  if (run === undefined) return false;
  return path === '' || new RegExp(`[ "'/]${path}[ "'/\\\\]`).test(JSON.stringify([run, env]));
}

holds(
  'a job reads the folder into which it downloads an artifact',
  (workflow) =>
    artifactsWithJobs(workflow, 'download')
      .filter(({ job, artifact }) => !job.steps?.some((step) => reads(artifact.path, step)))
      .map(({ name, artifact }) => `${name} does not read ${artifact.path}`),
  [
    {
      title: 'another folder',
      file: 'deploy-stack.yml',
      from: 'path: deployed\n',
      to: 'path: deploy\n',
      finding: 'review does not read deploy',
    },
  ],
);

holds(
  'an artifact without files fails its job, unless it says why the job failed',
  (workflow) =>
    artifactsWithJobs(workflow, 'upload')
      .filter(({ artifact }) => artifact.condition !== 'always()')
      .filter(({ artifact }) => artifact.inputs['if-no-files-found'] !== 'error')
      .map(({ artifact }) => `${artifact.name} may be missing`),
  [
    {
      title: 'an artifact without files',
      file: 'deploy.yml',
      from: 'if-no-files-found: error',
      to: '',
      finding: 'cloud-assembly may be missing',
    },
  ],
);

/** Artifacts that no digest could vouch for: their content is foreign anyway, and is read as that. */
const FOREIGN = ['head-assembly', 'diff-comment', 'images'];

/** Beginnings of the scripts that compare a folder with a digest. */
const comparisonsOf = (path: string) => [
  `${PROOFLINK} digest ${path} "$`,
  `${PROOFLINK} digest ../${path} "$`,
  `tools/workflows/drift-issue.sh "$ENVIRONMENT" ${path} "$`,
];

/** True if a step compares a folder with a digest whenever the step before it runs. */
function compares({ run = '', if: condition }: Step, path: string, download: Step): boolean {
  const isComparison = comparisonsOf(path).some((beginning) => run.startsWith(beginning));
  return isComparison && run.endsWith('DIGEST"') && (condition === undefined || condition === download.if);
}

holds(
  'a downloaded artifact is compared with the digest of its maker: any job of a run may upload one under that name',
  (workflow) =>
    jobsOf(workflow).flatMap(([job, { steps = [] }]) =>
      steps.flatMap((step, index) => {
        if (!runsAction(step, 'actions/download-artifact')) return [];
        const { name, path, pattern } = step.with ?? {};
        if (name === undefined || pattern !== undefined) {
          return [`${job} downloads whatever is called ${String(pattern)}`];
        }
        const isCompared = FOREIGN.includes(String(name)) || compares(steps[index + 1] ?? {}, String(path), step);
        return isCompared ? [] : [`${job} does not compare ${String(name)}`];
      }),
    ),
  [
    {
      title: 'an artifact by the beginning of its name',
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

const USES_ASSEMBLY = /(?:prooflink -- (?:deployed|review)|cdk deploy) .*\bcdk\.out\b/;
/** The base's assembly, which the base's own code made. */
const ASSEMBLY_OF_BASE = /\.\.\/made/;

holds(
  'the shape of an assembly is checked before it is reviewed, and before it is deployed',
  (workflow) =>
    jobsOf(workflow).flatMap(([job, { steps = [] }]) =>
      steps.flatMap(({ run = '' }, index) => {
        if (!USES_ASSEMBLY.test(run) || ASSEMBLY_OF_BASE.test(run)) return [];
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
