import { findings, findingsOf, type Mistake } from './mistakes';
import { RUNS } from './runs';

const OF_PULL_REQUEST = "github.event_name == 'pull_request' && github.ref || github.run_id";
const [CANCELS, WAITS] = ['cancel-in-progress: true', 'cancel-in-progress: false'];

const NVMRC = 'node-version-file: .nvmrc';

const CASES: Record<keyof typeof RUNS, readonly Mistake[]> = {
  commandsExist: [
    ['a script that is gone', 'ci.yml', '.ci/run', 'npm run dead', 'npm run dead: package.json has no such script'],
    ['no command', 'diff.yml', '-- review', '-- reveiw', 'npm run prooflink -- reveiw: there is no such command'],
    ['no CDK command', 'diff.yml', 'npx cdk synth', 'npx cdk sinth', 'npx cdk sinth: the CDK CLI has no such command'],
    ["anybody's package", 'diff.yml', 'npx cdk synth', 'npx cdk-synth', 'npx cdk-synth: make it an npm script'],
    ['a file that is gone', 'ci.yml', '.ci/run', '.ci/ran', '.ci/ran is no program of this repository'],
    ['another program', 'diff.yml', 'tee comment.md', 'curl -d @- http://x', 'curl: make it an npm script'],
    ['an installation', 'ci.yml', '.ci/run', 'npm install x', 'npm install is neither npm ci nor a script'],
  ],
  jobsEnd: [
    ['a job without an end', 'ci.yml', 'timeout-minutes: 30', '', 'ci has no timeout-minutes'],
    ["GitHub's six hours", 'ci.yml', 'timeout-minutes: 30', 'timeout-minutes: 360', 'ci has no timeout-minutes'],
  ],
  onlyPullRequestsAreCancelled: [
    ['main among them', 'ci.yml', OF_PULL_REQUEST, 'github.ref', 'a run that is not of a pull request can be ended'],
    ['older runs that go on', 'diff.yml', CANCELS, WAITS, 'an older run of a pull request is not ended'],
    ['others of all', 'diff.yml', '${{ github.ref }}', 'all', 'an older run of a pull request is not ended'],
    ['a comment', 'diff-comment.yml', WAITS, CANCELS, 'a run that is not of a pull request can be ended'],
    ['a deployment', 'deploy-stack.yml', WAITS, CANCELS, 'deploy can be ended'],
  ],
  environmentsAreApart: [
    ['a default', 'drift.yml', 'fail-fast: false', '', 'look ends in all environments where it fails in one'],
  ],
  schedulesAreNightly: [
    ['a day of the month', 'drift.yml', '30 19 * * *', '30 19 1 * *', '30 19 1 * *'],
    ['no time', 'drift.yml', "    - cron: '30 19 * * *'\n", '', 'never'],
  ],
  nothingMayFail: [
    ['a job', 'ci.yml', 'timeout-minutes: 30', 'continue-on-error: true', 'ci may fail'],
    ['a step', 'ci.yml', '- run: .ci/run', '- continue-on-error: true\n        run: .ci/run', 'ci: .ci/run may fail'],
  ],
  deploymentsWait: [
    ['two at a time', 'deploy-stack.yml', 'group: deploy-${{ inputs.environment }}', '', 'deploy deploys and has no'],
  ],
  regionIsTheConfigs: [['another region', 'diff.yml', 'ap-northeast-1', 'us-east-1', 'us-east-1']],
  stacksExist: [['a stack that is gone', 'drift.yml', 'ProoflinkProd', 'ProoflinkProduction', 'ProoflinkProduction']],
  nodeIsNvmrcs: [
    ['another Node', 'diff.yml', NVMRC, 'node-version: 22', "head runs on 22, not on .nvmrc's"],
    [
      'another file',
      'drift.yml',
      NVMRC,
      'node-version-file: package.json',
      "look runs on package.json, not on .nvmrc's",
    ],
    ['no Node at all', 'diff.yml', 'actions/setup-node@', 'actions/other@', "head runs on the runner's Node"],
    ["the runner's own Node", 'ci.yml', NVMRC, 'check-latest: true', "ci runs on the runner's Node"],
    [
      'nothing older',
      'ci.yml',
      'node-version: 22',
      'node-version: 24',
      'oldest-node tries Node 24, not an LTS release between',
    ],
    [
      'what engines refuses',
      'ci.yml',
      'node-version: 22',
      'node-version: 18',
      'oldest-node tries Node 18, not an LTS release between',
    ],
    [
      'no LTS',
      'ci.yml',
      'node-version: 22',
      'node-version: 23',
      'oldest-node tries Node 23, not an LTS release between',
    ],
    ['nobody who tries it', 'ci.yml', 'oldest-node:', 'other:', 'no job oldest-node tries the oldest supported Node'],
  ],
  triggersExist: [
    ['a workflow that was renamed', 'ci.yml', 'name: CI', 'name: Checks', 'CI'],
    ['another case', 'diff-comment.yml', 'workflows: [Diff]', 'workflows: [diff]', 'diff'],
  ],
  artifactsExist: [
    ['one that was renamed', 'diff.yml', 'name: diff-comment', 'name: comment', 'diff-comment'],
    ['some that were', 'diff.yml', 'name: deployed-', 'name: live-', 'deployed-*'],
  ],
};

describe.each(Object.keys(CASES) as (keyof typeof RUNS)[])('%s', (name) => {
  it('holds in every workflow', () => {
    expect(findings(RUNS[name])).toEqual([]);
  });

  it.each(CASES[name])('sees %s', (...mistake) => {
    const finds = mistake[4];
    expect(findingsOf(RUNS[name], mistake).join('\n')).toContain(finds);
  });
});
