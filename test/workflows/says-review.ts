import { BARE, CHAINED, driftRole, NONE_ENDS, PROOFLINK, type Says } from './says-parts';

const PULLS = 'numbers=$(gh api "repos/$GH_REPO/pulls?state=open&base=main&per_page=100" --paginate \\';
const OLDER_ENDS = 'cancel-in-progress: true';

export const REVIEW: Says = {
  'ci.yml': {
    on: [
      'pull_request:',
      'push:',
      'branches: [main]',
      'workflow_dispatch:',
      "group: ci-${{ github.event_name == 'pull_request' && github.ref || github.run_id }}",
      OLDER_ENDS,
    ],
    ci: [
      "run: pip install --require-hashes --only-binary ':all:' --no-deps --requirement .ci/requirements.txt",
      'run: .ci/run',
    ],
    'oldest-node': [
      'run: npm ci --no-progress',
      'run: npm run --silent test -- --ci',
      `run: ${BARE} --strict --quiet --no-notices`,
    ],
  },
  'diff.yml': {
    on: [
      "run-name: ${{ github.event.action == 'labeled' && github.event.label.name == 'allow-destructive' && 'Diff with allow-destructive' || 'Diff' }}",
      'pull_request:',
      'branches: [main]',
      'types: [opened, synchronize, reopened, labeled, unlabeled, edited]',
      'group: diff-${{ github.ref }}',
      OLDER_ENDS,
    ],
    head: [`run: ${BARE} --quiet --no-notices --output cdk.out.head`],
    deployed: [
      "contains(toJSON(vars), 'DIFF_ROLE_ARN') &&",
      'github.event.pull_request.head.repo.full_name == github.repository &&',
      "github.event.pull_request.user.login != 'dependabot[bot]'",
      'fail-fast: false',
      'environment: [dev, prod]',
      "DIFF_ROLE: ${{ vars[format('DIFF_ROLE_ARN_{0}', matrix.environment)] || vars.DIFF_ROLE_ARN }}",
      'fetch-depth: 2',
      'run: git checkout --detach HEAD^1',
      'role-to-assume: ${{ env.DIFF_ROLE }}',
      `${PROOFLINK} deployed cdk.out.head "deployed-$ENVIRONMENT.json"`,
      'if: always()',
    ],
    review: [
      'if: ${{ !cancelled() }}',
      PULLS,
      '--jq ".[] | select(.head.sha == \\"$COMMIT\\") | .number")',
      'if [ "$(wc -w <<< "$numbers")" -ne 1 ]; then',
      'exit 1',
      'fetch-depth: 2',
      'run: git checkout --detach HEAD^1',
      `run: ${BARE} --quiet --no-notices --output cdk.out.base`,
      'run: git diff HEAD "$GITHUB_SHA" -- lib/config > config.diff',
      "if: needs.deployed.result != 'skipped'",
      'npm run --silent prooflink -- review cdk.out.base cdk.out.head',
      '--markdown --config-diff config.diff $DEPLOYED $ALLOW |',
      'tee comment.md >> "$GITHUB_STEP_SUMMARY"',
      "DEPLOYED: ${{ needs.deployed.result != 'skipped' && '--deployed deployed' || '' }}",
      "ALLOW: ${{ github.event.action == 'labeled' && github.event.label.name == 'allow-destructive' && '--allow-destructive' || '' }}",
      'if: always()',
    ],
  },
  'diff-comment.yml': {
    on: [
      'workflow_run:',
      'workflows: [Diff]',
      'types: [completed]',
      'group: diff-comment-${{ github.event.workflow_run.head_repository.full_name }}-${{ github.event.workflow_run.head_branch }}',
      NONE_ENDS,
    ],
    comment: [
      "if: github.event.workflow_run.event == 'pull_request'",
      'run-id: ${{ github.event.workflow_run.id }}',
      `${PROOFLINK} comment "$RUN" diff-comment/comment.md`,
      'RUN: ${{ github.event.workflow_run.id }}',
    ],
    label: [
      "github.event.workflow_run.event == 'pull_request' &&",
      "github.event.workflow_run.conclusion != 'cancelled' &&",
      "github.event.workflow_run.display_title != 'Diff with allow-destructive'",
      PULLS,
      '--jq ".[] | select(.head.sha == \\"$COMMIT\\" and any(.labels[]; .name == \\"allow-destructive\\")) | .number")',
      'gh api -X DELETE "repos/$GH_REPO/issues/$number/labels/allow-destructive"',
    ],
  },
  'drift.yml': {
    on: ['schedule:', "cron: '30 19 * * *'", 'workflow_dispatch:', 'group: drift', NONE_ENDS],
    assembly: [
      "if: contains(toJSON(vars), 'DRIFT_ROLE_ARN') && github.ref == 'refs/heads/main'",
      `run: ${BARE} --quiet --no-notices`,
    ],
    look: [
      'fail-fast: false',
      '{ environment: dev, stack: ProoflinkDev }',
      '{ environment: prod, stack: ProoflinkProd }',
      `DRIFT_ROLE: \${{ ${driftRole('matrix.environment')} }}`,
      'role-to-assume: ${{ env.DRIFT_ROLE }}',
      ...CHAINED,
      'outcome=0',
      'npm run --silent prooflink -- drift "$STACK" --app cdk.out > drift/report.md || outcome=$?',
      'echo "$outcome" > drift/outcome',
      'cat drift/report.md >> "$GITHUB_STEP_SUMMARY"',
      'exit "$outcome"',
      'if: always()',
    ],
    issue: [
      "if: ${{ !cancelled() && needs.assembly.result != 'skipped' }}",
      'fail-fast: false',
      'environment: [dev, prod]',
      'continue-on-error: true',
      'run: tools/drift/issue.sh "$ENVIRONMENT" drift',
    ],
  },
};
