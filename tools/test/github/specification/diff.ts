import {
  ASSUMES_A_ROLE,
  assumeRole,
  checkout,
  checkRole,
  compareDigest,
  download,
  INSTALL_EVERYTHING,
  INSTALL_FOR_DEPLOYING,
  INSTALL_PACKAGES,
  onlyIf,
  roleVariable,
  run,
  SETUP_NODE,
  upload,
  uploadAlways,
  uploadAssembly,
  type WorkflowSpecification,
} from './specification';

const IS_LABELED = "github.event.action == 'labeled' && github.event.label.name == 'allow-destructive'";
/** Checkout of the base by a job that follows `base`. */
const BASE = checkout({ ref: '${{ needs.base.outputs.commit }}', path: 'base' });

export const DIFF: WorkflowSpecification = {
  file: 'diff.yml',
  otherwise: 'a pull request is merged without its review, such as one that changes the tools alone',
  'run-name': `\${{ ${IS_LABELED} && 'Diff with allow-destructive' || 'Diff' }}`,
  on: {
    pull_request: {
      branches: ['main'],
      types: ['opened', 'synchronize', 'reopened', 'labeled', 'unlabeled', 'edited'],
    },
  },
  concurrency: { group: 'diff-${{ github.ref }}', 'cancel-in-progress': true },
  jobs: {
    base: {
      otherwise: 'the review compares with something else than the base',
      steps: [
        { uses: 'actions/checkout', with: { path: 'merged', 'fetch-depth': 2, 'persist-credentials': false } },
        run('git rev-parse'),
        checkout({ ref: '${{ steps.base.outputs.commit }}', path: 'base' }),
        ...INSTALL_EVERYTHING,
        run('cdk synth --quiet --no-notices --output'),
        run('git diff --text --no-ext-diff --no-textconv'),
        run('prooflink digest ../made'),
        uploadAssembly('base', 'made', 14),
      ],
    },
    head: {
      otherwise: 'the review has nothing of the pull request to read, and fails',
      steps: [
        checkout(),
        SETUP_NODE,
        INSTALL_PACKAGES,
        run('cdk synth --quiet --no-notices --output'),
        upload('head-assembly', 'cdk.out.head', 14),
      ],
    },
    deployed: {
      otherwise: 'the review does not know what is deployed, or a fork’s or Dependabot’s code gets AWS credentials',
      needs: ['base', 'head'],
      if:
        "needs.base.outputs.connected == 'true' && " +
        'github.event.pull_request.head.repo.full_name == github.repository && ' +
        "github.event.pull_request.user.login != 'dependabot[bot]'",
      permissions: ASSUMES_A_ROLE,
      strategy: {
        'fail-fast': false,
        matrix: {
          include: [
            { environment: 'dev', stack: 'ProoflinkDev' },
            { environment: 'prod', stack: 'ProoflinkProd' },
          ],
        },
      },
      env: { DIFF_ROLE: roleVariable('DIFF_ROLE', 'matrix.environment') },
      steps: [
        BASE,
        ...INSTALL_FOR_DEPLOYING,
        download('base', 'made'),
        compareDigest('../made'),
        download('head-assembly', 'head'),
        checkRole('diff', '../made/cdk.out'),
        assumeRole('${{ env.DIFF_ROLE }}', 'diff-${{ github.run_id }}'),
        run('prooflink deployed ../head "../deployed/$ENVIRONMENT.json"'),
        onlyIf("${{ !cancelled() && hashFiles('deployed/*.json') != '' }}", run('prooflink digest ../deployed')),
        uploadAlways('deployed-${{ matrix.environment }}', 'deployed'),
      ],
    },
    review: {
      otherwise: 'a pull request is green without its review',
      needs: ['base', 'head', 'deployed'],
      if: '${{ !cancelled() }}',
      permissions: { contents: 'read', 'pull-requests': 'read' },
      steps: [
        onlyIf("needs.base.result != 'success'", run('exit 1')),
        {
          run: ['gh api --paginate --jq', 'exit 1'],
          otherwise: 'the check of another pull request with the same commit takes the place of this one’s',
        },
        BASE,
        ...INSTALL_EVERYTHING,
        download('base', 'made'),
        compareDigest('../made'),
        onlyIf("needs.head.result == 'success'", download('head-assembly', 'head')),
        onlyIf("env.DEV_DIGEST != ''", download('deployed-dev', 'deployed/dev')),
        onlyIf("env.DEV_DIGEST != ''", compareDigest('../deployed/dev', 'DEV_DIGEST')),
        onlyIf("env.PROD_DIGEST != ''", download('deployed-prod', 'deployed/prod')),
        onlyIf("env.PROD_DIGEST != ''", compareDigest('../deployed/prod', 'PROD_DIGEST')),
        {
          run: [
            'prooflink review ../made/cdk.out ../head --markdown --config-diff ../made/config.diff $DEPLOYED $ALLOW',
          ],
          env: {
            DEPLOYED: "${{ needs.deployed.result != 'skipped' && '--deployed ../deployed' || '' }}",
            ALLOW: `\${{ ${IS_LABELED} && '--allow-destructive' || '' }}`,
          },
        },
        uploadAlways('diff-comment', 'comment.md'),
      ],
    },
  },
};
