import { holdsAndSees, type Mistake } from './changes';
import { RUNS } from './runs';

const NVMRC = 'node-version-file: .nvmrc';

const CASES: Record<keyof typeof RUNS, readonly Mistake[]> = {
  commandsExist: [
    ['a script that is gone', 'ci.yml', '.ci/run', 'npm run dead', 'npm run dead: package.json has no such script'],
    ['no command', 'diff.yml', '-- review', '-- reveiw', 'npm run prooflink -- reveiw: there is no such command'],
    ["anybody's package", 'diff.yml', 'npx cdk synth', 'npx cdk-synth x', 'cdk-synth: make it an npm script'],
    ['a file that is gone', 'ci.yml', '.ci/run', '.ci/ran', '.ci/ran is no program of this repository'],
    ['another program', 'diff.yml', 'tee comment.md', 'curl -d @- http://x', 'curl: make it an npm script'],
    ['an installation', 'ci.yml', '.ci/run', 'npm install x', 'install: make it an npm script'],
  ],
  jobsEnd: [
    ['a job without an end', 'ci.yml', 'timeout-minutes: 30', '', 'ci has no timeout-minutes'],
    ["GitHub's six hours", 'ci.yml', 'timeout-minutes: 30', 'timeout-minutes: 360', 'ci has no timeout-minutes'],
  ],
  nothingMayFail: [
    ['a job', 'ci.yml', 'timeout-minutes: 30', 'continue-on-error: true', 'ci may fail'],
    ['a step', 'ci.yml', '- run: .ci/run', '- continue-on-error: true\n        run: .ci/run', 'ci: .ci/run may fail'],
  ],
  regionIsTheConfigs: [['another region', 'diff.yml', 'ap-northeast-1', 'us-east-1', 'us-east-1']],
  stacksExist: [['a stack that is gone', 'drift.yml', 'ProoflinkProd', 'ProoflinkProduction', 'ProoflinkProduction']],
  nodeIsNvmrcs: [
    ['another Node', 'diff.yml', NVMRC, 'node-version: 22', "head runs on 22, not on .nvmrc's"],
    ['another file', 'drift.yml', NVMRC, 'node-version-file: package.json', 'look runs on package.json'],
    ['no Node at all', 'diff.yml', 'actions/setup-node@', 'actions/other@', "head runs on the runner's Node"],
    ["the runner's own Node", 'ci.yml', NVMRC, 'check-latest: true', "ci runs on the runner's Node"],
    ['nothing older', 'ci.yml', 'node-version: 22', 'node-version: 24', 'oldest-node tries Node 24, not an LTS'],
    ['what engines refuses', 'ci.yml', 'node-version: 22', 'node-version: 18', 'oldest-node tries Node 18, not an LTS'],
    ['no LTS', 'ci.yml', 'node-version: 22', 'node-version: 23', 'oldest-node tries Node 23, not an LTS'],
  ],
  triggersExist: [
    ['a workflow that was renamed', 'ci.yml', 'name: CI', 'name: Checks', 'CI'],
    ['another case', 'diff-comment.yml', 'workflows: [Diff]', 'workflows: [diff]', 'diff'],
  ],
  artifactsExist: [['one that was renamed', 'diff.yml', 'name: diff-comment', 'name: comment', 'diff-comment']],
  pipesFail: [['another shell', 'diff.yml', 'shell: bash', 'shell: sh', 'review has a pipe and no shell: bash']],
  synthsAreBare: [
    ['what GitHub says', 'deploy.yml', 'env -i PATH="$PATH" HOME="$HOME" ', '', 'npx cdk synth --strict'],
    ['one variable', 'drift.yml', 'env -i PATH', 'env -i A="$GITHUB_WORKFLOW" PATH', 'env -i A='],
  ],
  jobsSay: [
    [
      'a line that is gone',
      'drift.yml',
      'needs: assembly\n',
      '\n',
      'look does not say, or not in this place: needs: ass',
    ],
    [
      'a new job',
      'ci.yml',
      '  oldest-node:',
      '  x:\n    runs-on: y\n\n  oldest-node:',
      'x is new: write what it has to say',
    ],
  ],
};

holdsAndSees(RUNS, CASES);
