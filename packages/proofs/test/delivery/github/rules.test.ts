import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery, environments, stackId } from '@infra/commands/app';
import { dev } from '@infra/testing/configs';
import { WORKFLOWS_WITH_ACCOUNTS, withAccounts } from '../../../src/accounts-in-workflows';
import { holds } from '@infra/delivery/test/github/holds';
import {
  type Job,
  jobsOf,
  ROOT,
  runsAction,
  type Step,
  stepsOf,
  unreviewedEnvironment,
  type Workflow,
  workflow,
} from '@infra/testing/workflow';

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const CHECKOUT = `actions/checkout@${SHA} # v7.0.1`;
const CREDENTIALS = 'aws-actions/configure-aws-credentials';

/** Findings on the jobs of a workflow that break a rule, by their names. */
function jobsThat(breaks: (job: Job, workflow: Workflow, name: string) => boolean, finding: string) {
  return (each: Workflow) =>
    jobsOf(each)
      .filter(([name, job]) => breaks(job, each, name))
      .map(([name]) => `${name} ${finding}`);
}

holds(
  'every action is pinned to a commit, with its version behind it: a tag moves to whatever its owner wants',
  (each) => {
    const actions = [...stepsOf(each), ...Object.values(each.jobs)].flatMap(({ uses = [] }) => uses);
    const pinned = /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    return actions.filter((action) => {
      const lines = each.text.split('\n').filter((line) => line.includes(action));
      return !action.startsWith('./') && !lines.every((line) => pinned.test(line));
    });
  },
  [
    {
      title: 'a tag',
      file: 'ci.yml',
      from: CHECKOUT,
      to: 'actions/checkout@v7 # v7.0.1',
      finding: 'actions/checkout@v7',
    },
  ],
);

/** Jobs whose token may do more than read, by workflow. A token that writes `id-token` is exchanged for a role of AWS. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'deploy-stack.yml': { deployed: ['id-token'], deploy: ['id-token'] },
  'diff-comment.yml': { comment: ['pull-requests'], label: ['pull-requests'] },
  'drift-stack.yml': { look: ['id-token'], issue: ['issues'] },
  'release.yml': { release: ['id-token'] },
  'application/release.yml': { release: ['id-token'] },
  'search.yml': { report: ['issues'] },
};

/** Folder of the workflows in a call of one. */
const CALLED_FOLDER = './.github/workflows/';

/** Permissions that a job may write. A job that calls another workflow passes on what that one's jobs need. */
function permittedIn(file: string, name: string, { uses }: Job): readonly string[] {
  if (uses?.startsWith(CALLED_FOLDER) === true) {
    return Object.values(PERMISSIONS[uses.slice(CALLED_FOLDER.length)] ?? {}).flat();
  }
  return PERMISSIONS[file]?.[name] ?? [];
}

function permissionsOf({ permissions }: Job, { permissions: ofWorkflow }: Workflow): [string, string][] {
  return Object.entries(permissions ?? ofWorkflow ?? { 'by default': 'write' });
}

function writtenBy(job: Job, each: Workflow): string[] {
  const written = permissionsOf(job, each).filter(([, access]) => access !== 'read');
  return written.map(([permission]) => permission).sort();
}

holds(
  'no token may write anything but what is named here: the steps of a job share it with every package that they run',
  (each) =>
    jobsOf(each).flatMap(([name, job]) => {
      const named = permittedIn(each.file, name, job);
      const more = writtenBy(job, each).filter((permission) => !named.includes(permission));
      return more.map((permission) => `${name} may write ${permission}`);
    }),
  [
    {
      title: 'a token that writes code',
      file: 'ci.yml',
      from: 'contents: read',
      to: 'contents: write',
      finding: 'ci may write contents',
    },
    {
      title: 'no word on permissions',
      file: 'ci.yml',
      from: 'permissions:\n  contents: read\n',
      to: '',
      finding: 'ci may write by default',
    },
  ],
);

const RUNS_FOREIGN_CODE = /^(?:pull_request_target|issue_comment|issues|fork|watch|discussion.*)$/;

