import {
  CHECK_PACKAGES,
  checkout,
  INSTALL_PACKAGES,
  INSTALL_PYTHON,
  onlyIf,
  run,
  SETUP_NODE,
  SETUP_PYTHON,
  type WorkflowSpecification,
} from './specification';

export const SEARCH: WorkflowSpecification = {
  file: 'search.yml',
  otherwise: 'a random test that fails is found by nobody',
  'run-name': 'Search with seed ${{ github.run_id }}',
  on: {
    schedule: [{ cron: '20 18 * * 0' }],
    workflow_dispatch: null,
  },
  concurrency: { group: 'search', 'cancel-in-progress': false },
  jobs: {
    search: {
      otherwise: 'the week is green without its search',
      if: "github.ref == 'refs/heads/main'",
      steps: [
        checkout(),
        SETUP_NODE,
        SETUP_PYTHON,
        INSTALL_PYTHON,
        CHECK_PACKAGES,
        INSTALL_PACKAGES,
        run('npm run test:search --ci'),
        onlyIf('${{ !cancelled() }}', run('npm run test:life-cycle')),
      ],
    },
    report: {
      otherwise: 'a search that failed opens no issue',
      needs: ['search'],
      if: '${{ failure() }}',
      permissions: { issues: 'write' },
      steps: [run('gh issue --title --body')],
    },
  },
};
