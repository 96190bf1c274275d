import { noticesEach } from './changes';

// Harmful changes of the workflows of pull requests and of CI.
noticesEach('diff.yml', [
  ['a diff of another account', 'check-role "$ENVIRONMENT" "$DIFF_ROLE"', 'check-role dev "$DIFF_ROLE"'],
  ['code in a config that has no owner', 'config-literals "$GITHUB_SHA"', 'config-literals HEAD'],
  ['a red review swallowed by a pipe', 'shell: bash', 'shell: sh'],
  ['a red review that counts as green', 'tee comment.md >> "$GITHUB_STEP_SUMMARY"', 'cat || true'],
  ['a label that is ignored', "&& '--allow-destructive' ||", "&& '' ||"],
  ['a label that is assumed', "&& '--allow-destructive' || ''", "|| '--allow-destructive'"],
  ['a label that outlives a push', "github.event.action == 'labeled' &&", '', 'ALLOW'],
  ['a label of any name', "== 'labeled' && github.event.label.name == 'allow-destructive'", "== 'labeled'", 'ALLOW'],
  [
    'a label that the pull request merely has',
    "github.event.action == 'labeled' && github.event.label.name == 'allow-destructive'",
    "contains(github.event.pull_request.labels.*.name, 'allow-destructive')",
    'ALLOW',
  ],
  ['the pull request’s code judges itself', '      - run: git checkout --detach HEAD^1\n', '', '  review:'],
  ['the pull request’s code runs beside a role', '      - run: git checkout --detach HEAD^1\n', '', '  deployed:'],
  ['base and head swapped', 'cdk.out.base cdk.out.head', 'cdk.out.head cdk.out.base'],
  ['the base is the head', '--output cdk.out.base', '--output cdk.out.head'],
  ['live diffs for Dependabot', "github.event.pull_request.user.login != 'dependabot[bot]'", 'true'],
  ['live diffs for forks', 'github.event.pull_request.head.repo.full_name == github.repository', 'true'],
  ['a failed live diff left out', "!= 'skipped' && '--deployed", "== 'success' && '--deployed"],
  ['a live diff of one environment', 'environment: [dev, prod]', 'environment: [dev]'],
  [
    'a live diff by another account’s role',
    "vars[format('DIFF_ROLE_ARN_{0}', matrix.environment)] || vars.DIFF_ROLE_ARN",
    'vars.DIFF_ROLE_ARN_DEV || vars.DIFF_ROLE_ARN',
  ],
  ['a live diff of one account alone', "contains(toJSON(vars), 'DIFF_ROLE_ARN')", "vars.DIFF_ROLE_ARN != ''"],
  ['live diffs that overwrite one another', '"deployed-$ENVIRONMENT.json"', 'deployed.json'],
  ['live diffs in folders that nobody reads', '          merge-multiple: true\n', ''],
  ['no live diff', ' $DEPLOYED $ALLOW', ' $ALLOW'],
  ['no review where the head does not synthesize', '${{ !cancelled() }}', 'success()'],
  ['no comment of a red review', 'if: always()', 'if: success()', 'tee comment.md'],
  ['a check that skips labels', ', labeled, unlabeled, edited', ''],
  ['a check for no branch', 'branches: [main]', 'branches: [master]'],
  ['a check that two pull requests share', '-ne 1', '-gt 9'],
  ['a review that may fail', 'minutes: 15\n', 'minutes: 15\n    continue-on-error: true\n', '  review:'],
  ['a synth of the base that may fail', 'cdk.out.base\n', 'cdk.out.base || true\n'],
]);

noticesEach('diff-comment.yml', [
  ['the label never falls', 'gh api -X DELETE', 'echo'],
  ['the label falls where it counted', "display_title != 'Diff with allow-destructive'", "display_title != ''"],
  ['the label falls while a newer run decides', "conclusion != 'cancelled'", "conclusion != ''"],
  [
    'a comment from the pull request’s code',
    'persist-credentials: false',
    'persist-credentials: false\n          ref: ${{ github.event.workflow_run.head_sha }}',
  ],
  ['a comment that may fail', '      - run: npm run', '      - continue-on-error: true\n        run: npm run'],
]);

noticesEach('ci.yml', [
  ['an assembly kept for pull requests', 'name: templates', 'name: cloud-assembly'],
  ['CI that may fail', '      - run: .ci/run', '      - continue-on-error: true\n        run: .ci/run'],
  ['CI that never fails', 'run: .ci/run', 'run: .ci/run || true'],
  ['CI without .ci/run', '      - run: .ci/run\n', ''],
  ['CI that nobody can start', '  workflow_dispatch:\n', ''],
  ['CI of tags', '    branches: [main]\n', ''],
  ['snapshots that CI writes', 'test -- --ci', 'test'],
  ['a synth that takes warnings', 'cdk synth --strict', 'cdk synth'],
  ['packages that pip chooses', '--no-deps --requirement .ci/requirements.txt', 'cfn-lint'],
  ['packages of any content', '--require-hashes ', ''],
  ['packages that CI builds', "--only-binary ':all:' ", ''],
]);
