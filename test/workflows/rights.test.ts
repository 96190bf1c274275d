import { holdsAndSees, type Mistake } from './changes';
import { RIGHTS } from './rights';

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const CHECKOUT = `actions/checkout@${SHA} # v7.0.1`;
const READ = 'permissions:\n  contents: read';
const KEPT = 'persist-credentials: false';

const CASES: Record<keyof typeof RIGHTS, readonly Mistake[]> = {
  actionsArePinned: [
    ['a tag', 'ci.yml', CHECKOUT, 'actions/checkout@v7 # v7.0.1', 'actions/checkout@v7'],
    ['no version', 'ci.yml', CHECKOUT, `"actions/checkout@${SHA}"`, `actions/checkout@${SHA} # `],
    ['a vague version', 'ci.yml', CHECKOUT, `actions/checkout@${SHA} # v7`, `actions/checkout@${SHA} # v7`],
    ['an image', 'ci.yml', CHECKOUT, 'docker://alpine:3 # v1.0.0', 'docker://alpine:3'],
  ],
  actionsHaveOnePin: [
    ['two versions', 'ci.yml', CHECKOUT, `actions/checkout@${SHA} # v7.0.2`, `actions/checkout@${SHA} # v7.0.2`],
  ],
  permissionsAreLeast: [
    ['a token that writes code', 'ci.yml', READ, `${READ.slice(0, -4)}write`, 'ci has contents: write'],
    ['all rights', 'ci.yml', READ, 'permissions: write-all', 'the workflow has permissions other than'],
    ['no word on rights', 'ci.yml', READ, '', 'the workflow has permissions other than'],
    [
      'one more',
      'diff.yml',
      'id-token: write',
      'id-token: write\n      issues: write',
      'deployed has issues: write, which no',
    ],
    ['no use', 'diff-comment.yml', 'actions: read', 'id-token: write', 'comment has id-token: write, which no step'],
    ['one that is missing', 'diff-comment.yml', 'pull-requests: write', '', 'comment lacks pull-requests: write'],
    ['a caller with more', 'deploy.yml', 'contents: read', 'contents: write', 'dev has contents: write, which no step'],
  ],
  foreignCodeHasNoRights: [
    [
      'a token beside it',
      'diff.yml',
      '- run: git checkout --detach HEAD^1',
      '',
      "deployed runs the pull request's code with",
    ],
  ],
  tokensMeetNoStrangers: [
    ['install scripts', 'deploy-stack.yml', ' --ignore-scripts', '', 'deploy runs install scripts'],
    ['packages of tests', 'deploy-stack.yml', ' --omit=dev', '', "deploy installs the tests' packages"],
    ["CI's cache", 'deploy-stack.yml', 'package-manager-cache: false', 'cache: npm', 'takes packages from a cache'],
    [
      'an image that is built',
      'release.yml',
      'docker load --input images.tar.gz',
      'docker build .',
      "release builds images, which runs everybody's code",
    ],
    ['a cache by default', 'deploy.yml', 'package-manager-cache: false', '', 'assembly takes packages from a cache'],
  ],
  noPrivilegedTrigger: [
    ["a fork's code with rights", 'diff.yml', 'pull_request:', 'pull_request_target:', 'pull_request_target'],
    ['foreign words', 'ci.yml', 'push:', 'issue_comment:', 'issue_comment'],
  ],
  scriptsAreFixed: [
    [
      'a title',
      'ci.yml',
      'run: .ci/run',
      'run: echo ${{ github.event.pull_request.title }}',
      'echo ${{ github.event.pull',
    ],
    ['a script of JavaScript', 'ci.yml', 'python-version:', 'script: x\n          python-version:', 'script: x'],
  ],
  checkoutsAreSafe: [
    ['a token in .git', 'ci.yml', KEPT, 'fetch-depth: 1', 'the checkout keeps its credentials'],
    [
      "a fork's commit",
      'diff-comment.yml',
      KEPT,
      `${KEPT}\n          ref: \${{ github.event.workflow_run.head_sha }}`,
      'is of ${{',
    ],
    ["a fork's code", 'diff-comment.yml', KEPT, `${KEPT}\n          repository: a/b`, 'the checkout is of a/b'],
  ],
};

holdsAndSees(RIGHTS, CASES);