holds(
  'a pull request’s code runs with a token that reads code alone, and no event runs it with another one',
  (each) => [
    ...Object.keys(each.on).filter((event) => RUNS_FOREIGN_CODE.test(event)),
    ...jobsThat(
      (job) => 'pull_request' in each.on && JSON.stringify(permissionsOf(job, each)) !== '[["contents","read"]]',
      'runs beside a token that does more than read code',
    )(each),
  ],
  [
    {
      title: 'a role for a pull request',
      file: 'diff.yml',
      from: '    needs: head\n',
      to: '    needs: head\n    permissions: { contents: read, id-token: write }\n',
      finding: 'review runs beside a token',
    },
    {
      title: 'a fork with rights',
      file: 'diff.yml',
      from: 'pull_request:',
      to: 'pull_request_target:',
      finding: 'pull_request_target',
    },
  ],
);

/** Head of main, as a job of the same run has read it, or the base of a pull request. */
const TRUSTED_COMMIT = /^\$\{\{ (?:inputs|needs\.plan\.outputs|steps\.base\.outputs)\.commit \}\}$/;

function checkoutsOf({ steps = [] }: Job): NonNullable<Step['with']>[] {
  return steps.filter((step) => runsAction(step, 'actions/checkout')).map((step) => step.with ?? {});
}

holds(
  'a checkout is of a commit of main, and leaves no token in .git for whatever runs next',
  jobsThat(
    (job) =>
      checkoutsOf(job).some(
        ({ ref, repository, 'persist-credentials': keepsToken }) =>
          keepsToken !== false || repository !== undefined || !(ref === undefined || TRUSTED_COMMIT.test(String(ref))),
      ),
    'checks out something else, or keeps the token',
  ),
  [
    {
      title: 'a commit of a fork',
      file: 'diff-comment.yml',
      from: 'persist-credentials: false',
      to: 'persist-credentials: false\n          ref: ${{ github.event.workflow_run.head_sha }}',
      finding: 'comment checks out something else',
    },
    {
      title: 'a token that stays',
      file: 'ci.yml',
      from: 'persist-credentials: false',
      to: 'fetch-depth: 1',
      finding: 'ci checks out something else, or keeps the token',
    },
  ],
);

