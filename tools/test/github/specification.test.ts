import { CI } from './specification/ci';
import { DEPLOY } from './specification/deploy';
import { DEPLOY_STACK } from './specification/deploy-stack';
import { DIFF } from './specification/diff';
import { DIFF_COMMENT } from './specification/diff-comment';
import { differencesInJob, differencesInStart, differencesInSteps } from './specification/differences';
import { DRIFT } from './specification/drift';
import { REHEARSAL } from './specification/rehearsal';
import { APPLICATION_RELEASE } from './specification/application-release';
import { RELEASE } from './specification/release';
import { SEARCH } from './specification/search';
import { changedWorkflow, parseWorkflow, type Workflow, workflow, workflows } from './workflow';

const SPECIFICATIONS = [
  CI,
  DEPLOY,
  DEPLOY_STACK,
  DIFF,
  DIFF_COMMENT,
  DRIFT,
  REHEARSAL,
  RELEASE,
  APPLICATION_RELEASE,
  SEARCH,
];

const JOBS = SPECIFICATIONS.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([job, specification]) => ({
    file,
    job,
    specification,
    otherwise: specification.otherwise,
  })),
);

test('every workflow is specified, and every job of it: nothing else runs with rights of this repository', () => {
  const jobs = workflows().flatMap((one) => Object.keys(one.jobs).map((job) => `${one.file}: ${job}`));
  expect(jobs.sort()).toEqual(JOBS.map(({ file, job }) => `${file}: ${job}`).sort());
});

test.each(SPECIFICATIONS)(
  '$file starts on its events alone, and on no fewer; otherwise $otherwise',
  (specification) => {
    expect(differencesInStart(workflow(specification.file), specification)).toEqual([]);
  },
);

test.each(JOBS)('$file: $job runs when and with the rights that are specified; otherwise $otherwise', (row) => {
  expect(differencesInJob(workflow(row.file), row.job, row.specification)).toEqual([]);
});

test.each(JOBS)(
  '$file: $job has its steps, and no other condition, artifact or session; otherwise $otherwise',
  (row) => {
    expect(differencesInSteps(workflow(row.file), row.job, row.specification)).toEqual([]);
  },
);

/** A change of a workflow's file, and part of the sentence by which it is refused. */
interface Mistake {
  readonly title: string;
  readonly file: string;
  /** Text that is replaced wherever it occurs. */
  readonly from: string;
  readonly to: string;
  readonly refusal: string;
}