holds(
  'the code of a pull request does not judge itself: the review runs in the folder of its base',
  (each) =>
    jobsOf(each)
      .filter(([name]) => each.file === 'diff.yml' && name === 'review')
      .flatMap(([, { steps = [], defaults }]) =>
        steps
          .filter(({ run }) => run !== undefined)
          .filter(({ run = '', ...step }) => {
            const folder = step['working-directory'] ?? defaults?.run?.['working-directory'];
            return folder !== 'base' && !/^(?:git diff |echo "commit=)/.test(run);
          })
          .map(({ run }) => `runs in another folder: ${run}`),
      ),
  [
    {
      title: 'a review by the merged commit',
      file: 'diff.yml',
      from: 'working-directory: base',
      to: 'working-directory: merged',
      finding: 'runs in another folder: npm run --silent prooflink -- review',
    },
  ],
);

const scriptsOf = ({ steps = [] }: Job) => steps.flatMap(({ run }) => run ?? []);

/** Installs beside a token: nothing, or what the commands of a package load, and no program of a package in the PATH. */
const INSTALLS_LITTLE =
  /^npm ci --omit=dev --ignore-scripts --workspace=@infra\/(?:delivery|doctor|operate) --no-bin-links --no-progress$/;
/** By npm, a program `node` of any package would run in the place of Node. */
const STARTS_BY_NPM = /(?<!")\bnpm run\b|\bnpx\b/;

holds(
  'a job with a token installs what it needs alone, and builds no image: the code of other packages would run beside it',
  jobsThat(
    (job, each) =>
      writtenBy(job, each).length > 0 &&
      scriptsOf(job).some(
        (script) =>
          /\bdocker build\b/.test(script) ||
          STARTS_BY_NPM.test(script) ||
          (/\bnpm (?:ci|i|install)\b/.test(script) && !INSTALLS_LITTLE.test(script)),
      ),
    'installs more than it needs',
  ),
  [
    {
      title: 'an install of everything',
      file: 'drift-stack.yml',
      from: ' --omit=dev',
      to: '',
      finding: 'look installs more than it needs',
    },
    {
      title: 'a program of a package in the place of Node',
      file: 'release.yml',
      from: 'node bin/packages.js prooflink',
      to: 'npm run --silent prooflink --',
      finding: 'release installs more than it needs',
    },
  ],
);

holds(
  'beside the role that deploys runs no package of npm but the CDK CLI, which is installed before the role is assumed',
  (each) =>
    jobsOf(each)
      .filter(([name]) => each.file === 'deploy-stack.yml' && name !== 'review')
      .flatMap(([name, { steps = [] }]) => {
        const signIn = steps.findIndex((step) => runsAction(step, CREDENTIALS));
        return steps
          .filter(
            ({ run = '' }, index) =>
              /\b(?:node|np[mx])\b/.test(run) || (run.includes('install-cdk-cli') && index > signIn),
          )
          .map(({ run }) => `${name}: ${run}`);
      }),
  [
    {
      title: 'a command of ours',
      file: 'deploy-stack.yml',
      from: '- run: packages/delivery/src/install-cdk-cli.sh',
      to: '- run: node bin/packages.js prooflink status dev\n      - run: packages/delivery/src/install-cdk-cli.sh',
      finding: 'deploy: node bin/packages.js prooflink status dev',
    },
  ],
);

holds(
  'before each token of AWS the checkout has what is of its commit, and node_modules where it is installed',
  jobsThat(({ steps = [] }, { file }) => {
    const signIn = steps.findIndex((step) => runsAction(step, CREDENTIALS));
    const isInstalled = steps.some(({ run = '' }) => run.startsWith('npm ci'));
    const files = isInstalled ? `[ "$files" = '!! node_modules/' ]` : '[ -z "$files" ]';
    const look = `files=$(git status --porcelain --ignored) && echo "$files" && ${files}`;
    return signIn >= 0 && !file.startsWith('application/') && steps[signIn - 1]?.run !== look;
  }, 'assumes a role beside files that nobody looked at'),
  [
    {
      title: 'a look at fewer files',
      file: 'deploy-stack.yml',
      from: ' --ignored',
      to: '',
      finding: 'deploy assumes a role beside files',
    },
  ],
);

/** Roles of this repository's workflows, and whether the job that assumes one belongs to a GitHub environment. */
const ROLES = [
  {
    role: 'arn:aws:iam::${{ inputs.account }}:role/prooflink-delivery-deploy-${{ inputs.environment }}',
    environment: '${{ inputs.environment }}',
  },
  { role: 'arn:aws:iam::${{ inputs.account }}:role/prooflink-delivery-drift', environment: undefined },
  {
    role: 'arn:aws:iam::${{ inputs.account }}:role/cdk-hnb659fds-lookup-role-${{ inputs.account }}-ap-northeast-1',
    environment: undefined,
  },
  {
    role:
      'arn:aws:iam::${{ fromJSON(env.ACCOUNTS)[inputs.environment] }}:role/' +
      'prooflink-delivery-release-${{ inputs.environment }}',
    environment: '${{ inputs.environment }}',
  },
  // The application's own.
  {
    role: 'arn:aws:iam::${{ fromJSON(env.ACCOUNTS)[env.ENVIRONMENT] }}:role/prooflink-delivery-push-${{ env.ENVIRONMENT }}',
    environment: `\${{ inputs.environment || '${unreviewedEnvironment()}' }}`,
  },
];

holds(
  'a role is that of the account in lib/config, and one that deploys is assumed under its GitHub environment alone',
  (each) =>
    jobsOf(each).flatMap(([name, { steps = [], environment }]) =>
      steps
        .filter((step) => runsAction(step, CREDENTIALS))
        .map((step) => String(step.with?.['role-to-assume']))
        .filter((role) => !ROLES.some((known) => known.role === role && known.environment === environment))
        .map((role) => `${name} assumes ${role}`),
    ),
  [
    {
      title: 'a job outside of its environment: nobody would be asked',
      file: 'deploy-stack.yml',
      from: '    environment: ${{ inputs.environment }}\n',
      to: '',
      finding: 'deploy assumes arn',
    },
  ],
);

holds(
  'no deployment or release has a concurrency group: a fork’s workflow may name the group, and cut it off',
  ({ file, text }) =>
    /^(?:deploy|deploy-stack|release)\.yml$/.test(file) ? (text.match(/^ *concurrency:.*$/gm) ?? []) : [],
  [
    {
      title: 'a group of an environment',
      file: 'deploy-stack.yml',
      from: '    environment: ${{ inputs.environment }}\n',
      to: '    environment: ${{ inputs.environment }}\n    concurrency: deploy-${{ inputs.environment }}\n',
      finding: 'concurrency: deploy-',
    },
  ],
);

/** Artifacts that are foreign anyway, and are read as that. */
const FOREIGN = ['head-assembly', 'diff-comment', 'images'];
const COMPARES =
  /^packages\/delivery\/src\/(?:unpack\.sh \w+ "\$\w*SHA256"$|drift-issue\.sh "\$ENVIRONMENT" "\$RUNNER_TEMP\/drift" "\$SHA256"$)/;

/** True for a download into the checkout, whose programs it may replace, or of a file that is not compared at once. */
function trustsArtifact({ with: inputs = {}, ...step }: Step, next?: Step): boolean {
  if (!runsAction(step, 'actions/download-artifact') || FOREIGN.includes(String(inputs['name']))) return false;
  return !COMPARES.test(next?.run ?? '') || !String(inputs['path']).startsWith('${{ runner.temp }}/');
}

holds(
  'an artifact is compared with the checksum of its maker before it is read: any job of a run may upload one under its name',
  jobsThat(
    ({ steps = [] }) => steps.some((step, index) => trustsArtifact(step, steps[index + 1])),
    'reads an artifact that it did not compare, or that is in the checkout',
  ),
  [
    {
      title: 'an assembly that is believed',
      file: 'deploy-stack.yml',
      from: '- run: packages/delivery/src/unpack.sh assembly "$SHA256"',
      to: '- run: tar --extract --file "$RUNNER_TEMP/downloads/assembly.tar"',
      finding: 'deploy reads an artifact that it did not compare',
    },
    {
      title: 'an assembly in the checkout',
      file: 'deploy-stack.yml',
      from: '          path: ${{ runner.temp }}/downloads\n',
      to: '',
      finding: 'deploy reads an artifact',
    },
  ],
);

/** True for CI, and for the job that runs a pull request's code: their results are not trusted. */
const isUntrusted = ({ file }: Workflow, name: string) => file === 'ci.yml' || (file === 'diff.yml' && name === 'head');

holds(
  'nothing comes out of a cache where it is trusted: CI filled it, and runs everybody’s code',
  jobsThat(
    ({ steps = [] }, each, name) =>
      !isUntrusted(each, name) &&
      steps.some((step) => runsAction(step, 'actions/setup-node') && step.with?.['package-manager-cache'] !== false),
    'takes packages from a cache',
  ),
  [
    {
      title: 'a cache by default',
      file: 'deploy.yml',
      from: '          package-manager-cache: false\n',
      to: '',
      finding: 'assembly takes packages from a cache',
    },
  ],
);

const SYNTH = [
  /^\.ci\/check-packages\.js$/,
  /^npm ci --ignore-scripts /,
  /^env -i PATH="\$PATH" HOME="\$HOME" npx cdk synth --strict /,
  /^tar /,
];

holds(
  'packages are checked before the synth of what is deployed, no variable of GitHub reaches it, and nothing runs beside it',
  jobsThat((job, _, name) => {
    const scripts = scriptsOf(job);
    const isOnlySynth =
      scripts.length === SYNTH.length && SYNTH.every((pattern, index) => pattern.test(scripts[index] ?? ''));
    return name === 'assembly' && !isOnlySynth;
  }, 'runs something beside the synth'),
  [
    {
      title: 'a synth that knows where it runs',
      file: 'deploy.yml',
      from: 'env -i PATH="$PATH" HOME="$HOME" ',
      to: '',
      finding: 'assembly runs something beside the synth',
    },
  ],
);

holds(
  'no script has an expression in its text: the shell would run a title, or the name of a branch',
  (each) => stepsOf(each).flatMap(({ run = '' }) => (run.includes('${{') ? [run] : [])),
  [
    {
      title: 'a title',
      file: 'ci.yml',
      from: 'run: .ci/run',
      to: 'run: echo ${{ github.event.pull_request.title }}',
      finding: 'echo ${{ github.event',
    },
  ],
);

holds(
  'a script with a pipe fails with each of its programs: by default GitHub sets no pipefail',
  jobsThat(
    (job) =>
      job.defaults?.run?.shell !== 'bash' &&
      scriptsOf(job).some((script) => /[^|]\|[^|]/.test(script.replace(/'[^']*'|"[^"]*"/g, ''))),
    'has a pipe and no shell: bash',
  ),
  [
    {
      title: 'another shell',
      file: 'diff.yml',
      from: 'shell: bash',
      to: 'shell: sh',
      finding: 'review has a pipe',
    },
  ],
);

holds(
  'every job ends before its session with AWS does, and none hangs for six hours',
  jobsThat(({ uses, steps = [], 'timeout-minutes': minutes }) => {
    if (uses !== undefined) return false;
    const sessions = steps
      .filter((step) => runsAction(step, CREDENTIALS))
      .map((step) => Number(step.with?.['role-duration-seconds'] ?? 3600) / 60);
    const shortest = Math.min(240, ...sessions);
    return !(Number(minutes) > 0 && Number(minutes) <= shortest);
  }, 'does not end in time'),
  [
    {
      title: 'a session of an hour',
      file: 'deploy-stack.yml',
      from: '          role-duration-seconds: 14400\n',
      to: '',
      finding: 'deploy does not end in time',
    },
    {
      title: 'a job without an end',
      file: 'ci.yml',
      from: 'timeout-minutes: 30',
      to: '',
      finding: 'ci does not end in time',
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

/** Environments that GitHub deploys, or those of the guide until a repository is named. */
const delivered = Object.entries(environments).filter(([name]) => Reflect.get(delivery.environments, name) === true);

/** Call of another workflow for an environment. */
const callFor = (name: string) => `environment: ${name}\n      stack: ${stackId(name)}\n      account: '`;

/** Texts that a workflow has for each environment that it deploys. */
const TEXTS_FOR: Readonly<Record<string, (name: string) => readonly (string | RegExp)[]>> = {
  '.github/workflows/deploy.yml': (name) => [
    new RegExp(`options: \\[.*\\b${name}\\b`),
    new RegExp(`ENVIRONMENTS: .*\\b${name}\\b`),
    `outputs.environments), '${name}')`,
    callFor(name),
    `outputs.asks-reviewer), '${name}')`,
  ],
  '.github/workflows/drift.yml': (name) => [callFor(name)],
  '.github/workflows/release.yml': (name) => [new RegExp(`options: \\[.*\\b${name}\\b`), `"${name}":"`],
};

function missingTexts(path: string, name: string): string[] {
  const workflowText = readFileSync(join(ROOT, path), 'utf8');
  const texts = TEXTS_FOR[path]?.(name) ?? [];
  const missing = texts.filter((text) =>
    typeof text === 'string' ? !workflowText.includes(text) : !text.test(workflowText),
  );
  return missing.map((text) => `${path} lacks: ${String(text)}`);
}

describe.each(WORKFLOWS_WITH_ACCOUNTS)('%s', (path) => {
  test('has each environment that is deployed from GitHub: docs/operating.md says how a name is changed, or added', () => {
    expect(delivered.flatMap(([name]) => missingTexts(path, name))).toEqual([]);
  });

  test('has the account of each environment: "npm run renew" writes it', () => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    expect(text).toBe(withAccounts(text, environments, delivery));
  });
});

test('the account of an environment is written into its job, and into the accounts of releases', () => {
  const name = unreviewedEnvironment();
  const configs = { [name]: { ...dev, account: '123456789012' } };
  const connected = { ...delivery, repository: 'prooflink/infrastructure' as const, environments: { [name]: true } };
  const written = WORKFLOWS_WITH_ACCOUNTS.map((path) =>
    withAccounts(readFileSync(join(ROOT, path), 'utf8'), configs, connected),
  );
  for (const text of written) expect(text.match(/123456789012/g)).toHaveLength(1);
  expect(written.join()).toMatch(new RegExp(`ACCOUNTS: '.*"${name}":"123456789012"`));
});

test('the workflows’ region is that of each environment that they deploy', () => {
  const regions = new Set(stepsOf(workflow('deploy-stack.yml')).flatMap((step) => step.with?.['aws-region'] ?? []));
  expect(regions.size).toBe(1);
  const elsewhere = delivered.filter(([, { region }]) => !regions.has(region));
  const sentences = elsewhere.map(
    ([name, { region }]) =>
      `${name} is in ${region}, the workflows in ${[...regions].join()}: ` +
      `write "${name}: false" into environments of lib/config/delivery.ts, and deploy it by hand`,
  );
  expect(sentences).toEqual([]);
});