const MISTAKES: readonly Mistake[] = [
  {
    title: 'CI that runs for some paths alone is green on a pull request without a test',
    file: 'ci.yml',
    from: '  pull_request:\n',
    to: '  pull_request:\n    paths: [lib/**]\n',
    refusal:
      'on.pull_request.paths is ["lib/**"], and specified as missing: CI is green on a pull request without a test',
  },
  {
    title: 'CI that ignores pages leaves a commit of main that is never deployed',
    file: 'ci.yml',
    from: 'branches: [main]\n',
    to: "branches: [main]\n    paths-ignore: ['**.md']\n",
    refusal: 'on.push.paths-ignore is ["**.md"]',
  },
  {
    title: 'CI that runs for an opened pull request alone is green after a push to it',
    file: 'ci.yml',
    from: '  pull_request:\n',
    to: '  pull_request:\n    types: [opened]\n',
    refusal: 'on.pull_request.types is ["opened"]',
  },
  {
    title: 'CI whose job is skipped is green',
    file: 'ci.yml',
    from: '  ci:\n',
    to: '  ci:\n    if: github.actor != github.repository_owner\n',
    refusal: 'if is github.actor != github.repository_owner, and specified as missing: CI is green without its tests',
  },
  {
    title: 'CI whose tests are skipped is green',
    file: 'ci.yml',
    from: '- run: .ci/run',
    to: "- if: github.event_name == 'push'\n        run: .ci/run",
    refusal: 'without the step "run [".ci/run"]": CI is green without its tests',
  },
  {
    title: 'CI whose tests may fail is green',
    file: 'ci.yml',
    from: '- run: .ci/run',
    to: '- continue-on-error: true\n        run: .ci/run',
    refusal: 'a step that is not specified: "continue-on-error true, run [".ci/run"]"',
  },
  {
    title: 'CI whose job may fail is green',
    file: 'ci.yml',
    from: 'timeout-minutes: 30',
    to: 'continue-on-error: true',
    refusal: 'continue-on-error is true',
  },
  {
    title: 'a review that runs for some paths alone leaves a change of the tools unreviewed',
    file: 'diff.yml',
    from: '    branches: [main]\n',
    to: '    branches: [main]\n    paths: [lib/**]\n',
    refusal:
      'on.pull_request.paths is ["lib/**"], and specified as missing: a pull request is merged without its review',
  },
  {
    title: 'a review that is skipped lets a pull request pass',
    file: 'diff.yml',
    from: '    if: ${{ !cancelled() }}\n',
    to: "    if: ${{ !cancelled() && github.event.action != 'edited' }}\n",
    refusal: "if is ${{ !cancelled() && github.event.action != 'edited' }}, and specified as ${{ !cancelled() }}",
  },
  {
    title: 'a label counts for what is pushed after it',
    file: 'diff.yml',
    from: "ALLOW: ${{ github.event.action == 'labeled' && github.event",
    to: 'ALLOW: ${{ github.event',
    refusal: 'a step that is not specified: "env {"ALLOW":"${{ github.event.label.name == \'allow-destructive\'',
  },
  {
    title: 'a review that takes the pull request for the base shows every change the other way round',
    file: 'diff.yml',
    from: 'review ../made/cdk.out ../head',
    to: 'review ../head ../made/cdk.out',
    refusal: 'a pull request is green without its review',
  },
  {
    title: 'prod is deployed without its second plan',
    file: 'deploy-stack.yml',
    from: '- run: npm run --silent prooflink -- plan-deployment',
    to: "- if: inputs.environment == 'dev'\n        run: npm run --silent prooflink -- plan-deployment",
    refusal: 'prod is deployed without its second plan',
  },
  {
    title: 'prod is approved without its review',
    file: 'deploy-stack.yml',
    from: '- run: >-',
    to: "- if: inputs.environment == 'dev'\n        run: >-",
    refusal: 'prod is approved without its review',
  },
  {
    title: 'prod is deployed while it is reviewed',
    file: 'deploy-stack.yml',
    from: '    needs: review\n',
    to: '',
    refusal: 'needs is missing, and specified as ["review"]',
  },
  {
    title: 'prod is deployed outside of its GitHub environment, and nobody is asked',
    file: 'deploy-stack.yml',
    from: '    environment: ${{ inputs.environment }}\n',
    to: '',
    refusal: 'environment is missing, and specified as ${{ inputs.environment }}',
  },
  {
    title: 'prod is deployed though dev failed',
    file: 'deploy.yml',
    from: 'contains(fromJSON(\'["success", "skipped"]\'), needs.dev.result) &&',
    to: '',
    refusal: 'prod is deployed though dev failed',
  },
  {
    title: 'a role that may be of another account is assumed unchecked',
    file: 'drift.yml',
    from: '- run: npm run --silent prooflink -- check-role',
    to: '- if: env.DRIFT_ROLE\n        run: npm run --silent prooflink -- check-role',
    refusal: 'AWS is asked with whatever role the variable names',
  },
  {
    title: 'an artifact with more than the assembly hands files to the job that deploys',
    file: 'deploy.yml',
    from: '          path: cdk.out\n',
    to: '          path: |\n            cdk.out\n            node_modules\n',
    refusal: '"path":"cdk.out\\nnode_modules\\n"',
  },
  {
    title: 'one that is kept for a day is gone before prod is approved',
    file: 'deploy.yml',
    from: 'retention-days: 90',
    to: 'retention-days: 1',
    refusal: '"retention-days":1',
  },
  {
    title: 'a session under another name hides in CloudTrail which run did something',
    file: 'deploy-stack.yml',
    from: 'role-session-name: deploy-${{ github.run_id }}',
    to: 'role-session-name: deploy',
    refusal: '"role-session-name":"deploy"',
  },
  {
    title: 'another event starts a deployment',
    file: 'deploy.yml',
    from: '  workflow_dispatch:\n',
    to: '  push:\n  workflow_dispatch:\n',
    refusal:
      'on.push is an event, and specified as missing: main is not deployed after its CI, or something is deployed',
  },
  {
    title: 'two deployments of an environment at a time, or one that is cut off',
    file: 'deploy-stack.yml',
    from: '      queue: max\n',
    to: '',
    refusal: 'concurrency is {"cancel-in-progress":false,"group":"deploy-${{ inputs.environment }}"}',
  },
  {
    title: 'another step runs beside a token',
    file: 'release.yml',
    from: '      - name: Release\n',
    to: '      - run: npm run --silent bench\n      - name: Release\n',
    refusal: 'a step that is not specified: "run ["npm run bench"]"',
  },
  {
    title: 'a rehearsal that is not destroyed at its end',
    file: 'rehearsal.yml',
    from: '        run: npm run --silent prooflink -- rehearse "$ACCOUNT" --destroy --yes --assembly cdk.out\n',
    to: '        run: npm run --silent prooflink -- drift ProoflinkRehearsal\n',
    refusal: 'the rehearsal is green without a part of it, or leaves what costs',
  },
  {
    title: 'a job on a machine of somebody else',
    file: 'deploy-stack.yml',
    from: 'runs-on: ubuntu-24.04',
    to: 'runs-on: self-hosted',
    refusal: 'runs-on is self-hosted, and specified as ubuntu-24.04',
  },
  {
    title: 'a token that writes code',
    file: 'ci.yml',
    from: 'permissions:\n  contents: read',
    to: 'permissions:\n  contents: write',
    refusal: 'permissions is {"contents":"write"}, and specified as {"contents":"read"}',
  },
  {
    title: 'no word on rights: GitHub gives the token those of the repository’s settings',
    file: 'ci.yml',
    from: 'permissions:\n  contents: read\n',
    to: '',
    refusal: 'permissions is missing, and specified as {"contents":"read"}',
  },
  {
    title: 'a called workflow that may write code',
    file: 'deploy.yml',
    from: 'contents: read',
    to: 'contents: write',
    refusal: 'permissions is {"actions":"read","contents":"write","id-token":"write"}',
  },
];

/** Everything in which a workflow differs from its specification. */
function differences(changed: Workflow): string[] {
  const specification = SPECIFICATIONS.find(({ file }) => file === changed.file);
  if (!specification) return [`${changed.file} is not specified`];
  const jobs = Object.entries(specification.jobs);
  return [
    ...differencesInStart(changed, specification),
    ...jobs.flatMap(([name, job]) => differencesInJob(changed, name, job)),
    ...jobs.flatMap(([name, job]) => differencesInSteps(changed, name, job)),
  ];
}

test.each(MISTAKES)('refused: $title', ({ file, from, to, refusal }) => {
  const refusals = differences(changedWorkflow(file, from, to));
  expect(refusals.join('\n')).toContain(refusal);
});

test('steps in another order are refused: a role would be assumed before it is checked', () => {
  const { text } = workflow('deploy-stack.yml');
  const check = '      - run: npm run --silent prooflink -- check-assembly cdk.out\n';
  const compare = '      - run: npm run --silent prooflink -- digest cdk.out "$DIGEST"\n';
  const swapped = parseWorkflow('deploy-stack.yml', text.replaceAll(`${compare}${check}`, `${check}${compare}`));
  expect(differences(swapped).join('\n')).toContain('its steps are in another order than specified');
});
